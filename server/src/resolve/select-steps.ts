import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { didYouMean } from '@pipewright/shared/graph/suggest-name.ts';
import type { RunOptions } from '@pipewright/shared/run/run-options.ts';
import { flatGraphOf, type FlatGraph } from './flat-graph.ts';
import { leftOutOf } from './left-out.ts';
import { leavesOf, type PipelineScope } from './pipeline-scope.ts';

/** Which steps of a run it is about, by their keys in it. */
export interface Selection {
  readonly selected: ReadonlySet<string>;
  /** Not asked for, but read by those that are: an earlier result of each must stand in. */
  readonly outside: ReadonlySet<string>;
  /** Not asked for either, and yet run: there is no earlier result. Among those that are selected. */
  readonly missing?: ReadonlySet<string>;
}

export type SelectionOutcome =
  { readonly ok: true; /** Null: all of them. */ readonly selection: Selection | null } | { readonly ok: false; readonly problems: readonly Problem[] };

type Part = Pick<RunOptions, 'from' | 'to' | 'only'>;

/** `from` with what is below it, `to` with what is above it, both: what lies between; `only`: just these. A pipeline stands for all in it. */
export function selectSteps(scope: PipelineScope, part: Part): SelectionOutcome {
  const { from, to, only } = part;
  if (from === undefined && to === undefined && only === undefined) return { ok: true, selection: null };
  const problems = checkPart(scope, part);
  if (problems.length > 0) return { ok: false, problems };
  const graph = flatGraphOf(scope);
  const selected = new Set(only?.flatMap((name) => stepsNamed(scope, name)) ?? graph.keys);
  if (from !== undefined) keep(selected, reachable(below(graph), stepsNamed(scope, from)));
  if (to !== undefined) keep(selected, reachable(graph.above, stepsNamed(scope, to)));
  if (selected.size === 0) {
    return { ok: false, problems: [{ severity: 'error', code: 'no-steps', message: `No step lies between ${from} and ${to}: ${to} is not below ${from}.` }] };
  }
  // What is merely to come before a selected step need not have run.
  const outside = new Set([...selected].flatMap((key) => [...(graph.read.get(key) ?? [])]).filter((source) => !selected.has(source)));
  return { ok: true, selection: { selected, outside } };
}

/** What is read from outside and has no result to stand in belongs to the part as well, and so on upwards. */
export async function withWhatIsMissing(
  scope: PipelineScope,
  { selected, outside }: Selection,
  hasResult: (step: string) => Promise<boolean>,
): Promise<Selection> {
  const { read } = flatGraphOf(scope);
  const [running, standing] = [new Set(selected), new Set<string>()];
  // A set gives what is added to it while one goes through it, too.
  const asked = new Set(outside);
  for (const key of asked) {
    if (await hasResult(key)) {
      standing.add(key);
    } else {
      running.add(key);
      for (const source of read.get(key) ?? []) if (!running.has(source)) asked.add(source);
    }
  }
  return { selected: running, outside: standing, missing: running.difference(selected) };
}

function checkPart(scope: PipelineScope, { from, to, only }: Part): Problem[] {
  if (only !== undefined && (from !== undefined || to !== undefined)) {
    return [{ severity: 'error', code: 'invalid-value', message: 'Say either which steps alone are to run (only), or from where to where (from, to).' }];
  }
  const keys = [...namesIn(scope)];
  const named = [...(from === undefined ? [] : [from]), ...(to === undefined ? [] : [to]), ...(only ?? [])];
  return named
    .filter((name) => stepsNamed(scope, name).length === 0)
    .map((name) => ({
      severity: 'error',
      code: 'unknown-step',
      message: scope.aside.has(name) ? notRun(name, scope) : `The pipeline has no step ${name}.${didYouMean(name, keys)} It has: ${keys.join(', ')}.`,
    }));
}

function notRun(name: string, scope: PipelineScope): string {
  const why = leftOutOf(scope).find(({ key }) => key === name);
  return `${why?.displayName ?? name} is not run: ${why?.text ?? 'it is left out'}.`;
}

/** Every step, those that are pipelines before what is in them. */
function* namesIn(scope: PipelineScope): Generator<string> {
  for (const key of Object.keys(scope.document.jobs)) {
    yield `${scope.prefix}${key}`;
    const inner = scope.inside.get(key);
    if (inner) yield* namesIn(inner);
  }
}

function stepsNamed(scope: PipelineScope, name: string): string[] {
  const slash = name.indexOf('/');
  const inner = slash < 0 ? undefined : scope.inside.get(name.slice(0, slash));
  if (inner) return stepsNamed(inner, name.slice(slash + 1));
  return Object.hasOwn(scope.document.jobs, name) ? leavesOf(scope, name) : [];
}

function below({ above }: FlatGraph): ReadonlyMap<string, ReadonlySet<string>> {
  const consumers = new Map<string, Set<string>>();
  for (const [key, sources] of above) for (const source of sources) consumers.set(source, (consumers.get(source) ?? new Set()).add(key));
  return consumers;
}

/** The starts and all that is reached from them. */
function reachable(next: ReadonlyMap<string, ReadonlySet<string>>, starts: readonly string[]): Set<string> {
  const reached = new Set(starts);
  for (const key of reached) for (const neighbour of next.get(key) ?? []) reached.add(neighbour);
  return reached;
}

function keep(set: Set<string>, others: ReadonlySet<string>): void {
  for (const key of set) if (!others.has(key)) set.delete(key);
}
