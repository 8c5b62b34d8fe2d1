/** The key of an item of a loop, a trial of a sweep, or a round: `each/1`. */
export const itemKey = (loop: string, index: number): string => `${loop}/${index + 1}`;

/**
 * The loop that a key is one of an item of, and its number in it, from 1; null where it can be of none. Whether it is one is for those
 * to say who know the loops: a step of a pipeline inside the run has a key of the same form (`outer/inner`), then without a number.
 */
export function splitItemKey(key: string): { readonly loop: string; readonly number: number } | null {
  const slash = key.lastIndexOf('/');
  return slash > 0 ? { loop: key.slice(0, slash), number: Number(key.slice(slash + 1)) } : null;
}
