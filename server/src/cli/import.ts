import { Draft } from '@pipewright/shared/http/drafts.ts';
import { homeFolder } from '../config.ts';
import { callApi } from './call-api.ts';
import { withConnection } from './connect.ts';
import { exitStatus } from './exit-status.ts';
import { parseArguments, UsageError } from './parse-arguments.ts';
import { readPipelineArgument, toSource } from './pipeline-argument.ts';
import { withFailuresTold } from './with-failures-told.ts';

const options = { name: { type: 'string' }, home: { type: 'string' } } as const;

/** Makes a draft of each file. */
export async function importFiles(args: readonly string[]): Promise<number> {
  return await withFailuresTold(async () => {
    const { values, positionals } = parseArguments(args, options);
    if (positionals.length === 0) throw new UsageError('name the files to import');
    return await withConnection(homeFolder(values.home), async (connection) => {
      for (const file of positionals) {
        const body = { ...toSource(readPipelineArgument(file)), ...(values.name === undefined ? {} : { name: values.name }) };
        const draft = await callApi(`${connection.url}/api/import`, Draft, body);
        process.stdout.write(`${draft.id}  ${draft.name}\n`);
      }
      return exitStatus.done;
    });
  });
}
