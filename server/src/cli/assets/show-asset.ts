import { parseAssetPoint } from '@pipewright/shared/asset/asset-reference.ts';
import type { Asset } from '@pipewright/shared/asset/asset.ts';
import { didYouMean } from '@pipewright/shared/graph/suggest-name.ts';
import { assetNouns, type AssetDetail } from '@pipewright/shared/http/assets.ts';
import { homeFolder } from '../../config.ts';
import { detailOf } from '../../http/assets/get-asset.ts';
import type { Store } from '../../store/store.ts';
import { describeBytes } from '../../describe-bytes.ts';
import { exitStatus } from '../exit-status.ts';
import { parseArguments, UsageError } from '../parse-arguments.ts';
import { printJson } from '../print-json.ts';
import { printTable } from '../print-table.ts';
import { withRemembered } from '../remembered.ts';
import { readAssetArgument, type AssetArgument } from './asset-argument.ts';

const options = { json: { type: 'boolean', default: false }, home: { type: 'string' } } as const;

/** `assets show KIND NAME[:VERSION]`: what it is, its versions, and the runs that made and used it; takes no lock. */
export async function showAsset(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, options, 3);
  const argument = readAssetArgument(positionals);
  return await withRemembered(homeFolder(values.home), async ({ store }) => {
    const asset = await findAsset(store, argument);
    const detail = await detailOf({ store }, asset);
    const versions = await store.assets.versions({ kind: asset.kind, name: asset.name });
    if (values.json) printJson({ ...detail, versions: versions.map(({ version, createdAt, archivedAt }) => ({ version, createdAt, archivedAt })) });
    else printTable(rowsOf(detail, versions));
    return exitStatus.done;
  });
}

async function findAsset({ assets }: Store, { noun, name, version }: AssetArgument): Promise<Asset> {
  const kind = assetNouns[noun];
  const found = await assets.find([kind], name, parseAssetPoint(version ?? 'latest'));
  if (found) return found;
  const known = await assets.versions({ kind, name });
  if (known.length === 0) throw new UsageError(`there is no ${name} among the ${noun}.${didYouMean(name, await assets.names([kind]))}`);
  const said = known.map((asset) => (asset.archivedAt === null ? asset.version : `${asset.version} (archived)`)).join(', ');
  throw new UsageError(`${name} has no version ${version ?? 'latest'}. Its versions: ${said}`);
}

function rowsOf(detail: AssetDetail, versions: readonly Asset[]): string[][] {
  const { reference, type, displayName, description, tags, archivedAt, createdAt, by, path, sizeBytes, labels, madeBy, usedBy } = detail;
  const about: [string, string | null][] = [
    ['reference', `${reference}${archivedAt === null ? '' : '  (archived)'}`],
    ['type', type],
    ['called', displayName],
    ['description', description],
    [
      'tags',
      Object.entries(tags)
        .map(([key, value]) => (value === '' ? key : `${key}=${value}`))
        .join(', '),
    ],
    ['labels', [...(detail.isLatest ? ['latest'] : []), ...labels].join(', ')],
    ['created', `${createdAt.slice(0, 16).replace('T', ' ')}${by === null ? '' : ` by ${by}`}`],
    ['size', sizeBytes === null ? null : describeBytes(sizeBytes)],
    ['from', path],
    ['versions', versions.map((asset) => (asset.archivedAt === null ? asset.version : `${asset.version} (archived)`)).join(', ')],
  ];
  return [
    ...about.filter((row): row is [string, string] => row[1] !== null && row[1] !== ''),
    ...madeBy.map(({ run, step, port, status }) => ['made by', `run:${run}/${step}/${port}  ${status}`]),
    ...usedBy.items.map(({ run, step, port, steps, status }) => [
      'used by',
      `run:${run}/${step}${port === '' ? '' : `/${port}`}${steps > 1 ? ` and ${steps - 1} more steps` : ''}  ${status}`,
    ]),
    ...(usedBy.nextCursor === null ? [] : [['used by', '…']]),
  ];
}
