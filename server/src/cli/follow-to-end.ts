import { StepMetrics, type Run } from '@pipewright/shared/http/runs.ts';
import type { RunSummary } from '@pipewright/shared/run/run.ts';
import type { RunStatus } from '@pipewright/shared/run/status.ts';
import type { LastingConnection } from './connect.ts';
import { describeRun, pipelineOutputs } from './describe-run.ts';
import { exitStatus } from './exit-status.ts';
import { printJson } from './print-json.ts';
import { watchRun } from './watch-run.ts';

/** Watches a run to its end, prints what came of it, and answers the exit status that says so. */
export async function followToEnd(connection: LastingConnection, accepted: RunSummary, { json }: { readonly json: boolean }): Promise<number> {
  const ended = await watchRun(connection, accepted);
  if (json) printJson(await describe(connection, ended));
  else for (const [name, path] of Object.entries(pipelineOutputs(connection.home, ended))) process.stdout.write(`${name}: ${path}\n`);
  return statusOf(ended.status);
}

async function describe({ call, home }: LastingConnection, ended: Run): Promise<unknown> {
  const steps = `/api/runs/${ended.id}/steps`;
  const metricsOf = async ({ key }: { readonly key: string }) => (await call(`${steps}/${encodeURIComponent(key)}/metrics`, StepMetrics)).metrics;
  return await describeRun({ home, run: ended, metricsOf });
}

function statusOf(status: RunStatus): number {
  if (status === 'completed') return exitStatus.done;
  return status === 'cancelled' ? exitStatus.cancelled : exitStatus.runFailed;
}
