/** The wished name, or the same with a number. */
export function freeName(wished: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wished)) return wished;
  for (let number = 2; ; number += 1) if (!taken.has(`${wished}_${number}`)) return `${wished}_${number}`;
}
