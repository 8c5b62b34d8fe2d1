import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { readAsset } from '@pipewright/shared/asset/asset-file.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { readYaml } from '@pipewright/shared/yaml/read-yaml.ts';
import { normalizeEnvironment } from '../environments/normalize-environment.ts';

/** What is wrong with the YAML of data, a model or an environment; null for a file of another kind. */
export async function checkAssetFile(text: string, file: string): Promise<readonly Problem[] | null> {
  const read = readAsset(text, file);
  const locate = (problem: Problem, path: string[]): Problem => ({ ...problem, file, ...readYaml(text).positionOf(path) });
  switch (read.kind) {
    case 'other':
      return null;
    case 'wrong':
      return read.problems;
    case 'environment': {
      const normalized = await normalizeEnvironment(read.environment, dirname(file));
      if ('problem' in normalized) return [locate(normalized.problem, ['conda_file'])];
      return normalized.notes.map((message) => locate({ severity: 'note', code: 'mapped-environment', message }, ['conda_file']));
    }
    case 'data':
    case 'model': {
      const { path } = read.asset;
      const isElsewhere = /^[a-z][a-z0-9+.-]*:/i.test(path) && !path.startsWith('file:');
      const full = resolve(dirname(file), path.replace(/^file:(\/\/)?/, ''));
      if (isElsewhere || (await stat(full).catch(() => null))) return [];
      const message = `The ${read.kind} ${path} does not exist (looked for ${full}): it cannot be registered.`;
      return [locate({ severity: 'error', code: 'missing-file', message }, ['path'])];
    }
  }
}
