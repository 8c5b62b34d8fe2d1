import { StepMetrics, type Run } from '@pipewright/shared/http/runs.ts';
import { RunSummary } from '@pipewright/shared/run/run.ts';
import type { RunStatus } from '@pipewright/shared/run/status.ts';
import { homeFolder } from '../config.ts';
import { callApi } from './call-api.ts';
import { withConnection, type Connection } from './connect.ts';
import { describeRun, pipelineOutputs } from './describe-run.ts';
import { exitStatus } from './exit-status.ts';
import { parseArguments } from './parse-arguments.ts';
import { readPipelineArgument, toSource } from './pipeline-argument.ts';
import { printJson } from './print-json.ts';
import { readSettings } from './read-settings.ts';
import { ensureServer } from './start-server.ts';
import { watchRun } from './watch-run.ts';
import { withFailuresTold } from './with-failures-told.ts';

const options = {
  set: { type: 'string', multiple: true },
  experiment: { type: 'string' },
  name: { type: 'string' },
  'force-rerun': { type: 'boolean', default: false },
  detach: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  home: { type: 'string' },
} as const;

/** Runs a pipeline and waits for its end, unless it is detached. Progress goes to stderr, the result to stdout. */
export async function run(args: readonly string[]): Promise<number> {
  return await withFailuresTold(async () => {
    const { values, positionals } = parseArguments(args, options, 1);
    const argument = readPipelineArgument(positionals[0]);
    const inputs = await readSettings(values.set ?? [], argument);
    const body = {
      ...toSource(argument),
      ...(Object.keys(inputs).length > 0 ? { inputs } : {}),
      ...(values.experiment === undefined ? {} : { experiment: values.experiment }),
      ...(values.name === undefined ? {} : { name: values.name }),
      ...(values['force-rerun'] ? { force: true } : {}),
    };
    const home = homeFolder(values.home);
    if (values.detach) {
      const { url } = await ensureServer(home);
      const { id, status } = await callApi(`${url}/api/runs`, RunSummary, body);
      if (values.json) printJson({ run: { id, status, url: `${url}/runs/${id}` } });
      else process.stdout.write(`run ${id}  ${url}/runs/${id}\n`);
      return exitStatus.done;
    }
    return await withConnection(home, async (connection) => {
      const accepted = await callApi(`${connection.url}/api/runs`, RunSummary, body);
      const ended = await watchRun(connection, accepted);
      if (values.json) printJson(await describe(connection, ended));
      else for (const [name, path] of Object.entries(pipelineOutputs(connection.home, ended))) process.stdout.write(`${name}: ${path}\n`);
      return statusOf(ended.status);
    });
  });
}

async function describe({ url, home }: Connection, ended: Run): Promise<unknown> {
  const steps = `${url}/api/runs/${ended.id}/steps`;
  const metricsOf = async ({ key }: { readonly key: string }) => (await callApi(`${steps}/${encodeURIComponent(key)}/metrics`, StepMetrics)).metrics;
  return await describeRun({ home, run: ended, metricsOf });
}

function statusOf(status: RunStatus): number {
  if (status === 'completed') return exitStatus.done;
  return status === 'cancelled' ? exitStatus.cancelled : exitStatus.runFailed;
}
