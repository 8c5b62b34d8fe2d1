import { z } from 'zod';
import type { AssetKind } from '@pipewright/shared/asset/asset.ts';
import { Component } from '@pipewright/shared/component/component.ts';
import { Environment } from '@pipewright/shared/component/environment.ts';
import { Instant } from '@pipewright/shared/ids.ts';
import type { ComponentRecord, EnvironmentRecord, RegistryStore } from '../store.ts';
import type { Connections } from './open-sqlite-store.ts';
import { numberOf, toTags } from './sqlite-asset-rows.ts';

const source = z.enum(['built-in', 'registered']);
/** Databases of before say neither when nor who. */
const told = { registeredAt: Instant.default('1970-01-01T00:00:00.000Z'), by: z.string().nullable().default(null) };
const base = { name: z.string(), version: z.string(), contentHash: z.string(), folder: z.string(), source, ...told };
const StoredComponent = z.object({ ...base, component: Component });
const StoredEnvironment = z.object({ ...base, environment: Environment });

type Registration = 'registered' | 'unchanged' | 'version-taken';
type Kind = Extract<AssetKind, 'component' | 'environment'>;

/** What stands beside the content of a version. */
interface Entry extends Omit<ComponentRecord, 'component'> {
  readonly type: string | null;
  readonly displayName: string | null;
  readonly description: string;
  readonly tags: unknown;
}

export class SqliteRegistry implements RegistryStore {
  readonly #db: Connections;
  /** Every look at a draft looks its components up; what is registered changes seldom, and only through here. */
  readonly #components = new Found<ComponentRecord>();
  readonly #environments = new Found<EnvironmentRecord>();

  constructor(db: Connections) {
    this.#db = db;
  }

  async registerComponent(record: ComponentRecord): Promise<Registration> {
    const { component, ...entry } = record;
    const { type, display_name: displayName = null, description = '', tags } = component;
    const outcome = await this.#register('component', { ...entry, type, displayName, description, tags }, record);
    this.forget();
    return outcome;
  }

  async components(): Promise<readonly ComponentRecord[]> {
    return (await this.#all('component')).map((text) => StoredComponent.parse(JSON.parse(text)));
  }

  async component(name: string, version: string): Promise<ComponentRecord | undefined> {
    return await this.#components.get(`${name}:${version}`, async () => {
      const found = await this.#find('component', name, version);
      return found && { ...StoredComponent.parse(JSON.parse(found.record)), archivedAt: found.archived_at };
    });
  }

  async registerEnvironment(record: EnvironmentRecord): Promise<Registration> {
    const { environment, ...entry } = record;
    const { description = '' } = environment;
    const outcome = await this.#register('environment', { ...entry, type: null, displayName: null, description, tags: environment['tags'] }, record);
    this.forget();
    return outcome;
  }

  async environments(): Promise<readonly EnvironmentRecord[]> {
    return (await this.#all('environment')).map((text) => StoredEnvironment.parse(JSON.parse(text)));
  }

  async environment(name: string, version: string): Promise<EnvironmentRecord | undefined> {
    return await this.#environments.get(`${name}:${version}`, async () => {
      const found = await this.#find('environment', name, version);
      return found && { ...StoredEnvironment.parse(JSON.parse(found.record)), archivedAt: found.archived_at };
    });
  }

  /** After a change of what `latest` means. */
  forget(): void {
    this.#components.forget();
    this.#environments.forget();
  }

  async #register(kind: Kind, entry: Entry, record: ComponentRecord | EnvironmentRecord): Promise<Registration> {
    const text = JSON.stringify(record);
    const { name, version, contentHash, source: from, folder } = entry;
    return await this.#db.write.transaction().execute(async (db) => {
      const taken = await db
        .selectFrom('assets')
        .select(['number', 'content_hash', 'source', 'record'])
        .where('kind', '=', kind)
        .where('name', '=', name)
        .where('version', '=', version)
        .executeTakeFirst();
      const texts = { display_name: entry.displayName, description: entry.description, tags: JSON.stringify(toTags(entry.tags)) };
      if (!taken) {
        const told = { type: entry.type, source: from, created_at: entry.registeredAt, by: entry.by };
        await db
          .insertInto('assets')
          .values({ kind, name, version, content_hash: contentHash, record: text, ...told, ...texts })
          .execute();
        return 'registered';
      }
      const isBuiltIn = taken.source === 'built-in' && from === 'built-in';
      if (taken.content_hash === contentHash && !isBuiltIn) return 'unchanged';
      if (!isBuiltIn) return 'version-taken';
      // The product brings its own: another release of it may have other content, or lie in another folder.
      const before = z.object({ folder: z.string() }).parse(JSON.parse(taken.record));
      if (taken.content_hash === contentHash && before.folder === folder) return 'unchanged';
      await db
        .updateTable('assets')
        .set({ content_hash: contentHash, record: text, type: entry.type, ...texts })
        .where('number', '=', taken.number)
        .execute();
      return 'registered';
    });
  }

  async #all(kind: Kind): Promise<string[]> {
    const rows = await this.#db.read.selectFrom('assets').select('record').where('kind', '=', kind).orderBy('name').orderBy('number', 'desc').execute();
    return rows.map(({ record }) => record);
  }

  async #find(kind: Kind, name: string, version: string): Promise<{ record: string; archived_at: string | null } | undefined> {
    const at = version === 'latest' ? { label: version } : { version };
    const number = await numberOf(this.#db.read, { kind, name }, at);
    if (number === undefined) return undefined;
    return await this.#db.read.selectFrom('assets').select(['record', 'archived_at']).where('number', '=', number).executeTakeFirst();
  }
}

/** What was looked up, until something is registered. */
class Found<T> {
  #records = new Map<string, T>();

  async get(key: string, find: () => Promise<T | undefined>): Promise<T | undefined> {
    // A search that a registration overtakes writes into the map that was given up.
    const records = this.#records;
    const known = records.get(key);
    if (known !== undefined) return known;
    const found = await find();
    if (found !== undefined) records.set(key, found);
    return found;
  }

  forget(): void {
    this.#records = new Map();
  }
}
