import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Environment } from '@pipewright/shared/component/environment.ts';
import type { Instant } from '@pipewright/shared/ids.ts';
import { readComponent } from '@pipewright/shared/yaml/read-component.ts';
import { readYaml } from '@pipewright/shared/yaml/read-yaml.ts';
import type { Logger } from '../logger.ts';
import type { AssetStore } from '../store/asset-store.ts';
import type { ComponentRecord, RegistryStore } from '../store/store.ts';

export interface BuiltIns {
  /** `server/catalog`. */
  readonly catalog: string;
  readonly registry: RegistryStore;
  readonly assets: AssetStore;
  readonly logger: Logger;
  readonly now: Instant;
}

/** Registers the components and environments that come with the product; a broken one is logged and left out. */
export async function registerBuiltIns(parts: BuiltIns): Promise<void> {
  await registerComponents(parts);
  await registerEnvironments(parts);
  await registerSamples(parts);
}

async function registerComponents({ catalog, registry, logger, now }: BuiltIns): Promise<void> {
  const folder = join(catalog, 'components');
  const records: ComponentRecord[] = [];
  for (const name of await namesIn(folder, logger)) {
    const home = join(folder, name);
    const text = await readFile(join(home, 'component.yml'), 'utf8').catch(() => null);
    // A folder of Python that components share, or a stray file.
    if (text === null) continue;
    const { component, problems } = readComponent(text);
    const wrong = problems.find(({ severity }) => severity === 'error');
    if (wrong || !component?.name) {
      logger.error({ component: name, problem: wrong?.message ?? 'it has no name' }, 'A built-in component was left out');
      continue;
    }
    const named = { name: component.name, version: component.version ?? '1', component };
    records.push({ ...named, contentHash: hashOf(text), folder: home, source: 'built-in', registeredAt: now, by: null });
  }
  // The latest version is the one that was registered last.
  for (const record of records.toSorted(byVersion)) await registry.registerComponent(record);
}

const byVersion = (a: ComponentRecord, b: ComponentRecord): number => a.version.localeCompare(b.version, 'en', { numeric: true });

async function registerEnvironments({ catalog, registry, logger, now }: BuiltIns): Promise<void> {
  const folder = join(catalog, 'environments');
  for (const file of await namesIn(folder, logger)) {
    if (!/\.ya?ml$/.test(file)) continue;
    const text = await readFile(join(folder, file), 'utf8');
    const parsed = Environment.safeParse(readYaml(text).value);
    if (!parsed.success) {
      logger.error({ environment: file }, 'A built-in environment was left out');
      continue;
    }
    const { name = file.replace(/\.ya?ml$/, ''), version = '1' } = parsed.data;
    await registry.registerEnvironment({
      name,
      version,
      environment: parsed.data,
      contentHash: hashOf(text),
      folder,
      source: 'built-in',
      registeredAt: now,
      by: null,
    });
  }
}

const Samples = z.array(z.object({ name: z.string(), file: z.string(), description: z.string(), licence: z.string() }));

/** Data sets, which lie where they came. */
async function registerSamples({ catalog, assets, logger, now }: BuiltIns): Promise<void> {
  const folder = join(catalog, 'data');
  const text = await readFile(join(folder, 'samples.yml'), 'utf8').catch(() => '[]');
  for (const { name, file, description, licence } of Samples.parse(readYaml(text).value)) {
    const path = join(folder, file);
    const info = await stat(path).catch(() => null);
    if (!info) {
      logger.error({ path }, 'A data set that comes with the product was left out');
      continue;
    }
    const about = { kind: 'data' as const, name, version: '1', type: 'uri_file' as const, source: 'built-in' as const, createdAt: now, by: null };
    const texts = { displayName: null, description, tags: { licence } };
    await assets.register({ ...about, ...texts, origin: null, artifact: null, path, sizeBytes: info.size });
  }
}

/** Without its catalog the product still runs what people bring themselves. */
async function namesIn(folder: string, logger: Logger): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    logger.error({ folder, err: error }, 'A part of the catalog cannot be read');
    return [];
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
