import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Metric, Run } from '@pipewright/shared/http/runs.ts';
import { nestedRunsOf, type NestedRun } from '@pipewright/shared/run/nested-run.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import type { StepUsage } from '@pipewright/shared/run/step-usage.ts';
import { formatDuration } from './describe-step.ts';

/** The document that `run --json` and `runs show --json` print: field by field as the contract says. */
export interface RunDocument {
  readonly run: { readonly id: string; readonly status: string; readonly durationMs: number; readonly error: string | null };
  readonly steps: readonly StepDocument[];
  readonly outputs: Readonly<Record<string, string>>;
}

interface StepDocument {
  readonly key: string;
  readonly status: string;
  readonly decision: string | null;
  readonly reasons: readonly { readonly code: string; readonly text: string }[];
  readonly attempts: number;
  readonly durationMs: number | null;
  /** Of the last attempt; null where none was begun. */
  readonly usage: StepUsage | null;
  readonly outputs: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, number | null>>;
  readonly error: string | null;
}

export interface RunToDescribe {
  readonly home: string;
  readonly run: Run;
  readonly metricsOf: (step: StepRun) => Promise<readonly Metric[]>;
}

export async function describeRun({ home, run, metricsOf }: RunToDescribe): Promise<RunDocument> {
  const steps: StepDocument[] = [];
  for (const step of run.steps) {
    const metrics = await metricsOf(step);
    steps.push({
      key: step.key,
      status: step.status,
      decision: 'decision' in step ? (step.decision ?? null) : null,
      reasons: 'reasons' in step ? (step.reasons ?? []).map(({ code, text }) => ({ code, text })) : [],
      attempts: step.attempts,
      durationMs: durationOf(step),
      usage: step.usage ?? null,
      outputs: stepOutputs(home, run.id, step),
      metrics: Object.fromEntries(metrics.map(({ name, last }) => [name, last])),
      error: 'failure' in step ? (step.failure.firstError ?? step.failure.message) : null,
    });
  }
  for (const nested of nestedRunsOf(run.snapshot, run.steps).toReversed()) {
    const first = steps.findIndex(({ key }) => key.startsWith(`${nested.key}/`));
    steps.splice(Math.max(first, 0), 0, describeNested(nested, steps));
  }
  const { id, status, error } = run;
  return { run: { id, status, durationMs: durationOfRun(run), error }, steps, outputs: pipelineOutputs(home, run) };
}

/** A pipeline inside the run: it decides nothing and has no process, and its outputs are those of steps inside it. */
function describeNested({ key, status, steps: inside, outputs, startedAt, endedAt }: NestedRun, steps: readonly StepDocument[]): StepDocument {
  const own = new Map(steps.map((step) => [step.key, step]));
  const failed = inside.find((step) => 'failure' in step);
  return {
    key,
    status,
    decision: inside.every((step) => step.status === 'reused') ? 'reuse' : 'run',
    reasons: [],
    attempts: 0,
    durationMs: startedAt === null || endedAt === null ? null : Date.parse(endedAt) - Date.parse(startedAt),
    usage: null,
    outputs: Object.fromEntries(
      Object.entries(outputs).flatMap(([name, { step, output }]): [string, string][] => {
        const path = own.get(step)?.outputs[output];
        return path === undefined ? [] : [[name, path]];
      }),
    ),
    metrics: {},
    error: failed === undefined ? null : `${failed.key}: ${own.get(failed.key)?.error ?? ''}`,
  };
}

/** From acceptance to the end, or to now while it goes on. */
function durationOfRun({ queuedAt, endedAt }: Pick<Run, 'queuedAt' | 'endedAt'>): number {
  return (endedAt === null ? Date.now() : Date.parse(endedAt)) - Date.parse(queuedAt);
}

/** How long it took, or for how long it has been going on. */
export const describeRunLength = (run: Pick<Run, 'queuedAt' | 'endedAt'>): string => formatDuration(durationOfRun(run));

/** Where the outputs of the pipeline lie, by name. */
export function pipelineOutputs(home: string, run: Run): Record<string, string> {
  const byKey = new Map(run.steps.map((step) => [step.key, step]));
  return Object.fromEntries(
    Object.entries(run.snapshot.outputs).flatMap(([name, { step, output }]) => {
      const source = byKey.get(step);
      const path = source && stepOutputs(home, run.id, source)[output];
      return path === undefined ? [] : [[name, path]];
    }),
  );
}

function durationOf(step: StepRun): number | null {
  if (!('startedAt' in step) || !('endedAt' in step) || step.startedAt === undefined) return null;
  return Date.parse(step.endedAt) - Date.parse(step.startedAt);
}

/** Where the bytes lie: under the names that the step gave them, in the folder of the attempt that wrote them. */
function stepOutputs(home: string, runId: string, step: StepRun): Record<string, string> {
  if (step.status !== 'completed' && step.status !== 'reused') return {};
  const source = step.status === 'reused' ? step.donor : { run: runId, step: step.best?.step ?? step.key };
  return Object.fromEntries(
    Object.entries(step.outputs).map(([port, { hash }]) => [
      port,
      attemptOutput(home, source, port) ?? join(home, 'objects', hash.slice(0, 2), hash, 'content'),
    ]),
  );
}

function attemptOutput(home: string, source: { readonly run: string; readonly step: string }, port: string): string | undefined {
  const folder = join(home, 'runs', source.run, source.step.replaceAll('/', '.'));
  if (!existsSync(folder)) return undefined;
  const attempts = readdirSync(folder)
    .map(Number)
    .toSorted((a, b) => b - a);
  return attempts.map((attempt) => join(folder, String(attempt), 'outputs', port)).find((path) => existsSync(path));
}
