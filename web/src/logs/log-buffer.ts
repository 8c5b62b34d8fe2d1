/** Text that arrives in pieces, as lines. The last line is open until its newline comes. */
export interface LogBuffer {
  readonly lines: readonly string[];
  readonly append: (text: string) => void;
  readonly clear: () => void;
}

export function createLogBuffer(): LogBuffer {
  let lines: string[] = [];
  let open = '';
  return {
    get lines() {
      return lines;
    },
    append(text) {
      // Always a new array, because the one before is on the page; the strings are shared.
      const closed = open === '' ? lines : lines.slice(0, -1);
      const pieces = (open + text).split('\n');
      open = pieces.pop() ?? '';
      lines = [...closed, ...pieces.map(afterReturn)];
      if (open !== '') lines.push(afterReturn(open));
    },
    clear() {
      lines = [];
      open = '';
    },
  };
}

/** A carriage return starts the line over, as progress bars do: what was last written counts. */
function afterReturn(line: string): string {
  const ended = line.endsWith('\r') ? line.slice(0, -1) : line;
  return ended.slice(ended.lastIndexOf('\r') + 1);
}
