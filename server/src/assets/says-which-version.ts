import type { AssetPin } from '@pipewright/shared/asset/asset.ts';
import { parseAssetReference } from '@pipewright/shared/asset/asset-reference.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import type { Instant } from '@pipewright/shared/ids.ts';

export interface FoundVersion extends AssetPin {
  readonly archivedAt: Instant | null;
  /** Of the same name, for the hint. */
  readonly newest: () => Promise<string | undefined>;
}

/** Which version a label, or a bare name, has come to; and that a version which is named exactly was archived. */
export async function saysWhichVersion(reference: string, { kind, name, version, archivedAt, newest }: FoundVersion): Promise<Problem[]> {
  const at = parseAssetReference(reference)?.at;
  if (at === undefined || 'label' in at) return [{ severity: 'note', code: 'resolved-version', message: `${reference} is version ${version}.` }];
  if (archivedAt === null) return [];
  const other = await newest();
  const hint = other === undefined ? '' : ` The latest version is ${other}.`;
  return [{ severity: 'warning', code: 'archived-asset', message: `The ${kind} ${name}:${version} is archived. It is used all the same.${hint}` }];
}
