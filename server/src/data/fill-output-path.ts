/** Puts values in the place of `${{NAME}}` in the path of an output; what has none stays. */
export function fillOutputPath(path: string, values: Readonly<Partial<Record<'name' | 'output_name' | 'default_datastore', string>>>): string {
  const known: Readonly<Record<string, string>> = values;
  return path.replaceAll(/\$\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) => (Object.hasOwn(known, name) ? (known[name] ?? whole) : whole));
}
