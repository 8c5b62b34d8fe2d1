/** The end of a Python traceback: `KeyError: 'x'`, `sqlite3.OperationalError: no such table`. */
const pythonError = /^[A-Za-z_][\w.]*(Error|Exception|Interrupt|Exit|Warning)?: .+|^[A-Za-z_][\w.]*(Error|Exception)$/;
const saidError = /^(\S+: )?(fatal )?error\b:? .+/i;
const shellError = /: (command not found|No such file or directory|Permission denied)$/;
const escape = String.fromCodePoint(0x1b);
const ansi = new RegExp(String.raw`${escape}\[[0-9;]*[A-Za-z]`, 'g');

/** The line that says what went wrong first, or undefined when none looks like it. */
export function findFirstError(lines: readonly string[]): string | undefined {
  const clean = lines.map((line) => line.replaceAll(ansi, '').trim());
  const traceback = lines.findIndex((line) => line.startsWith('Traceback (most recent call last)'));
  if (traceback >= 0) {
    const end = lines.findIndex((line, index) => index > traceback && /^\S/.test(line) && pythonError.test(line.trim()));
    if (end >= 0) return clean[end];
  }
  return clean.find((line) => saidError.test(line)) ?? clean.find((line) => shellError.test(line)) ?? clean.find((line) => pythonError.test(line) && /Error|Exception/.test(line));
}
