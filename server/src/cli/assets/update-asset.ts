import { Asset } from '@pipewright/shared/asset/asset.ts';
import { homeFolder } from '../../config.ts';
import { callApi } from '../call-api.ts';
import { callPatiently } from '../call-patiently.ts';
import { withConnection } from '../connect.ts';
import { exitStatus } from '../exit-status.ts';
import { parseArguments, UsageError } from '../parse-arguments.ts';
import { printJson } from '../print-json.ts';
import { readTags } from '../read-tags.ts';
import { addressOf, readAssetArgument } from './asset-argument.ts';

const options = {
  description: { type: 'string' },
  'display-name': { type: 'string' },
  tag: { type: 'string', multiple: true },
  untag: { type: 'string', multiple: true },
  json: { type: 'boolean', default: false },
  home: { type: 'string' },
} as const;

/** `assets update KIND NAME[:VERSION]`: what is said of a version; what it holds never changes. */
export async function updateAsset(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, options, 3);
  const { description, 'display-name': displayName, tag, untag } = values;
  if (description === undefined && displayName === undefined && tag === undefined && untag === undefined) {
    throw new UsageError('say what to change: --description, --display-name, --tag KEY=VALUE, --untag KEY');
  }
  const argument = readAssetArgument(positionals);
  return await withConnection(homeFolder(values.home), async ({ url }) => {
    const address = addressOf(url, argument, 'versions', argument.version ?? 'latest');
    const before = await callApi(address, Asset);
    const tags = Object.fromEntries(Object.entries({ ...before.tags, ...readTags(tag ?? []) }).filter(([key]) => !(untag ?? []).includes(key)));
    const body = { ...(description === undefined ? {} : { description }), ...(displayName === undefined ? {} : { displayName }), tags };
    // The version that was found, whatever a label comes to mean meanwhile.
    const changed = await callPatiently(addressOf(url, argument, 'versions', before.version), Asset, { method: 'PATCH', body });
    if (values.json) printJson(changed);
    else process.stdout.write(`changed azureml:${changed.name}:${changed.version}\n`);
    return exitStatus.done;
  });
}
