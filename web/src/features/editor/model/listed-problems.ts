import { problemId } from '@pipewright/shared/graph/fix-problems.ts';
import type { Problem, ProblemSeverity } from '@pipewright/shared/graph/problem.ts';

/** A failure of the attached run, in the same form as a problem of the draft. */
export interface Failure {
  readonly step: string;
  readonly message: string;
}

/** One row of the list: something wrong with the draft, or a step that failed in the run that is shown. */
export type Listed =
  { readonly kind: 'problem'; readonly id: string; readonly problem: Problem } | { readonly kind: 'failure'; readonly id: string; readonly failure: Failure };

export interface ProblemGroup {
  readonly key: string;
  readonly title: string;
  readonly rows: readonly Listed[];
}

export const groupings = ['severity', 'step'] as const;
export type Grouping = (typeof groupings)[number];

export interface ProblemFilter {
  readonly hidden: ReadonlySet<ProblemSeverity>;
  readonly text: string;
}

/** Failures first, then as the problems come: the worst first. Two of the same words are two rows. */
export function listProblems(problems: readonly Problem[], failures: readonly Failure[]): Listed[] {
  const seen = new Map<string, number>();
  const nameOf = (id: string): string => {
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    return count === 1 ? id : `${id}\n${count}`;
  };
  return [
    ...failures.map((failure): Listed => ({ kind: 'failure', id: nameOf(`failed\n${failure.step}`), failure })),
    ...problems.map((problem): Listed => ({ kind: 'problem', id: nameOf(problemId(problem)), problem })),
  ];
}

export const severityOf = (row: Listed): ProblemSeverity => (row.kind === 'failure' ? 'error' : row.problem.severity);
export const stepOfRow = (row: Listed): string | undefined => (row.kind === 'failure' ? row.failure.step : row.problem.step);
export const messageOf = (row: Listed): string => (row.kind === 'failure' ? row.failure.message : withPlace(row.problem));

export function countBySeverity(rows: readonly Listed[]): Readonly<Record<ProblemSeverity, number>> {
  const counts = { error: 0, warning: 0, note: 0 };
  for (const row of rows) counts[severityOf(row)] += 1;
  return counts;
}

/** The text is looked for in the sentence, the step, the port and the code. */
export function filterProblems(rows: readonly Listed[], { hidden, text }: ProblemFilter): Listed[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    if (hidden.has(severityOf(row))) return false;
    const { port = '', code = '' } = row.kind === 'problem' ? row.problem : {};
    const place = [messageOf(row), stepOfRow(row) ?? '', port, code].join(' ').toLowerCase();
    return words.every((word) => place.includes(word));
  });
}

const severityTitles = { error: 'Errors', warning: 'Warnings', note: 'Notes' } as const;

export function groupProblems(rows: readonly Listed[], grouping: Grouping, titleOf: (step: string) => string): ProblemGroup[] {
  const keyOf = (row: Listed): string => (grouping === 'severity' ? severityOf(row) : (stepOfRow(row) ?? ''));
  const titled = (key: string, row: Listed): string => {
    if (grouping === 'severity') return severityTitles[severityOf(row)];
    return key === '' ? 'The pipeline' : titleOf(key);
  };
  return [...Map.groupBy(rows, keyOf)].flatMap(([key, [first, ...rest]]) => (first ? [{ key, title: titled(key, first), rows: [first, ...rest] }] : []));
}

/** The row after or before another, round the end; the first or last when that one is gone. */
export function neighbourOf(rows: readonly Listed[], id: string | null, by: 1 | -1): Listed | undefined {
  const index = rows.findIndex((row) => row.id === id);
  if (index === -1) return by === 1 ? rows[0] : rows.at(-1);
  return rows.at((index + by) % rows.length);
}

/** What is written in another file than this pipeline's stands with its place there: `train.yml:20:5`. */
function withPlace({ message, file, line, column }: Problem): string {
  if (file === undefined) return message;
  const place = [file.slice(file.lastIndexOf('/') + 1), line, column].filter((part) => part !== undefined).join(':');
  return `${place} ${message}`;
}
