import { isAbsolute, resolve } from 'node:path';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import type { CodeSnapshot } from '@pipewright/shared/run/run-snapshot.ts';
import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import { UnreadableTreeError } from '../artifacts/hash-file.ts';
import { isThere } from '../is-there.ts';
import { placeOfStep, sourceOfStep } from './pipeline-scope.ts';
import type { ComponentPlace, StepToResolve } from './resolve-step.ts';

/** Takes a component's code into the store; null where it has none. */
export async function resolveCode(
  artifacts: ArtifactStore,
  subject: StepToResolve,
  { component, folder, definition }: ComponentPlace,
): Promise<{ snapshot: CodeSnapshot | null; problems: Problem[] }> {
  const includes = component.additional_includes ?? [];
  if (!component.code && includes.length === 0) return { snapshot: null, problems: [] };
  const wrong = (code: Problem['code'], message: string, field: string): { snapshot: null; problems: Problem[] } => ({
    snapshot: null,
    problems: placed(subject, { severity: 'error', code, message }, field),
  });
  const named = [
    ...(component.code ? [{ path: component.code, field: 'code' }] : []),
    ...includes.flatMap((path) => (path ? [{ path, field: 'additional_includes' }] : [])),
  ];
  const elsewhere = named.find(({ path }) => /^[a-z][a-z0-9+.-]+:/i.test(path) && !path.startsWith('file:'));
  if (elsewhere) return wrong('missing-code', `The code ${elsewhere.path} is not on this machine, and is not fetched. Give a folder.`, elsewhere.field);
  const homeless = folder === null ? named.find(({ path }) => !isAbsolute(path)) : undefined;
  if (homeless) return wrong('missing-code', `The code ${homeless.path} is a relative path, but the pipeline has no folder to look in.`, homeless.field);
  const from = folder ?? '/';
  for (const { path, field } of named) {
    if (!(await isThere(resolve(from, path)))) return wrong('missing-code', `The code ${path} does not exist in ${from}.`, field);
  }
  const code = component.code ? resolve(from, component.code) : null;
  try {
    const snapshot = await artifacts.collectCode({ folder: code, includes: includes.map((path) => resolve(from, path)), definition });
    return { snapshot, problems: [] };
  } catch (error) {
    if (!(error instanceof UnreadableTreeError)) throw error;
    return wrong('unreadable-files', error.message, code === null ? 'additional_includes' : 'code');
  }
}

/** Where the code is named: in the file of the component, or in the pipeline. */
function placed({ scope, key }: StepToResolve, problem: Problem, field: string): Problem[] {
  const step = scope.document.jobs[key];
  const source = step && sourceOfStep(scope, step);
  const named = { ...problem, ...placeOfStep(scope, key, [field]) };
  if (source?.source === 'file') return source.locate([{ ...named, path: [field] }]);
  return scope.parent === null ? [named] : scope.locate([{ ...named, path: ['jobs', key, field] }]);
}
