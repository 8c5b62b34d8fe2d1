import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, resolve } from 'node:path';
import { Environment } from '@pipewright/shared/component/environment.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { readYaml } from '@pipewright/shared/yaml/read-yaml.ts';
import type { RegistryStore } from '../store/store.ts';
import type { EnvironmentRegistry, FoundEnvironment } from './environment-registry.ts';

const registered = /^azureml:([A-Za-z0-9_.-]+)(?::([^@:/]+)|@latest)?$/;
const inRegistry = /^azureml:\/\/.*\/environments\/([^/]+)(?:\/(?:versions|labels)\/([^/]+))?$/;

/** `mapped`: names of curated environments and images → YAML files, from the configuration. */
export function createEnvironmentRegistry(store: RegistryStore, mapped: Readonly<Record<string, string>>): EnvironmentRegistry {
  return {
    find: async (reference, folder) => {
      if (typeof reference !== 'string') return await fromDefinition(reference, folder, mapped);
      const name = registered.exec(reference) ?? inRegistry.exec(reference);
      if (!name?.[1]) return await fromFile(reference.replace(/^file:/, ''), folder);
      const file = mapped[name[1]];
      if (file !== undefined) return await fromFile(file, null);
      const record = (await store.environment(name[1], name[2] ?? 'latest')) ?? (await store.environment(name[1], 'latest'));
      if (record) return { environment: record.environment, folder: record.folder, problems: [] };
      return base(`Environment ${name[1]} is not known here: the step runs in the base Python environment.`);
    },
  };
}

async function fromDefinition(environment: Environment, folder: string | null, mapped: Readonly<Record<string, string>>): Promise<FoundEnvironment> {
  const isImageOnly = environment.image !== undefined && environment.conda_file === undefined && environment.requirements === undefined;
  if (!isImageOnly) return { environment, folder, problems: [] };
  const file = mapped[environment.image ?? ''];
  if (file !== undefined) return await fromFile(file, null);
  return base(`The image ${environment.image} is not used here: the step runs in the base Python environment.`);
}

async function fromFile(path: string, folder: string | null): Promise<FoundEnvironment> {
  const file = isAbsolute(path) ? path : resolve(folder ?? '.', path);
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return failed({ severity: 'error', code: 'unknown-environment', message: `The environment file ${path} does not exist.` });
  const yaml = readYaml(text);
  const parsed = Environment.safeParse(yaml.value);
  const looksLikeConda = yaml.value !== null && typeof yaml.value === 'object' && 'dependencies' in yaml.value;
  if (looksLikeConda) return { environment: { conda_file: file }, folder: dirname(file), problems: [] };
  if (!parsed.success) return failed({ severity: 'error', code: 'unknown-environment', message: `${path} is not an environment: ${parsed.error.issues[0]?.message ?? ''}` });
  return { environment: parsed.data, folder: dirname(file), problems: [] };
}

const base = (message: string): FoundEnvironment => ({ environment: null, folder: null, problems: [{ severity: 'note', code: 'mapped-environment', message }] });
const failed = (problem: Problem): FoundEnvironment => ({ environment: null, folder: null, problems: [problem] });
