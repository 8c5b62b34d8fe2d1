import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Environment } from '@pipewright/shared/component/environment.ts';
import type { Instant } from '@pipewright/shared/ids.ts';
import { readComponent } from '@pipewright/shared/yaml/read-component.ts';
import { readYaml } from '@pipewright/shared/yaml/read-yaml.ts';
import type { Logger } from '../logger.ts';
import type { RegistryStore } from '../store/store.ts';

export interface BuiltIns {
  /** `server/catalog`. */
  readonly catalog: string;
  readonly registry: RegistryStore;
  readonly logger: Logger;
  readonly now: Instant;
}

/** Registers the components and environments that come with the product; a broken one is logged and left out. */
export async function registerBuiltIns(parts: BuiltIns): Promise<void> {
  await registerComponents(parts);
  await registerEnvironments(parts);
}

async function registerComponents({ catalog, registry, logger, now }: BuiltIns): Promise<void> {
  const folder = join(catalog, 'components');
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const home = join(folder, entry.name);
    const text = entry.isDirectory() ? await readFile(join(home, 'component.yml'), 'utf8').catch(() => null) : null;
    if (text === null) continue;
    const { component, problems } = readComponent(text);
    const wrong = problems.find(({ severity }) => severity === 'error');
    if (wrong || !component?.name) {
      logger.error({ component: entry.name, problem: wrong?.message ?? 'it has no name' }, 'A built-in component was left out');
      continue;
    }
    const { name, version = '1' } = component;
    await registry.registerComponent({ name, version, component, contentHash: hashOf(text), folder: home, source: 'built-in', registeredAt: now });
  }
}

async function registerEnvironments({ catalog, registry, logger }: BuiltIns): Promise<void> {
  const folder = join(catalog, 'environments');
  for (const file of await readdir(folder)) {
    if (!/\.ya?ml$/.test(file)) continue;
    const text = await readFile(join(folder, file), 'utf8');
    const parsed = Environment.safeParse(readYaml(text).value);
    if (!parsed.success) {
      logger.error({ environment: file }, 'A built-in environment was left out');
      continue;
    }
    const { name = file.replace(/\.ya?ml$/, ''), version = '1' } = parsed.data;
    await registry.registerEnvironment({ name, version, environment: parsed.data, contentHash: hashOf(text), folder, source: 'built-in' });
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
