import { adjacencyOf } from '@pipewright/shared/graph/adjacency.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { downstreamOf, upstreamOf } from '@pipewright/shared/graph/reachable-from.ts';
import { didYouMean } from '@pipewright/shared/graph/suggest-name.ts';
import type { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import type { RunOptions } from '@pipewright/shared/run/run-options.ts';

/** Which steps of a pipeline a run is about. */
interface Selection {
  readonly selected: ReadonlySet<string>;
  /** Not asked for, but read by those that are: an earlier result of each must stand in. */
  readonly outside: ReadonlySet<string>;
}

export type SelectionOutcome =
  { readonly ok: true; /** Null: all of them. */ readonly selection: Selection | null } | { readonly ok: false; readonly problems: readonly Problem[] };

type Part = Pick<RunOptions, 'from' | 'to' | 'only'>;

/** `from` with what is below it, `to` with what is above it, both: what lies between; `only`: just these. */
export function selectSteps(document: Pipeline, part: Part): SelectionOutcome {
  const { from, to, only } = part;
  if (from === undefined && to === undefined && only === undefined) return { ok: true, selection: null };
  const problems = checkPart(document, part);
  if (problems.length > 0) return { ok: false, problems };
  const selected = new Set(only ?? Object.keys(document.jobs));
  if (from !== undefined) keep(selected, downstreamOf(document, [from]).add(from));
  if (to !== undefined) keep(selected, upstreamOf(document, [to]).add(to));
  if (selected.size === 0) {
    return { ok: false, problems: [{ severity: 'error', code: 'no-steps', message: `No step lies between ${from} and ${to}: ${to} is not below ${from}.` }] };
  }
  return { ok: true, selection: { selected, outside: outsideOf(document, selected) } };
}

function checkPart({ jobs }: Pipeline, { from, to, only }: Part): Problem[] {
  if (only !== undefined && (from !== undefined || to !== undefined)) {
    return [{ severity: 'error', code: 'invalid-value', message: 'Say either which steps alone are to run (only), or from where to where (from, to).' }];
  }
  const keys = Object.keys(jobs);
  const named = [...(from === undefined ? [] : [from]), ...(to === undefined ? [] : [to]), ...(only ?? [])];
  return named
    .filter((key) => !Object.hasOwn(jobs, key))
    .map((key) => ({
      severity: 'error',
      code: 'unknown-step',
      message: `The pipeline has no step ${key}.${didYouMean(key, keys)} It has: ${keys.join(', ')}.`,
    }));
}

/** What is merely to come before a selected step need not have run. */
function outsideOf(document: Pipeline, selected: ReadonlySet<string>): Set<string> {
  const { above } = adjacencyOf(withoutOrder(document));
  return new Set([...selected].flatMap((key) => above.get(key) ?? []).filter((source) => !selected.has(source)));
}

function withoutOrder(document: Pipeline): Pipeline {
  const jobs = Object.fromEntries(Object.entries(document.jobs).map(([key, step]) => [key, { ...step, depends_on: undefined }]));
  return { ...document, jobs, settings: { ...document.settings, on_finalize: undefined } };
}

function keep(set: Set<string>, others: ReadonlySet<string>): void {
  for (const key of set) if (!others.has(key)) set.delete(key);
}
