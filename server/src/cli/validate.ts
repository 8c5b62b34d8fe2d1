import { access } from 'node:fs/promises';
import { hasErrors, type Problem } from '@pipewright/shared/graph/problem.ts';
import { homeFolder } from '../config.ts';
import { asValidation } from '../resolve/as-validation.ts';
import { exitStatus } from './exit-status.ts';
import { withOfflinePlanner } from './offline-planner.ts';
import { parseArguments, UsageError } from './parse-arguments.ts';
import { formatProblem } from './print-problems.ts';
import { withFailuresTold } from './with-failures-told.ts';

const options = { json: { type: 'boolean', default: false }, home: { type: 'string' } } as const;

/** Finds the mistakes in pipeline files; takes no lock. */
export async function validate(args: readonly string[]): Promise<number> {
  return await withFailuresTold(async () => {
    const { values, positionals } = parseArguments(args, options);
    if (positionals.length === 0) throw new UsageError('name the files to validate');
    for (const file of positionals) await access(file).catch(() => fail(file));
    const problems: Problem[] = [];
    await withOfflinePlanner(homeFolder(values.home), async (planner) => {
      for (const file of positionals) problems.push(...asValidation((await planner.plan(file, {})).problems));
    });
    if (values.json) process.stdout.write(`${JSON.stringify({ problems: problems.map(toDocument) }, null, 2)}\n`);
    else for (const problem of problems) process.stdout.write(`${formatProblem(problem)}\n`);
    if (!values.json && problems.length === 0) process.stderr.write(`${positionals.join(', ')}: no problems\n`);
    return hasErrors(problems) ? exitStatus.wrongInput : exitStatus.done;
  });
}

function fail(file: string): never {
  throw new UsageError(`the file ${file} does not exist or cannot be read`);
}

function toDocument({ severity, code, message, file, line, column, step, port, fix }: Problem): unknown {
  return {
    severity,
    code,
    message,
    file: file ?? null,
    line: line ?? null,
    column: column ?? null,
    step: step ?? null,
    port: port ?? null,
    fix: fix?.text ?? null,
  };
}
