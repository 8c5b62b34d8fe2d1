/** No screen is so wide: the rest of such a line is told by its length. */
const longestLine = 5000;

/** The lines of a text that came in pieces; one that was cut between two pieces is one all the same. */
export function linesOf(pieces: readonly string[]): readonly string[] {
  const lines = pieces.join('').split(/\r?\n/);
  if (lines.length > 1 && lines.at(-1) === '') lines.pop();
  return lines.map((line) => (line.length > longestLine ? `${line.slice(0, longestLine)}… (${line.length - longestLine} more characters)` : line));
}
