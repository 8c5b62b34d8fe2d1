import { dirname, isAbsolute, resolve } from 'node:path';
import { parseComponentReference } from '@pipewright/shared/component/component-reference.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { readComponent } from '@pipewright/shared/yaml/read-component.ts';
import { readTextFile } from '../read-text-file.ts';
import type { RegistryStore } from '../store/store.ts';
import { saysWhichVersion } from '../assets/says-which-version.ts';
import type { ComponentRegistry, FoundComponent } from './component-registry.ts';

export function createComponentRegistry(store: RegistryStore): ComponentRegistry {
  return {
    find: async (reference, folder) => {
      const parsed = parseComponentReference(reference);
      if (parsed.kind === 'file') return await fromFile(parsed.path, folder);
      const record = await store.component(parsed.name, parsed.version);
      // A registry in Azure knows nothing of what comes with the product: one of the same name is another component.
      if (!record || (record.source === 'built-in' && reference.startsWith('azureml://'))) return undefined;
      const { component, source, name, version, archivedAt = null } = record;
      const asset = { kind: 'component', name, version } as const;
      const definition = resolve(record.folder, 'component.yml');
      const problems = await saysWhichVersion(reference, { ...asset, archivedAt, newest: async () => (await store.component(name, 'latest'))?.version });
      return { component, folder: record.folder, definition, source, asset, problems, locate: (found) => [...found] };
    },
  };
}

async function fromFile(path: string, folder: string | null): Promise<FoundComponent | Problem | undefined> {
  if (folder === null && !isAbsolute(path)) return undefined;
  const file = resolve(folder ?? '/', path);
  const text = await readTextFile(file);
  if (text === null) return undefined;
  const { component, problems, locate } = readComponent(text, file);
  const [problem] = problems.filter(({ severity }) => severity === 'error');
  if (problem || !component) {
    const place = problem?.line === undefined ? {} : { line: problem.line, column: problem.column ?? 1 };
    return { severity: 'error', code: 'invalid-component', message: `${path} cannot be used: ${problem?.message ?? 'it holds no component.'}`, file, ...place };
  }
  return { component, folder: dirname(file), definition: file, source: 'file', asset: null, problems, locate };
}
