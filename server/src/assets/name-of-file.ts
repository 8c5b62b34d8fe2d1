import { basename } from 'node:path';
import type { Asset } from '@pipewright/shared/asset/asset.ts';
import { parseAssetReference, parseRunOutputUri } from '@pipewright/shared/asset/asset-reference.ts';
import { kindsOf } from '@pipewright/shared/asset/kinds-of.ts';
import type { AssetStore } from '../store/asset-store.ts';

type Named = Pick<Asset, 'name' | 'type' | 'path'>;

/** A copy of a copy; that names lead in a circle is possible where a label has moved. */
const mostCopies = 20;

/**
 * What the file is called that a version of data or a model is: as it was where it came from, since what reads it may go by
 * its ending. A copy of another version has the name of that one; a file that has none is called as the asset.
 */
export async function nameOfFile(assets: Pick<AssetStore, 'find'>, asset: Named, copies = 0): Promise<string> {
  if (asset.path === null) return asset.name;
  const reference = parseAssetReference(asset.path);
  if (!reference) return nameIn(asset.path) || asset.name;
  const other = copies < mostCopies ? await assets.find(kindsOf(reference, asset.type ?? undefined), reference.name, reference.at) : undefined;
  return other ? await nameOfFile(assets, other, copies + 1) : asset.name;
}

function nameIn(path: string): string {
  const output = parseRunOutputUri(path);
  if (output) return basename(output.path) || output.output;
  const isEncoded = /^(?:file|https?|mlflow-artifacts):\//.test(path);
  const name = basename(isEncoded ? decoded(new URL(path).pathname) : path);
  return name === '..' ? '' : name;
}

/** As it stands where a percent sign is no code: it may be from before that was refused. */
function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}
