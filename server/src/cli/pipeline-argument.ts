import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SubmitRun } from '@pipewright/shared/http/runs.ts';
import { UsageError } from './parse-arguments.ts';

/** `FILE`, `gallery:NAME` or `PIPELINE[:VERSION]`. */
export function readPipelineArgument(text: string | undefined): Pick<SubmitRun, 'file' | 'gallery' | 'pipeline'> {
  if (text === undefined) throw new UsageError('name a pipeline: a file, gallery:NAME, or the name of a published one');
  if (text.startsWith('gallery:')) return { gallery: text.slice('gallery:'.length) };
  const path = resolve(text);
  if (existsSync(path)) return { file: path };
  if (/\.ya?ml$/.test(text) || text.includes('/')) throw new UsageError(`the file ${text} does not exist`);
  return { pipeline: text };
}

/** `--set NAME=VALUE`, any number of times. A path to data is resolved where the command was called. */
export function readSettings(assignments: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    assignments.map((assignment) => {
      const at = assignment.indexOf('=');
      if (at < 1) throw new UsageError(`--set ${assignment}: write it as NAME=VALUE`);
      const value = assignment.slice(at + 1);
      const isPath = /^\.{0,2}\//.test(value) && existsSync(resolve(value));
      return [assignment.slice(0, at), isPath ? resolve(value) : value];
    }),
  );
}
