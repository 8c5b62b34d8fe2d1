import { assetNouns, type AssetNoun } from '@pipewright/shared/http/assets.ts';
import { parseAssetReference } from '@pipewright/shared/asset/asset-reference.ts';
import { UsageError } from '../parse-arguments.ts';

export interface AssetArgument {
  readonly noun: AssetNoun;
  readonly name: string;
  /** A version, or `@LABEL`; null: none was said. */
  readonly version: string | null;
}

/** `data cars:3`, `models best@production`, `components train`; also with `azureml:` before the name. */
export function readAssetArgument([kind, text, surplus]: readonly string[]): AssetArgument {
  const noun = kind === undefined ? undefined : nounOf(kind);
  if (noun === undefined)
    throw new UsageError(`${kind === undefined ? 'say of what kind' : `${kind} is no kind of asset`}: ${Object.keys(assetNouns).join(', ')}`);
  if (text === undefined) throw new UsageError(`name one of the ${noun}: NAME or NAME:VERSION`);
  if (surplus !== undefined) throw new UsageError(`unexpected argument ${surplus}`);
  const plain = text.replace(/^azureml:/, '');
  const reference = parseAssetReference(`azureml:${plain}`);
  if (!reference) throw new UsageError(`${text} is no name of an asset: NAME, NAME:VERSION or NAME@LABEL`);
  const { name, at } = reference;
  if ('version' in at) return { noun, name, version: at.version };
  return { noun, name, version: plain.includes('@') ? `@${at.label}` : null };
}

const nounOf = (text: string): AssetNoun | undefined => (Object.keys(assetNouns) as AssetNoun[]).find((noun) => noun === text || assetNouns[noun] === text); // The keys of a record over AssetNoun.

export const addressOf = (url: string, { noun, name }: AssetArgument, ...rest: readonly string[]): string =>
  [`${url}/api`, noun, encodeURIComponent(name), ...rest.map(encodeURIComponent)].join('/');
