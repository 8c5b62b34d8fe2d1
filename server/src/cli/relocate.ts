import { isAbsolute, relative, resolve } from 'node:path';
import { asRelative, namedPaths, plainPath, withValues } from '@pipewright/shared/pipeline/named-paths.ts';
import type { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';

/** A document whose relative paths mean the same files when it lies in another folder. Absolute paths stay as they are, and so does each that means the same there. */
export function relocate(document: Pipeline, from: string, to: string): Pipeline {
  const moved = namedPaths(document)
    .map(({ at, value }) => ({ at, value: plainPath(value) }))
    .filter(({ value }) => !isAbsolute(value) && resolve(from, value) !== resolve(to, value))
    .map(({ at, value }) => ({ at, value: asRelative(relative(to, resolve(from, value))) }));
  return withValues(document, moved);
}
