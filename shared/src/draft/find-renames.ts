import { canonicalJson } from '../pipeline/canonical-json.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { componentOf, type Step } from '../pipeline/step.ts';

/**
 * Steps that stand under another key: by what they are, or by where they stand when they do the same work. Old key to
 * new, in an order in which they can be renamed one after the other.
 */
export function findRenames(before: Pipeline['jobs'], after: Pipeline['jobs']): Map<string, string> {
  const gone = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  const fresh = Object.keys(after).filter((key) => !Object.hasOwn(before, key));
  const renames = new Map<string, string>();
  if (gone.length === 0 || fresh.length === 0) return renames;
  const taken = new Set<string>();
  const pair = (isSame: (old: string, next: string) => boolean): void => {
    for (const next of fresh) {
      const old = taken.has(next) ? undefined : gone.find((key) => !renames.has(key) && isSame(key, next));
      if (old === undefined) continue;
      renames.set(old, next);
      taken.add(next);
    }
  };
  pair((old, next) => canonicalJson(before[old]) === canonicalJson(after[next]));
  const [placesBefore, placesAfter] = [before, after].map((jobs) => new Map(Object.keys(jobs).map((key, index, keys) => [key, keys[index - 1]])));
  pair((old, next) => {
    const above = placesAfter?.get(next);
    const isSamePlace = placesBefore?.get(old) === above || (above !== undefined && renames.get(placesBefore?.get(old) ?? '') === above);
    return isSamePlace && workOf(before[old]) === workOf(after[next]);
  });
  return renames;
}

/** What a step does, whatever it reads. */
const workOf = (step: Step | undefined): string => (step ? canonicalJson([step.type ?? null, componentOf(step) ?? null, step.command ?? null]) : '');
