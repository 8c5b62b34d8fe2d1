import { isModelType } from '../component/port-type.ts';
import type { BytesKind } from './asset.ts';
import type { AssetReference } from './asset-reference.ts';

/**
 * The same name may be that of data and of a model: how it is written, or else the type of the input that takes it, says what is looked
 * for first.
 */
export function kindsOf({ kind }: AssetReference, type: string | undefined): readonly BytesKind[] {
  if (kind !== undefined) return [kind];
  return type !== undefined && isModelType(type) ? ['model', 'data'] : ['data', 'model'];
}
