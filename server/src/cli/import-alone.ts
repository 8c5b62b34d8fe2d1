import { existsSync } from 'node:fs';
import type { ImportedDraft } from '@pipewright/shared/http/imports.ts';
import { defaultNetworkRules, readConfig, type Config } from '../config.ts';
import { DataFolder, toDataFolderError } from '../data-folder.ts';
import { createDownloads } from '../data/downloads.ts';
import { DraftService } from '../drafts/draft-service.ts';
import { createImportService } from '../imports/create-import-service.ts';
import type { ComponentRegistry } from '../registry/component-registry.ts';
import { createComponentRegistry } from '../registry/create-component-registry.ts';
import { readDisplayName } from '../store/display-name.ts';
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts';
import type { Store } from '../store/store.ts';
import { RefusedError } from './call-api.ts';
import { catalog } from './catalog.ts';
import { ConfigError } from './connect.ts';

/**
 * Imports into a data folder that no server owns: by the same services over the same store as a server does, without the
 * rest of one. Whoever waits for a draft need not wait for a scheduler.
 */
export async function importAlone(home: string, files: readonly string[], name: string | undefined): Promise<readonly ImportedDraft[]> {
  const opened = new AsyncDisposableStack();
  try {
    const folder = opened.use(await DataFolder.open(home));
    const outcome = await readConfig(home);
    if (!outcome.ok) throw new ConfigError(outcome.problems);
    const isNew = !existsSync(folder.in('pipewright.db'));
    const store = opened.use(await openStore(folder));
    // Commands that only look expect them in a database that is there.
    if (isNew) await registerAll(store);
    return await importInto(store, folder, { config: outcome.config, files, name });
  } finally {
    await opened.disposeAsync();
  }
}

async function openStore(folder: DataFolder): Promise<Store> {
  return await openSqliteStore(folder.in('pipewright.db')).catch((error: unknown) => {
    throw toDataFolderError(error, folder.path) ?? error;
  });
}

interface Wanted {
  readonly config: Config;
  readonly files: readonly string[];
  readonly name: string | undefined;
}

async function importInto(store: Store, folder: DataFolder, { config, files, name }: Wanted): Promise<readonly ImportedDraft[]> {
  const drafts = new DraftService({ store, components: withBuiltIns(store), clock: { now: () => new Date() } });
  const downloads = createDownloads(folder.in('downloads'), config.network ?? defaultNetworkRules);
  const imports = createImportService(config, { drafts, downloads, importsFolder: folder.in('imports') });
  const outcome = await imports.files(files, { name, by: await readDisplayName(store, config) });
  if (outcome.ok) return outcome.items;
  const { kind, message, problems } = outcome;
  throw new RefusedError({
    type: 'about:blank',
    status: 422,
    code: kind === 'missing' ? 'not-found' : 'invalid-pipeline',
    title: message,
    problems: [...problems],
  });
}

/** What comes with the product is registered by each start of a server: here only when a name is not known. */
function withBuiltIns(store: Store): ComponentRegistry {
  const registry = createComponentRegistry(store.registry);
  let registered: Promise<void> | undefined;
  return {
    find: async (reference, folder) => {
      const found = await registry.find(reference, folder);
      if (found !== undefined || registered !== undefined) return found ?? (await registry.find(reference, folder));
      await (registered ??= registerAll(store));
      return await registry.find(reference, folder);
    },
  };
}

async function registerAll({ registry, assets }: Store): Promise<void> {
  const { registerBuiltIns } = await import('../registry/register-built-ins.ts');
  const { createLogger } = await import('../logger.ts');
  await registerBuiltIns({ catalog, registry, assets, logger: createLogger('silent'), now: new Date().toISOString() });
}
