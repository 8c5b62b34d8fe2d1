import { readConfig, type Config } from '../config.ts';
import { DataFolder, toDataFolderError } from '../data-folder.ts';
import { ConfigError, findServer } from './connect.ts';
import type { Retention } from '../retention/retention.ts';

/** The same work by the server that owns a data folder, or here while nobody does. */
export interface Housekeeping<T> {
  readonly there: (url: string) => Promise<T>;
  readonly here: (retention: Retention, config: Config) => Promise<T>;
}

/** Without a server of our own: nobody wants runs to go on because the disk is being cleared. */
export async function withRetention<T>(home: string, { there, here }: Housekeeping<T>): Promise<T> {
  const running = await findServer(home);
  if (running) return await there(running.url);
  const opened = new AsyncDisposableStack();
  try {
    const folder = opened.use(await DataFolder.open(home));
    const outcome = await readConfig(home);
    if (!outcome.ok) throw new ConfigError(outcome.problems);
    return await here(await openRetention(folder, opened), outcome.config);
  } catch (error) {
    throw toDataFolderError(error, home) ?? error;
  } finally {
    await opened.disposeAsync();
  }
}

async function openRetention(folder: DataFolder, opened: AsyncDisposableStack): Promise<Retention> {
  const { openSqliteStore } = await import('../store/sqlite/open-sqlite-store.ts');
  const { createArtifactStore } = await import('../artifacts/create-artifact-store.ts');
  const { createEnvironmentBuilder } = await import('../environments/create-environment-builder.ts');
  const { createRetention } = await import('../retention/create-retention.ts');
  const store = opened.use(await openSqliteStore(folder.in('pipewright.db')));
  const environmentsFolder = folder.in('environments');
  const environments = opened.use(createEnvironmentBuilder({ folder: environmentsFolder, toolsFolder: folder.in('tools'), now: () => new Date() }));
  const places = { runsFolder: folder.in('runs'), environmentsFolder, downloadsFolder: folder.in('downloads'), importsFolder: folder.in('imports') };
  const { upkeep } = createArtifactStore(folder.in('objects'), Date.now);
  return opened.use(createRetention({ store: store.retention, upkeep, environments, ...places, now: Date.now }));
}
