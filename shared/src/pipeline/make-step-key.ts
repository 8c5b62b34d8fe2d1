/** A key that no step has yet, made from a component's name: `split_data`, `split_data_2`. */
export function makeStepKey(name: string, taken: Readonly<Record<string, unknown>>): string {
  const words = name.replaceAll(/[^A-Za-z0-9_]+/g, '_').replaceAll(/^_+|_+$/g, '') || 'step';
  const base = /^\d/.test(words) ? `step_${words}` : words;
  if (!Object.hasOwn(taken, base)) return base;
  for (let number = 2; ; number += 1) {
    const key = `${base}_${number}`;
    if (!Object.hasOwn(taken, key)) return key;
  }
}
