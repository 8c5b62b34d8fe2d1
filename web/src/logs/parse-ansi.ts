type AnsiColour = 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'dim';

export interface LogSpan {
  readonly text: string;
  readonly colour: AnsiColour | null;
  readonly isBold: boolean;
}

const colours: readonly (AnsiColour | null)[] = [null, 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', null];
// oxlint-disable-next-line no-control-regex -- escape sequences begin with this very character
const sequence = /\u001B\[([0-9;:?]*)([A-Za-z])|\u001B\][^\u0007]*\u0007/g;

/** The text without its escape sequences: what a search looks through. */
export function stripAnsi(line: string): string {
  return line.includes('\u001B') ? line.replace(sequence, '') : line;
}

/** A line in spans of one look each. Colours beyond the eight are left to the page's own text colour. */
export function parseAnsi(line: string): LogSpan[] {
  if (!line.includes('\u001B')) return [{ text: line, colour: null, isBold: false }];
  const spans: LogSpan[] = [];
  let colour: AnsiColour | null = null;
  let isBold = false;
  let from = 0;
  const push = (end: number): void => {
    if (end > from) spans.push({ text: line.slice(from, end), colour, isBold });
  };
  for (const match of line.matchAll(sequence)) {
    push(match.index);
    from = match.index + match[0].length;
    if (match[2] === 'm') ({ colour, isBold } = applyCodes(match[1] ?? '', { colour, isBold }));
  }
  push(line.length);
  return spans;
}

interface Look {
  readonly colour: AnsiColour | null;
  readonly isBold: boolean;
}

function applyCodes(text: string, before: Look): Look {
  let { colour, isBold } = before;
  const codes = text.split(/[;:]/).map(Number);
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    if (code === 0) [colour, isBold] = [null, false];
    else if (code === 1) isBold = true;
    else if (code === 2) colour = 'dim';
    else if (code === 22) isBold = false;
    else if (code === 39) colour = null;
    else if (code >= 30 && code <= 37) colour = colours[code - 30] ?? null;
    else if (code >= 90 && code <= 97) colour = code === 90 ? 'dim' : (colours[code - 90] ?? null);
    else if (code === 38 || code === 48) at += codes[at + 1] === 5 ? 2 : 4;
  }
  return { colour, isBold };
}
