import { Run } from '@pipewright/shared/http/runs.ts';
import { RunSummary } from '@pipewright/shared/run/run.ts';
import type { RunStatus } from '@pipewright/shared/run/status.ts';
import { homeFolder } from '../config.ts';
import { callApi } from './call-api.ts';
import { withConnection, type Connection } from './connect.ts';
import { describeRun } from './describe-run.ts';
import { exitStatus } from './exit-status.ts';
import { followRun } from './follow-run.ts';
import { parseArguments } from './parse-arguments.ts';
import { readPipelineArgument, readSettings } from './pipeline-argument.ts';
import { createProgress } from './progress.ts';
import { withFailuresTold } from './with-failures-told.ts';

const options = {
  set: { type: 'string', multiple: true },
  experiment: { type: 'string' },
  name: { type: 'string' },
  'force-rerun': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  home: { type: 'string' },
} as const;

/** Runs a pipeline and waits for its end. Progress goes to stderr, the result to stdout. */
export async function run(args: readonly string[]): Promise<number> {
  return await withFailuresTold(async () => {
    const { values, positionals } = parseArguments(args, options);
    const inputs = readSettings(values.set ?? []);
    const body = {
      ...readPipelineArgument(positionals[0]),
      ...(Object.keys(inputs).length > 0 ? { inputs } : {}),
      ...(values.experiment === undefined ? {} : { experiment: values.experiment }),
      ...(values.name === undefined ? {} : { name: values.name }),
      ...(values['force-rerun'] ? { force: true } : {}),
    };
    return await withConnection(homeFolder(values.home), async (connection) => {
      const accepted = await callApi(`${connection.url}/api/runs`, RunSummary, body);
      const ended = await watch(connection, accepted);
      if (values.json) process.stdout.write(`${JSON.stringify(await describeRun(connection, ended), null, 2)}\n`);
      else await printOutputs(connection, ended);
      return statusOf(ended.status);
    });
  });
}

async function watch(connection: Connection, accepted: RunSummary): Promise<Run> {
  const progress = createProgress(process.stderr);
  progress.begin(accepted);
  const cancel = async (): Promise<void> => {
    process.once('SIGINT', () => process.exit(exitStatus.cancelled));
    progress.say('Stopping; Ctrl-C again does not wait');
    await fetch(`${connection.url}/api/runs/${accepted.id}/cancel`, { method: 'POST' });
  };
  const interrupted = (): void => void cancel();
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  await followRun(connection.url, accepted.id, (event) => progress.show(event));
  process.off('SIGINT', interrupted);
  process.off('SIGTERM', interrupted);
  const ended = await callApi(`${connection.url}/api/runs/${accepted.id}`, Run);
  progress.end(ended);
  return ended;
}

async function printOutputs(connection: Connection, ended: Run): Promise<void> {
  const { outputs } = await describeRun(connection, ended);
  for (const [name, path] of Object.entries(outputs)) process.stdout.write(`${name}: ${path}\n`);
}

function statusOf(status: RunStatus): number {
  if (status === 'completed') return exitStatus.done;
  return status === 'cancelled' ? exitStatus.cancelled : exitStatus.runFailed;
}
