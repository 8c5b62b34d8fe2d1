import { RunSummary } from '@pipewright/shared/run/run.ts';
import { homeFolder } from '../config.ts';
import { callApi } from './call-api.ts';
import { withConnection } from './connect.ts';
import { exitStatus } from './exit-status.ts';
import { followToEnd } from './follow-to-end.ts';
import { parseArguments } from './parse-arguments.ts';
import { partFlags, readPart } from './part-flags.ts';
import { readPipelineArgument, toSource } from './pipeline-argument.ts';
import { printJson } from './print-json.ts';
import { readSettings } from './read-settings.ts';
import { ensureServer } from './start-server.ts';
import { withFailuresTold } from './with-failures-told.ts';

const options = {
  set: { type: 'string', multiple: true },
  experiment: { type: 'string' },
  name: { type: 'string' },
  ...partFlags,
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
      ...readPart(values),
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
      const accepted = await connection.call('/api/runs', RunSummary, body);
      return await followToEnd(connection, accepted, values);
    });
  });
}
