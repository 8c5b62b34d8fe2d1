import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { hasErrors, type Problem } from '@pipewright/shared/graph/problem.ts';
import { readComponent } from '@pipewright/shared/yaml/read-component.ts';
import { readYaml } from '@pipewright/shared/yaml/read-yaml.ts';
import { homeFolder } from '../config.ts';
import { asValidation } from '../resolve/as-validation.ts';
import { exitStatus } from './exit-status.ts';
import { planOffline } from './offline-planner.ts';
import { parseArguments, UsageError } from './parse-arguments.ts';
import { printJson } from './print-json.ts';
import { formatProblem } from './print-problems.ts';
import { withRemembered } from './remembered.ts';
import { withFailuresTold } from './with-failures-told.ts';

const options = { json: { type: 'boolean', default: false }, home: { type: 'string' } } as const;

/** Finds the mistakes in files of pipelines and components; takes no lock. */
export async function validate(args: readonly string[]): Promise<number> {
  return await withFailuresTold(async () => {
    const { values, positionals } = parseArguments(args, options);
    if (positionals.length === 0) throw new UsageError('name the files to validate');
    const files = await Promise.all(positionals.map(async (name) => ({ file: resolve(name), text: await readText(name) })));
    const problems: Problem[] = [];
    await withRemembered(homeFolder(values.home), async (remembered) => {
      for (const { file, text } of files) {
        if (isComponent(text)) problems.push(...readComponent(text, file).problems);
        else problems.push(...asValidation((await planOffline(remembered, { kind: 'file', file }, {})).problems));
      }
    });
    if (values.json) printJson({ problems: problems.map(toDocument) });
    else for (const problem of problems) process.stdout.write(`${formatProblem(problem)}\n`);
    if (!values.json && problems.length === 0) process.stderr.write(`${positionals.join(', ')}: no problems\n`);
    return hasErrors(problems) ? exitStatus.wrongInput : exitStatus.done;
  });
}

async function readText(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) throw new UsageError(`the file ${file} does not exist or cannot be read`);
  return text;
}

function isComponent(text: string): boolean {
  const { value } = readYaml(text);
  if (value === null || typeof value !== 'object' || 'jobs' in value) return false;
  return 'type' in value ? value.type === 'command' : 'command' in value;
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
