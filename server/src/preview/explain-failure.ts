/** The database is of no use any more after these: DuckDB says so itself. */
export const isFatal = (message: string): boolean => /^(INTERNAL|FATAL) Error/.test(message);

/** Another way to read it would need no less. */
export const isOutOfMemory = (message: string): boolean => /Out of Memory|could not allocate/i.test(message);

/** What DuckDB says, as a sentence for who looks at a table: without hints for people who write SQL, and without our folders. */
export function explainFailure(message: string): string {
  if (
    /No magic bytes|not a parquet file|too small to be a Parquet|Invalid Parquet|reach the end of the file|TProtocolException|don't know what type/i.test(
      message,
    )
  ) {
    return `the Parquet file ${fileIn(message)}is damaged, or only a part of it was written`;
  }
  if (/Need at least one non-root column|at least one column/i.test(message)) return 'it has no columns';
  if (isOutOfMemory(message)) return 'it needs more memory than a preview may use; narrow it by a filter, or download it';
  if (/Invalid unicode|not utf-8/i.test(message)) return 'its text is in an encoding that is not known here; write it as UTF-8';
  if (/^INTERRUPT/i.test(message)) return 'it was given up';
  if (isFatal(message)) return 'reading it fails in a way that tells nothing; it may be damaged';
  const first = (message.split('\n')[0] ?? '').replace(/^(Invalid Input|IO|Binder|Conversion|Parser|CSV) Error: /, '');
  return first.replaceAll(/(["'])[^"']*\/([^"'/]+)\1/g, '“$2”').replace(/\.$/, '');
}

function fileIn(message: string): string {
  const [, name] = /["'](?:[^"']*\/)?([^"'/]+)["']/.exec(message) ?? [];
  return name === undefined ? '' : `“${name}” `;
}
