import { join } from 'node:path';
import { hasErrors } from '@pipewright/shared/graph/problem.ts';
import { homeFolder } from '../config.ts';
import { exitStatus } from './exit-status.ts';
import { withOfflinePlanner } from './offline-planner.ts';
import { parseArguments, UsageError } from './parse-arguments.ts';
import { readPipelineArgument, readSettings } from './pipeline-argument.ts';
import { printProblems } from './print-problems.ts';
import { withFailuresTold } from './with-failures-told.ts';

const options = { set: { type: 'string', multiple: true }, json: { type: 'boolean', default: false }, home: { type: 'string' } } as const;
const gallery = join(import.meta.dirname, '..', '..', 'catalog', 'gallery');

/** What a run would do, and why; takes no lock. */
export async function plan(args: readonly string[]): Promise<number> {
  return await withFailuresTold(async () => {
    const { values, positionals } = parseArguments(args, options);
    const source = readPipelineArgument(positionals[0]);
    const file = source.file ?? (source.gallery === undefined ? undefined : join(gallery, source.gallery, 'pipeline.yml'));
    if (file === undefined) throw new UsageError('plan takes a file or gallery:NAME');
    const { steps, problems } = await withOfflinePlanner(homeFolder(values.home), async (planner) => await planner.plan(file, readSettings(values.set ?? [])));
    printProblems(problems);
    if (hasErrors(problems)) return exitStatus.wrongInput;
    if (values.json) {
      const shown = steps.map(({ key, decision, reasons, donor }) => ({ key, decision, reasons, donor }));
      process.stdout.write(`${JSON.stringify({ steps: shown }, null, 2)}\n`);
      return exitStatus.done;
    }
    const width = Math.max(...steps.map(({ key }) => key.length));
    for (const { key, decision, reasons } of steps) {
      process.stdout.write(`${key.padEnd(width)}  ${decision.padEnd(12)}  ${reasons.map(({ text }) => text).join('; ')}\n`);
    }
    return exitStatus.done;
  });
}
