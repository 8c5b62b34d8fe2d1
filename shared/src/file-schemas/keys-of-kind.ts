import { foreignKinds } from '../component/leaf-component.ts';
import { foreignKeys, parallelKeys, sweepKeys } from './kind-schemas.ts';

const foreign: readonly string[] = foreignKinds;
/** Keys that only steps of some kinds have, with those kinds. Some have several uses. */
const kindsByKey: ReadonlyMap<string, readonly string[]> = new Map([
  ...Object.keys(foreignKeys).map((key) => [key, foreign] as const),
  ...Object.keys(sweepKeys).map((key) => [key, ['sweep', ...foreign]] as const),
  ...Object.keys(parallelKeys).map((key) => [key, ['parallel', ...foreign]] as const),
]);

/** Whether a step may have a key. One that does not say its kind is told by its keys, but for those kinds that have to be named. */
export function isKeyOfKind(key: string, kind: string | undefined): boolean {
  const kinds = kindsByKey.get(key);
  if (kinds === undefined) return true;
  return kind === undefined ? kinds !== foreign : kinds.includes(kind);
}
