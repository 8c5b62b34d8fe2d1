import { Run } from '@pipewright/shared/http/runs.ts';
import { RunSummary, StoredRunEvent } from '@pipewright/shared/run/run.ts';
import type { RunStatus } from '@pipewright/shared/run/status.ts';
import { StepRun } from '@pipewright/shared/run/step-run.ts';

const at = '2026-11-20T10:00:00.000Z';
const hash = 'a'.repeat(64);

export function aSummary(
  overrides: { readonly id?: string; readonly status?: RunStatus; readonly lastSeq?: number; readonly draft?: string } = {},
): RunSummary {
  const { id = '7', status = 'running', lastSeq = 1, draft = 'd1' } = overrides;
  const isEnded = status !== 'running' && status !== 'queued' && status !== 'cancelling';
  return RunSummary.parse({
    id,
    name: 'Car prices',
    pipelineName: 'Car prices',
    experiment: 'cars',
    status,
    origin: { kind: 'draft', draft, revision: 3 },
    by: 'ada',
    queuedAt: at,
    endedAt: isEnded ? at : null,
    counts: { running: 1 },
    error: null,
    lastSeq,
  });
}

const decided = { decision: 'run', reasons: [{ code: 'never-ran', text: 'never ran before' }], fingerprint: hash };

export const waitingStep = (key: string): StepRun => StepRun.parse({ key, attempts: 0, notes: [], status: 'waiting' });
export const runningStep = (key: string): StepRun => StepRun.parse({ key, attempts: 1, notes: [], ...decided, status: 'running', startedAt: at });
export const completedStep = (key: string): StepRun =>
  StepRun.parse({
    key,
    attempts: 1,
    notes: [],
    ...decided,
    status: 'completed',
    startedAt: at,
    endedAt: '2026-11-20T10:00:01.800Z',
    isReusable: true,
    outputs: { table: { hash, type: 'mltable', isFolder: true, sizeBytes: 26_000, fileCount: 2, rowCount: 205, columnCount: 26 } },
  });
export const failedStep = (key: string, firstError: string, message = 'The command ended with exit code 1.'): StepRun =>
  StepRun.parse({
    key,
    attempts: 1,
    notes: [],
    ...decided,
    status: 'failed',
    startedAt: at,
    endedAt: '2026-11-20T10:00:04.000Z',
    failure: { reason: 'exit-code', message, firstError, exitCode: 1, lastLines: ['Traceback', firstError] },
  });

/** An entry of a run's log that says how these steps stand now. */
export function anEvent(seq: number, steps: readonly StepRun[], status: RunStatus = 'running'): StoredRunEvent {
  return StoredRunEvent.parse({ type: 'run:submitted', at, seq, changes: { run: aSummary({ status, lastSeq: seq }), steps } });
}

/** A run of two steps that feed each other. */
export function aRun(steps: readonly StepRun[], overrides: { readonly status?: RunStatus; readonly lastSeq?: number } = {}): Run {
  const component = (name: string) => ({
    type: 'command',
    name,
    version: '1',
    display_name: name,
    command: 'true',
    inputs: { table: { type: 'mltable' }, rate: { type: 'number', default: 0.1 } },
    outputs: { table: { type: 'mltable' } },
    'x-pipewright': { family: 'transform' },
  });
  const titles = Object.fromEntries(steps.map(({ key }) => [key, key.replaceAll('_', ' ')]));
  const jobs = Object.fromEntries(
    steps.map(({ key }, index) => [
      key,
      {
        component: `azureml:${key}:1`,
        display_name: titles[key],
        inputs: index > 0 ? { table: `\${{parent.jobs.${steps[index - 1]?.key}.outputs.table}}` } : {},
        outputs: {},
      },
    ]),
  );
  const resolved = steps.map(({ key }, index) => [
    key,
    {
      displayName: titles[key],
      componentReference: `azureml:${key}:1`,
      component: component(key),
      code: null,
      environment: null,
      environmentVariables: {},
      compute: 'local',
      isDeterministic: true,
      inputs: {
        rate: { kind: 'literal', type: 'number', value: 0.1 },
        table:
          index > 0
            ? { kind: 'output', type: 'mltable', step: steps[index - 1]?.key, output: 'table', isOptional: false }
            : { kind: 'absent', type: 'mltable' },
      },
      outputs: { table: { type: 'mltable' } },
      notes: [],
    },
  ]);
  return Run.parse({
    ...aSummary(overrides),
    snapshot: {
      document: { type: 'pipeline', display_name: 'Car prices', jobs },
      layout: {},
      components: Object.fromEntries(steps.map(({ key }) => [`azureml:${key}:1`, component(key)])),
      steps: Object.fromEntries(resolved),
      outputs: {},
      folder: null,
      force: false,
      continueOnStepFailure: true,
      maxParallel: null,
    },
    steps,
    inputs: { seed: 42 },
  });
}
