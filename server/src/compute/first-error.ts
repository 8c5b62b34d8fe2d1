/** `KeyError: 'x'`, `sqlite3.OperationalError: no such table`, `AssertionError`. */
const pythonError = /^[A-Za-z_][\w.]*(Error|Exception|Interrupt)(: .+)?$/;
/** `Error: …`, `fatal error: …`, `ERROR …`, `train.py: error: …`, `[ERROR] …`. */
const saidError = /^(\S+: )?\[?(fatal |critical )?error\b\]?:? \S.*/i;
const shellError = /: (command not found|No such file or directory|Permission denied|Is a directory|syntax error .+|cannot execute: .+|unexpected EOF .+)$/;
const escape = String.fromCodePoint(0x1b);
const ansi = new RegExp(String.raw`${escape}\[[0-9;]*[A-Za-z]`, 'g');

/**
 * The line that says what went wrong first, or undefined when none looks like it. A Python traceback names its error on
 * the first line that is not indented, and of chained ones the first is the cause.
 */
export function findFirstError(lines: readonly string[]): string | undefined {
  const clean = lines.map((line) => line.replaceAll(ansi, '').trimEnd());
  const traceback = clean.findIndex((line) => line.includes('Traceback (most recent call last)'));
  const indent = /^\s*/.exec(clean[traceback] ?? '')?.[0] ?? '';
  const named = traceback < 0 ? undefined : clean.slice(traceback + 1).find((line) => line.startsWith(indent) && /^\S/.test(line.slice(indent.length)));
  if (named !== undefined) return named.trim();
  const trimmed = clean.map((line) => line.trim());
  return [saidError, shellError, pythonError].map((pattern) => trimmed.find((line) => pattern.test(line))).find((line) => line !== undefined);
}
