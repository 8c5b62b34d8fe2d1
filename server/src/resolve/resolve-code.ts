import { stat } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import type { CodeSnapshot } from '@pipewright/shared/run/run-snapshot.ts';
import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import { placeOfStep } from './pipeline-scope.ts';
import type { ComponentPlace, StepToResolve } from './resolve-step.ts';

/** Takes a component's code into the store; null where it has none. */
export async function resolveCode(
  artifacts: ArtifactStore,
  { scope, key }: StepToResolve,
  { component, folder, definition }: ComponentPlace,
): Promise<{ snapshot: CodeSnapshot | null; problems: Problem[] }> {
  const includes = component.additional_includes ?? [];
  if (!component.code && includes.length === 0) return { snapshot: null, problems: [] };
  const missing = (message: string): { snapshot: null; problems: Problem[] } => ({
    snapshot: null,
    problems: [{ severity: 'error', code: 'missing-code', message, ...placeOfStep(scope, key) }],
  });
  const named = [component.code, ...includes].flatMap((path) => path || []);
  const homeless = folder === null ? named.find((path) => !isAbsolute(path)) : undefined;
  if (homeless !== undefined) return missing(`The code ${homeless} is a relative path, but the pipeline has no folder to look in.`);
  const from = folder ?? '/';
  const paths = named.map((path) => ({ path, full: resolve(from, path) }));
  for (const { path, full } of paths) {
    if (!(await isThere(full))) return missing(`The code ${path} does not exist in ${from}.`);
  }
  const code = component.code ? resolve(from, component.code) : null;
  const snapshot = await artifacts.collectCode({ folder: code, includes: includes.map((path) => resolve(from, path)), definition });
  return { snapshot, problems: [] };
}

async function isThere(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}
