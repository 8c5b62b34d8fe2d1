import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { documentKind, isStepKind } from '@pipewright/shared/azure/document-kind.ts';
import { hasErrors, type Problem } from '@pipewright/shared/graph/problem.ts';
import { isComponentFile } from '@pipewright/shared/azure/one-step-pipeline.ts';
import { componentIn } from '@pipewright/shared/yaml/read-component.ts';
import { readYaml } from '@pipewright/shared/yaml/read-yaml.ts';
import { homeFolder } from '../config.ts';
import { asValidation } from '../resolve/as-validation.ts';
import { checkAssetFile } from '../resolve/check-asset-file.ts';
import { readTextFile } from '../read-text-file.ts';
import { exitStatus } from './exit-status.ts';
import { checkOffline } from './offline-planner.ts';
import { parseArguments, UsageError } from './parse-arguments.ts';
import { printJson } from './print-json.ts';
import { formatProblems } from './print-problems.ts';
import { withRemembered, type Remembered } from './remembered.ts';
import { withFailuresTold } from './with-failures-told.ts';

const options = { json: { type: 'boolean', default: false }, home: { type: 'string' } } as const;

/** Finds the mistakes in files of pipelines, components, data, models and environments; takes no lock. */
export async function validate(args: readonly string[]): Promise<number> {
  return await withFailuresTold(async () => {
    const { values, positionals } = parseArguments(args, options);
    if (positionals.length === 0) throw new UsageError('name the files to validate');
    const files = await Promise.all(positionals.map(async (name) => ({ file: resolve(name), text: await readTextFile(resolve(name)) })));
    const problems: Problem[] = [];
    await withRemembered(homeFolder(values.home), async (remembered) => {
      for (const { file, text } of files) {
        problems.push(...(text === null ? [await unreadable(file)] : await problemsOf(remembered, file, text)));
      }
    });
    if (values.json) printJson({ problems: problems.map(toDocument) });
    else for (const line of formatProblems(problems)) process.stdout.write(`${line}\n`);
    if (!values.json && problems.length === 0) process.stderr.write(`${positionals.join(', ')}: no problems\n`);
    return hasErrors(problems) ? exitStatus.wrongInput : exitStatus.done;
  });
}

/** The others are checked all the same. */
async function unreadable(file: string): Promise<Problem> {
  const info = await stat(file).catch(() => null);
  const message = info?.isDirectory() ? 'This is a folder: name the files in it that are to be checked.' : 'The file does not exist or cannot be read.';
  return { severity: 'error', code: 'missing-file', message, file };
}

async function problemsOf(remembered: Remembered, file: string, text: string): Promise<readonly Problem[]> {
  const source = { kind: 'file', file } as const;
  // A pipeline, which may be large, is read where it is checked.
  if (/^jobs\s*:/m.test(text)) return asValidation(await checkOffline(remembered, source));
  const yaml = readYaml(text);
  const { value } = yaml;
  const kind = value !== null && typeof value === 'object' && !Array.isArray(value) ? documentKind({ ...value }) : null;
  const asset = await checkAssetFile(text, file);
  if (asset) return asValidation(asset);
  if (isStepKind(kind) && isComponentFile({ ...Object(value) }, kind)) {
    const own = componentIn(yaml, file).problems;
    if (hasErrors(own)) return own;
  }
  return asValidation(await checkOffline(remembered, source));
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
