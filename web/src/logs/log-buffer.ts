/** Text that arrives in pieces, as lines. The last line is open until its newline comes. */
export interface LogBuffer {
  readonly lines: readonly string[];
  /** The step's own lines; those before and after are ours. */
  readonly stepFrom: number;
  readonly stepTo: number;
  readonly append: (text: string, isOurs?: boolean) => void;
  readonly clear: () => void;
}

export function createLogBuffer(): LogBuffer {
  let lines: string[] = [];
  let open = '';
  let stepFrom = 0;
  let stepTo = Number.POSITIVE_INFINITY;
  let hasStepSpoken = false;
  return {
    get lines() {
      return lines;
    },
    get stepFrom() {
      return stepFrom;
    },
    get stepTo() {
      return stepTo;
    },
    append(text, isOurs = false) {
      // Our line after the step's last one is on a line of its own.
      if (isOurs && hasStepSpoken) stepTo = Math.min(stepTo, lines.length);
      if (!isOurs) hasStepSpoken = true;
      // Always a new array, because the one before is on the page; the strings are shared.
      const closed = open === '' ? lines : lines.slice(0, -1);
      const pieces = (open + text).split('\n');
      open = pieces.pop() ?? '';
      lines = [...closed, ...pieces.map(afterReturn)];
      if (open !== '') lines.push(afterReturn(open));
      if (!hasStepSpoken) stepFrom = lines.length;
    },
    clear() {
      lines = [];
      open = '';
      stepFrom = 0;
      stepTo = Number.POSITIVE_INFINITY;
      hasStepSpoken = false;
    },
  };
}

/** A carriage return starts the line over, as progress bars do: what was last written counts. */
function afterReturn(line: string): string {
  const ended = line.endsWith('\r') ? line.slice(0, -1) : line;
  return ended.slice(ended.lastIndexOf('\r') + 1);
}
