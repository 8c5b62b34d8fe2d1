import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { isScalarType } from '@pipewright/shared/component/port-type.ts';
import type { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { pipelineInputValue } from '@pipewright/shared/pipeline/pipeline-input-value.ts';
import { readPipelineFile } from '../resolve/read-pipeline-file.ts';
import { UsageError } from './parse-arguments.ts';
import { fileOf, type PipelineArgument } from './pipeline-argument.ts';

/** `--set NAME=VALUE`, any number of times. A path to data is relative to where the command was called. */
export async function readSettings(assignments: readonly string[], argument: PipelineArgument): Promise<Record<string, string>> {
  if (assignments.length === 0) return {};
  const document = await readDocument(argument);
  return Object.fromEntries(
    assignments.map((assignment) => {
      const at = assignment.indexOf('=');
      if (at < 1) throw new UsageError(`--set ${assignment}: write it as NAME=VALUE`);
      const name = assignment.slice(0, at);
      const value = assignment.slice(at + 1);
      return [name, isPath(document, name, value) ? resolve(value) : value];
    }),
  );
}

/** Null where only the data folder has it, or where it cannot be read: that is said elsewhere. */
async function readDocument(argument: PipelineArgument): Promise<Pipeline | null> {
  const file = fileOf(argument);
  const read = file === null ? null : await readPipelineFile(file);
  return read?.content?.document ?? null;
}

function isPath(document: Pipeline | null, name: string, value: string): boolean {
  if (/^[a-z][a-z0-9+.-]*:/i.test(value)) return false;
  const type = document && Object.hasOwn(document.inputs, name) ? pipelineInputValue(document.inputs[name]).type : null;
  // Without a type to go by, only what can be nothing else is taken for a path.
  return type === null ? /^\.{0,2}\//.test(value) && existsSync(resolve(value)) : !isScalarType(type);
}
