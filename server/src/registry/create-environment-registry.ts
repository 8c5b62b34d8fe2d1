import { dirname, isAbsolute, resolve } from 'node:path';
import type { AssetPin } from '@pipewright/shared/asset/asset.ts';
import { parseNamedVersion } from '@pipewright/shared/asset/asset-reference.ts';
import { Environment } from '@pipewright/shared/component/environment.ts';
import { curatedName } from '@pipewright/shared/component/environment-reference.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { describeIssue } from '@pipewright/shared/yaml/describe-issue.ts';
import { readYaml } from '@pipewright/shared/yaml/read-yaml.ts';
import { saysWhichVersion } from '../assets/says-which-version.ts';
import type { EnvironmentRecord, RegistryStore } from '../store/store.ts';
import { readTextFile } from '../read-text-file.ts';
import type { EnvironmentRegistry, FoundEnvironment } from './environment-registry.ts';

/** `mapped`: names of curated environments, and images (`*` stands for any text) → YAML files, from the configuration. */
export function createEnvironmentRegistry(store: RegistryStore, mapped: Readonly<Record<string, string>>): EnvironmentRegistry {
  return {
    find: async (reference, folder) => {
      if (typeof reference !== 'string') return await fromDefinition(reference, folder, mapped);
      const named = parseNamedVersion(reference, 'environment');
      if (!named) return await fromFile(reference.replace(/^file:/, ''), folder, mapped);
      const { name, version } = named;
      const file = mapped[name];
      if (file !== undefined) return await fromMapping(`Environment ${name}`, file);
      const found = await fromStore(store, reference, { name: await knownName(store, name), version });
      if (!found.environment) return found;
      const used = await fromDefinition(found.environment, found.folder, mapped);
      return { ...found, ...used, problems: [...found.problems, ...used.problems] };
    },
  };
}

/** The name itself, or that of the curated environment that a workspace calls so. */
async function knownName(store: RegistryStore, name: string): Promise<string> {
  const plain = curatedName(name);
  const isPlain = plain !== name && !(await store.environment(name, 'latest')) && (await store.environment(plain, 'latest'));
  return isPlain ? plain : name;
}

async function fromStore(store: RegistryStore, reference: string, { name, version }: Pick<AssetPin, 'name' | 'version'>): Promise<FoundEnvironment> {
  const exact = await store.environment(name, version);
  const newest = async (): Promise<EnvironmentRecord | undefined> => await store.environment(name, 'latest');
  if (exact) {
    const found = { ...pinOf(exact), archivedAt: exact.archivedAt ?? null, newest: async () => (await newest())?.version };
    return { environment: exact.environment, folder: exact.folder, asset: pinOf(exact), problems: await saysWhichVersion(reference, found) };
  }
  const other = await newest();
  if (!other) return base(`Environment ${name} is not known here: the step runs in the base Python environment.`);
  const message = `Environment ${name} has no version ${version} here: the step runs in version ${other.version}.`;
  return { environment: other.environment, folder: other.folder, asset: pinOf(other), problems: [note(message)] };
}

const pinOf = ({ name, version }: EnvironmentRecord): AssetPin => ({ kind: 'environment', name, version });

async function fromDefinition(environment: Environment, folder: string | null, mapped: Readonly<Record<string, string>>): Promise<FoundEnvironment> {
  const { image = null, build, conda_file: conda, requirements = [] } = environment;
  const isImageOnly = (image !== null || build != null) && conda === undefined && requirements.length === 0;
  if (!isImageOnly) return { environment, folder, problems: [] };
  if (image === null) {
    const { build: _unbuilt, ...others } = environment;
    return { environment: others, folder, problems: [note('Images are not built here: the step runs in the base Python environment.')] };
  }
  const file = mapped[image] ?? Object.entries(mapped).find(([pattern]) => matches(pattern, image))?.[1];
  if (file !== undefined) return await fromMapping(`The image ${image}`, file);
  const message = `The image ${image} is not used here: the step runs in the base Python environment.`;
  const { image: _unused, ...rest } = environment;
  if (rest.python === undefined && rest.variables === undefined) return base(message);
  return { environment: rest, folder, problems: [note(message)] };
}

/** What the configuration says in its stead. */
async function fromMapping(what: string, file: string): Promise<FoundEnvironment> {
  const found = await fromFile(file, null, {});
  return { ...found, problems: [note(`${what} is ${file} here, as config.yml says.`), ...found.problems] };
}

async function fromFile(path: string, folder: string | null, mapped: Readonly<Record<string, string>>): Promise<FoundEnvironment> {
  if (folder === null && !isAbsolute(path)) {
    const message = `The environment file ${path} is a relative path, but the pipeline has no folder to look in. Give the whole path.`;
    return failed({ severity: 'error', code: 'unknown-environment', message });
  }
  const file = resolve(folder ?? '/', path);
  const text = await readTextFile(file);
  if (text === null) return failed({ severity: 'error', code: 'missing-file', message: `The environment file ${path} does not exist.` });
  const yaml = readYaml(text);
  const parsed = Environment.safeParse(withoutNulls(yaml.value));
  const looksLikeConda = yaml.value !== null && typeof yaml.value === 'object' && 'dependencies' in yaml.value;
  if (looksLikeConda) return { environment: { conda_file: file }, folder: dirname(file), problems: [] };
  if (parsed.success) return await fromDefinition(parsed.data, dirname(file), mapped);
  const [issue] = parsed.error.issues;
  const why = issue ? describeIssue(issue, 'The file', { value: yaml.value }).message : 'The file cannot be read.';
  return failed({ severity: 'error', code: 'unknown-environment', message: `${path} is not an environment: ${why}` });
}

const withoutNulls = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).filter(([, each]) => each !== null)) : value;

function matches(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => RegExp.escape(part));
  return new RegExp(`^${parts.join('.*')}$`).test(text);
}

const note = (message: string): Problem => ({ severity: 'note', code: 'mapped-environment', message });
const base = (message: string): FoundEnvironment => ({ environment: null, folder: null, problems: [note(message)] });
const failed = (problem: Problem): FoundEnvironment => ({ environment: null, folder: null, problems: [problem] });
