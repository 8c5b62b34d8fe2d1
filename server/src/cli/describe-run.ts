import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { StepMetrics, type Run } from '@pipewright/shared/http/runs.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { callApi } from './call-api.ts';
import type { Connection } from './connect.ts';

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
  readonly outputs: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, number | null>>;
  readonly error: string | null;
}

export async function describeRun({ url, home }: Connection, run: Run): Promise<RunDocument> {
  const steps: StepDocument[] = [];
  for (const step of run.steps) {
    const { metrics } = await callApi(`${url}/api/runs/${run.id}/steps/${encodeURIComponent(step.key)}/metrics`, StepMetrics);
    steps.push({
      key: step.key,
      status: step.status,
      decision: 'decision' in step ? (step.decision ?? null) : null,
      reasons: 'reasons' in step ? (step.reasons ?? []).map(({ code, text }) => ({ code, text })) : [],
      attempts: step.attempts,
      durationMs: durationOf(step),
      outputs: outputsOf(home, run.id, step),
      metrics: Object.fromEntries(metrics.map(({ name, last }) => [name, last])),
      error: 'failure' in step ? (step.failure.firstError ?? step.failure.message) : null,
    });
  }
  const byKey = new Map(steps.map((step) => [step.key, step]));
  const outputs = Object.entries(run.snapshot.outputs).flatMap(([name, { step, output }]) => {
    const path = byKey.get(step)?.outputs[output];
    return path === undefined ? [] : [[name, path]];
  });
  const durationMs = Date.parse(run.endedAt ?? run.queuedAt) - Date.parse(run.queuedAt);
  return { run: { id: run.id, status: run.status, durationMs, error: run.error }, steps, outputs: Object.fromEntries(outputs) };
}

function durationOf(step: StepRun): number | null {
  if (!('startedAt' in step) || !('endedAt' in step) || step.startedAt === undefined) return null;
  return Date.parse(step.endedAt) - Date.parse(step.startedAt);
}

/** Where the bytes lie: under the names that the step gave them, in the folder of the attempt that wrote them. */
function outputsOf(home: string, runId: string, step: StepRun): Record<string, string> {
  if (step.status !== 'completed' && step.status !== 'reused') return {};
  const source = step.status === 'reused' ? step.donor : { run: runId, step: step.key };
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
