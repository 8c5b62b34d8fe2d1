import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Draft } from '@pipewright/shared/http/drafts.ts';
import { Imported, type ImportedDraft } from '@pipewright/shared/http/imports.ts';
import { homeFolder } from '../config.ts';
import { findServer, withConnection } from './connect.ts';
import { exitStatus } from './exit-status.ts';
import { parseArguments, UsageError } from './parse-arguments.ts';
import { readPipelineArgument, toSource } from './pipeline-argument.ts';
import { formatProblem, printProblems } from './print-problems.ts';
import { withFailuresTold } from './with-failures-told.ts';

const options = { name: { type: 'string' }, home: { type: 'string' } } as const;

/** Makes drafts of files, of the pipelines in folders and archives, of samples and of published pipelines. */
export async function importFiles(args: readonly string[]): Promise<number> {
  return await withFailuresTold(async () => {
    const { values, positionals } = parseArguments(args, options);
    if (positionals.length === 0) throw new UsageError('name the files, folders or archives to import');
    const named = values.name === undefined ? {} : { name: values.name };
    const files = positionals.filter((name) => existsSync(name)).map((name) => resolve(name));
    const others = positionals.filter((name) => !existsSync(name)).map(readPipelineArgument);
    const home = homeFolder(values.home);
    if (others.length === 0 && !(await findServer(home))) {
      const { importAlone } = await import('./import-alone.ts');
      for (const item of await importAlone(home, files, values.name)) tell(item);
      return exitStatus.done;
    }
    return await withConnection(home, async ({ call }) => {
      if (files.length > 0) for (const item of (await call('/api/imports', Imported, { files, ...named })).items) tell(item);
      for (const other of others) {
        const draft = await call('/api/import', Draft, { ...toSource(other), ...named });
        process.stdout.write(`${draft.id}  ${draft.name}\n`);
      }
      return exitStatus.done;
    });
  });
}

/** Drafts on standard output; what was found on the way beside it. */
function tell({ id, name, problems, missing }: ImportedDraft): void {
  printProblems(problems);
  for (const { path, file, line, column } of missing) {
    process.stderr.write(`${formatProblem({ severity: 'warning', code: 'missing-file', message: `${path} is not there.`, file, line, column })}\n`);
  }
  process.stdout.write(`${id}  ${name}\n`);
}
