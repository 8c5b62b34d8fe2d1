/** What a person most likely wants to see of a folder: a plot, a report, a picture, a table, a text. */
const interest: readonly RegExp[] = [
  /(^|\/)plots?\/.*\.json$/i,
  /\.html?$/i,
  /\.(png|jpe?g|svg|gif|webp)$/i,
  /\.(csv|tsv|parquet)$/i,
  /\.(json|txt|md|ya?ml)$/i,
];

/** The file that is shown first. */
export function chooseFile(files: readonly { readonly path: string }[]): string | undefined {
  for (const pattern of interest) {
    const found = files.find(({ path }) => pattern.test(path));
    if (found) return found.path;
  }
  return files[0]?.path;
}
