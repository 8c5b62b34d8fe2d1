import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Component } from '@pipewright/shared/component/component.ts';
import { Environment, type EnvironmentReference } from '@pipewright/shared/component/environment.ts';
import { parseComponentReference } from '@pipewright/shared/component/component-reference.ts';
import type { LeafComponent } from '@pipewright/shared/component/leaf-component.ts';
import { componentReferenceOf, type Step } from '@pipewright/shared/pipeline/step.ts';
import { readYaml } from '@pipewright/shared/yaml/read-yaml.ts';
import { writeComponent } from '@pipewright/shared/yaml/write-component.ts';
import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import type { ComponentRegistry } from '../registry/component-registry.ts';

/** A component and what its paths are relative to. */
export interface ComponentSource {
  readonly component: Component;
  readonly folder: string;
  readonly definition: string | null;
}

/** Files by their path in the folder that is to hold them: a text, or code that is stored. */
type BundleFile = { readonly text: string } | { readonly code: string };

export interface Bundle {
  /** With every path inside the bundle. */
  readonly component: Component;
  readonly files: ReadonlyMap<string, BundleFile>;
}

export interface BundleParts {
  readonly artifacts: ArtifactStore;
  readonly components: ComponentRegistry;
}

/** What cannot be taken along, in words for the person who asked. */
export class BundleError extends Error {
  override readonly name = 'BundleError';
}

/** A component with everything that it names beside itself: code, included files, environment, the components of its steps. */
export async function bundleComponent(parts: BundleParts, source: ComponentSource): Promise<Bundle> {
  const files = new Map<string, BundleFile>();
  const component = await new Bundler(parts, files).component(source, '');
  return { component, files };
}

class Bundler {
  readonly #parts: BundleParts;
  readonly #files: Map<string, BundleFile>;
  /** Components of steps that are taken along, by their file, and where they stand in the bundle. */
  readonly #taken = new Map<string, string>();

  constructor(parts: BundleParts, files: Map<string, BundleFile>) {
    this.#parts = parts;
    this.#files = files;
  }

  async component(source: ComponentSource, at: string): Promise<Component> {
    const { component } = source;
    return component.type === 'pipeline' ? { ...component, jobs: await this.#steps(component.jobs, source, at) } : await this.#leaf(component, source, at);
  }

  async #leaf(component: LeafComponent, source: ComponentSource, at: string): Promise<LeafComponent> {
    if (component.type === 'parallel') return { ...component, task: await this.#work(component.task, source, at) };
    return await this.#work(component, source, at);
  }

  /** The same with code and environment in the bundle. */
  async #work<T extends Work>(work: T, { folder, definition }: ComponentSource, at: string): Promise<T> {
    const { code, additional_includes: includes, environment } = work;
    const inside: Work = {};
    if (code || (includes?.length ?? 0) > 0) {
      inside.code = './code';
      inside.additional_includes = undefined;
      const request = { folder: code ? resolve(folder, code) : null, includes: (includes ?? []).map((path) => resolve(folder, path)), definition };
      try {
        this.#files.set(join(at, 'code'), { code: (await this.#parts.artifacts.collectCode(request)).hash });
      } catch (error) {
        throw new BundleError(`The code ${code ?? includes?.join(', ')} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    if (environment !== undefined) inside.environment = await inlineEnvironment(environment, folder);
    return { ...work, ...inside };
  }

  async #steps(jobs: Readonly<Record<string, Step>>, source: ComponentSource, at: string): Promise<Record<string, Step>> {
    const steps: Record<string, Step> = {};
    for (const [key, step] of Object.entries(jobs)) steps[key] = await this.#step(key, step, { source, at });
    return steps;
  }

  async #step(key: string, step: Step, { source, at }: { readonly source: ComponentSource; readonly at: string }): Promise<Step> {
    const field = step.component === undefined ? 'trial' : 'component';
    const reference = componentReferenceOf(step);
    if (reference !== null && parseComponentReference(reference).kind === 'file') return { ...step, [field]: await this.#reference(reference, { source, at }) };
    const own = step[field];
    const inPlace = join(at, 'steps', key);
    const moved = await this.#work(step, source, inPlace);
    const code = moved.code === './code' ? { code: `./steps/${key}/code` } : {};
    return { ...moved, ...code, ...(typeof own === 'object' ? { [field]: movedCode(await this.#leaf(own, source, inPlace), `./steps/${key}/code`) } : {}) };
  }

  async #reference(reference: string, { source, at }: { readonly source: ComponentSource; readonly at: string }): Promise<string> {
    const found = await this.#parts.components.find(reference, source.folder);
    if (!found) throw new BundleError(`The component ${reference} does not exist in ${source.folder}.`);
    if ('severity' in found) throw new BundleError(found.message);
    const identity = found.definition ?? reference;
    const name = this.#taken.get(identity) ?? `${this.#taken.size + 1}-${found.component.name ?? 'component'}`;
    const folder = join('components', name);
    if (!this.#taken.has(identity)) {
      this.#taken.set(identity, name);
      const component = await this.component(found, folder);
      this.#files.set(join(folder, 'component.yml'), { text: writeComponent(component) });
    }
    const up =
      at === ''
        ? '.'
        : at
            .split('/')
            .map(() => '..')
            .join('/');
    return `${up}/${folder}/component.yml`;
  }
}

interface Work {
  code?: string | null | undefined;
  additional_includes?: string[] | null | undefined;
  environment?: EnvironmentReference | undefined;
}

function movedCode(component: LeafComponent, code: string): LeafComponent {
  if (component.type === 'parallel') return component.task.code === './code' ? { ...component, task: { ...component.task, code } } : component;
  return 'code' in component && component.code === './code' ? { ...component, code } : component;
}

/** A definition from a file stands in the component itself; a name stays a name. */
async function inlineEnvironment(environment: EnvironmentReference, folder: string): Promise<EnvironmentReference> {
  if (typeof environment === 'string') {
    if (environment.startsWith('azureml:')) return environment;
    const file = resolve(folder, environment.replace(/^file:/, ''));
    const value = await readData(file, `The environment file ${environment}`);
    if (value !== null && typeof value === 'object' && 'dependencies' in value) return Environment.parse({ conda_file: value });
    return await inlineEnvironment(Environment.parse(value), resolve(file, '..'));
  }
  if (typeof environment.conda_file !== 'string') return environment;
  const conda = await readData(resolve(folder, environment.conda_file.replace(/^file:/, '')), `The conda file ${environment.conda_file}`);
  return Environment.parse({ ...environment, conda_file: conda });
}

async function readData(file: string, what: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) throw new BundleError(`${what} does not exist.`);
  return readYaml(text).value;
}
