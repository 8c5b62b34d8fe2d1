import type { Diagnostic } from '@codemirror/lint';
import type { Text } from '@codemirror/state';
import type { Problem } from '@pipewright/shared/graph/problem.ts';

const severities = { error: 'error', warning: 'warning', note: 'info' } as const;

/** Problems with a line, as marks from where they are to the end of that line's words. */
export function toDiagnostics(doc: Text, problems: readonly Problem[]): Diagnostic[] {
  return problems
    .flatMap(({ severity, message, line, column = 1 }): Diagnostic[] => {
      if (line === undefined || line < 1 || line > doc.lines) return [];
      const { from: start, to: end, text } = doc.line(line);
      const from = Math.min(start + column - 1, end);
      const to = Math.max(from, start + text.trimEnd().length);
      return [{ from, to, severity: severities[severity], message }];
    })
    .toSorted((a, b) => a.from - b.from);
}
