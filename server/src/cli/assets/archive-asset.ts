import { ChangedVersions } from '@pipewright/shared/http/assets.ts';
import { homeFolder } from '../../config.ts';
import { withConnection } from '../connect.ts';
import { exitStatus } from '../exit-status.ts';
import { parseArguments, UsageError } from '../parse-arguments.ts';
import { printJson } from '../print-json.ts';
import { addressOf, readAssetArgument } from './asset-argument.ts';

const options = { json: { type: 'boolean', default: false }, home: { type: 'string' } } as const;

/** `assets archive KIND NAME[:VERSION]`: out of lists and no longer the latest; without a version all of them. */
export const archiveAsset = async (args: readonly string[]): Promise<number> => await setArchived(args, 'archive', 'archived');

/** `assets restore KIND NAME[:VERSION]`: back into lists. */
export const restoreAsset = async (args: readonly string[]): Promise<number> => await setArchived(args, 'restore', 'restored');

async function setArchived(args: readonly string[], verb: 'archive' | 'restore', done: string): Promise<number> {
  const { values, positionals } = parseArguments(args, options, 3);
  const argument = readAssetArgument(positionals);
  const { name, version } = argument;
  if (version?.startsWith('@')) throw new UsageError(`name a version, not a label: assets ${verb} ${argument.noun} ${name}:VERSION`);
  return await withConnection(homeFolder(values.home), async ({ call }) => {
    const { versions } = await call(addressOf('', argument, verb), ChangedVersions, version === null ? {} : { versions: [version] });
    if (values.json) printJson({ versions });
    else if (versions.length === 0) process.stdout.write(`nothing to do: ${version === null ? name : `${name}:${version}`} is ${done} already\n`);
    else process.stdout.write(versions.map((changed) => `${done} azureml:${name}:${changed}\n`).join(''));
    return exitStatus.done;
  });
}
