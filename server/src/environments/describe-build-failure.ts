/** What an installer said, put into words. */
export interface BuildFailure {
  readonly message: string;
  readonly firstError: string | undefined;
  readonly lines: readonly string[];
}

const linesShown = 20;

interface Cause {
  readonly pattern: RegExp;
  readonly words: (subject: string) => string;
}

/** In the order in which they explain: a package that is missing may be so for want of a network. */
const causes: readonly Cause[] = [
  { pattern: /No space left on device/i, words: () => 'the disk is full' },
  {
    pattern: /(?:dns error|name resolution|Connection refused|Network is unreachable|tcp connect error|error sending request|Max retries exceeded)/i,
    words: () => 'the package index could not be reached. Look at the network, or at the settings of pip',
  },
  { pattern: /(?:401 Unauthorized|403 Forbidden|\(40[13] )/, words: () => 'the package index refused us. Look at the credentials in the settings of pip' },
  { pattern: /Because (\S+) was not found in the (?:package registry|provided package locations)/, words: missing },
  { pattern: /No matching distribution found for ([A-Za-z0-9._-]+)\s*$/m, words: missing },
  { pattern: /Because there (?:is no version|are no versions) of (\S+?)[\s,]/, words: (subject) => `there is no version ${subject}` },
  { pattern: /No matching distribution found for (\S+)/, words: (subject) => `no version that fits ${subject} has a build for this Python` },
  { pattern: /(\S+) has no wheels with a matching Python/, words: (subject) => `${subject} has no build for this Python` },
  { pattern: /(?:Failed to build|Failed building wheel for) `?([^\s`]+)/, words: unbuilt },
  { pattern: /the current Python version \(\S+\) does not satisfy (Python\S+)/, words: (subject) => `a package needs ${subject}` },
  { pattern: /(?:Failed to parse: `|Invalid requirement: ')([^`']+)/, words: (subject) => `"${subject}" is not a requirement` },
  { pattern: /(?:ResolutionImpossible|conflicting dependencies|requirements are unsatisfiable)/, words: () => 'the requirements exclude each other' },
];

function missing(subject: string): string {
  return `there is no package ${subject}. Look at its spelling`;
}

function unbuilt(subject: string): string {
  return `${subject} has no build for this Python, and building it here failed. Choose another version, or install what it needs to be built`;
}

/** The usual causes; the installer's own words come along. */
export function describeBuildFailure(lines: readonly string[], what: string): BuildFailure {
  // Installers break their lines as they like.
  const text = lines.map((line) => line.trim()).join('\n');
  const flat = text.replaceAll('\n', ' ');
  const cause = causes.map(({ pattern, words }) => ({ match: pattern.exec(text) ?? pattern.exec(flat), words })).find(({ match }) => match !== null);
  const message = cause?.match ? `${what}: ${cause.words(cause.match[1] ?? '')}.` : `${what}.`;
  return { message, firstError: firstErrorOf(lines), lines: lines.slice(-linesShown) };
}

function firstErrorOf(lines: readonly string[]): string | undefined {
  const trimmed = lines.map((line) => line.trim().replace(/^[×╰─▶├\s]+/, ''));
  return (
    trimmed.find((line) => /^(cause: )?Because /.test(line))?.replace(/^cause: /, '') ??
    trimmed.find((line) => /^(error|fatal)\b/i.test(line)) ??
    trimmed.findLast((line) => line !== '')
  );
}
