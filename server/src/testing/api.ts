import { Run } from '@pipewright/shared/http/runs.ts';
import { RunId } from '@pipewright/shared/ids.ts';
import { RunSummary } from '@pipewright/shared/run/run.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import type { RunningServer } from '../create-server.ts';

export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

export async function call(
  server: Pick<RunningServer, 'url'>,
  path: string,
  init: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<ApiAnswer> {
  const { method = init.body === undefined ? 'GET' : 'POST', body, headers = {} } = init;
  const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const response = await fetch(`${server.url}${path}`, { method, headers: { 'Content-Type': 'application/json', ...headers }, ...sent });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

/** Runs a document to its end and gives the run with its steps by key. */
export async function runToEnd(server: RunningServer, request: Record<string, unknown>): Promise<{ run: Run; steps: Record<string, StepRun> }> {
  const submitted = RunSummary.parse((await call(server, '/api/runs', { body: request })).body);
  return await finishedRun(server, submitted.id);
}

export async function finishedRun(server: RunningServer, id: string): Promise<{ run: Run; steps: Record<string, StepRun> }> {
  await server.scheduler.ended(RunId.parse(id));
  const run = Run.parse((await call(server, `/api/runs/${id}`)).body);
  return { run, steps: Object.fromEntries(run.steps.map((step) => [step.key, step])) };
}

/** Resolves when a step's row satisfies a condition. */
export async function stepReaches(server: RunningServer, key: string, isReached: (step: StepRun) => boolean): Promise<StepRun> {
  const { promise, resolve } = Promise.withResolvers<StepRun>();
  const stop = server.scheduler.listen({
    eventsAppended: (_runId, events) => {
      const found = events.flatMap(({ changes }) => changes.steps).find((step) => step.key === key && isReached(step));
      if (found) resolve(found);
    },
  });
  const step = await promise;
  stop();
  return step;
}
