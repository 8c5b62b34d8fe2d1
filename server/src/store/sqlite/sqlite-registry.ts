import { z } from 'zod';
import { Component } from '@pipewright/shared/component/component.ts';
import { Environment } from '@pipewright/shared/component/environment.ts';
import { Instant } from '@pipewright/shared/ids.ts';
import type { ComponentRecord, EnvironmentRecord, RegistryStore } from '../store.ts';
import type { Connections } from './open-sqlite-store.ts';

const source = z.enum(['built-in', 'registered']);
const base = { name: z.string(), version: z.string(), contentHash: z.string(), folder: z.string(), source };
const StoredComponent = z.object({ ...base, component: Component, registeredAt: Instant });
const StoredEnvironment = z.object({ ...base, environment: Environment });

type Registration = 'registered' | 'unchanged' | 'version-taken';
type Entry = Pick<ComponentRecord, 'name' | 'version' | 'contentHash' | 'source' | 'folder'>;

export class SqliteRegistry implements RegistryStore {
  readonly #db: Connections;
  /** Every look at a draft looks its components up; what is registered changes seldom, and only through here. */
  readonly #components = new Found<ComponentRecord>();
  readonly #environments = new Found<EnvironmentRecord>();

  constructor(db: Connections) {
    this.#db = db;
  }

  async registerComponent(record: ComponentRecord): Promise<Registration> {
    const outcome = await this.#register('components', record);
    this.#components.forget();
    return outcome;
  }

  async components(): Promise<readonly ComponentRecord[]> {
    return (await this.#all('components')).map((text) => StoredComponent.parse(JSON.parse(text)));
  }

  async component(name: string, version: string): Promise<ComponentRecord | undefined> {
    return await this.#components.get(`${name}:${version}`, async () => {
      const text = await this.#find('components', name, version);
      return text === undefined ? undefined : StoredComponent.parse(JSON.parse(text));
    });
  }

  async registerEnvironment(record: EnvironmentRecord): Promise<Registration> {
    const outcome = await this.#register('environments', record);
    this.#environments.forget();
    return outcome;
  }

  async environments(): Promise<readonly EnvironmentRecord[]> {
    return (await this.#all('environments')).map((text) => StoredEnvironment.parse(JSON.parse(text)));
  }

  async environment(name: string, version: string): Promise<EnvironmentRecord | undefined> {
    return await this.#environments.get(`${name}:${version}`, async () => {
      const text = await this.#find('environments', name, version);
      return text === undefined ? undefined : StoredEnvironment.parse(JSON.parse(text));
    });
  }

  async #register(table: 'components' | 'environments', record: Entry): Promise<Registration> {
    const text = JSON.stringify(record);
    return await this.#db.write.transaction().execute(async (db) => {
      const taken = await db
        .selectFrom(table)
        .select(['number', 'content_hash', 'source', 'record'])
        .where('name', '=', record.name)
        .where('version', '=', record.version)
        .executeTakeFirst();
      if (!taken) {
        const { name, version, contentHash } = record;
        await db.insertInto(table).values({ name, version, content_hash: contentHash, source: record.source, record: text }).execute();
        return 'registered';
      }
      const isBuiltIn = taken.source === 'built-in' && record.source === 'built-in';
      if (taken.content_hash === record.contentHash && !isBuiltIn) return 'unchanged';
      if (!isBuiltIn) return 'version-taken';
      // The product brings its own: another release of it may have other content, or lie in another folder.
      const { folder } = z.object({ folder: z.string() }).parse(JSON.parse(taken.record));
      if (taken.content_hash === record.contentHash && folder === record.folder) return 'unchanged';
      await db.updateTable(table).set({ content_hash: record.contentHash, record: text }).where('number', '=', taken.number).execute();
      return 'registered';
    });
  }

  async #all(table: 'components' | 'environments'): Promise<string[]> {
    const rows = await this.#db.read.selectFrom(table).select('record').orderBy('name').orderBy('number', 'desc').execute();
    return rows.map(({ record }) => record);
  }

  async #find(table: 'components' | 'environments', name: string, version: string): Promise<string | undefined> {
    let select = this.#db.read.selectFrom(table).select('record').where('name', '=', name).orderBy('number', 'desc').limit(1);
    if (version !== 'latest') select = select.where('version', '=', version);
    return (await select.executeTakeFirst())?.record;
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
