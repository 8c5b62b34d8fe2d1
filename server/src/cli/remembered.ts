import { existsSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig, type Config } from '../config.ts';
import { toDataFolderError } from '../data-folder.ts';
import { lazyStore } from '../store/lazy-store.ts';
import type { Store } from '../store/store.ts';
import { catalog } from './catalog.ts';
import { ConfigError } from './connect.ts';

/** What a data folder remembers, for commands that only look: they take no lock, whether a server owns it or nobody. */
export interface Remembered {
  readonly home: string;
  readonly config: Config;
  readonly store: Store;
  /** `runs/` in the data folder. */
  readonly runsFolder: string;
  /** For files of the command's own; gone when it ends. */
  readonly scratch: string;
}

/** A folder that was never used is not made for the sake of a look: what a new one would hold is shown instead. */
export async function withRemembered<T>(home: string, work: (remembered: Remembered) => Promise<T>): Promise<T> {
  const opened = new AsyncDisposableStack();
  try {
    return await work(await open(home, opened));
  } finally {
    await opened.disposeAsync();
  }
}

async function open(home: string, opened: AsyncDisposableStack): Promise<Remembered> {
  const outcome = await readConfig(home);
  if (!outcome.ok) throw new ConfigError(outcome.problems);
  const scratch = await mkdtemp(join(tmpdir(), 'pipewright-'));
  // A reader that stops reading, as `head` does, ends the command on the spot.
  const removeAtOnce = (): void => rmSync(scratch, { recursive: true, force: true });
  process.once('exit', removeAtOnce);
  opened.defer(async () => {
    await rm(scratch, { recursive: true, force: true });
    process.off('exit', removeAtOnce);
  });
  const store = opened.use(lazyStore(async () => await openStore(home, scratch)));
  return { home, config: outcome.config, store, runsFolder: join(home, 'runs'), scratch };
}

/** Its modules are loaded here, for a command that has something to look up. */
async function openStore(home: string, scratch: string): Promise<Store> {
  const { openSqliteStore } = await import('../store/sqlite/open-sqlite-store.ts');
  const database = join(home, 'pipewright.db');
  if (existsSync(database)) {
    return await openSqliteStore(database).catch((error: unknown) => {
      throw toDataFolderError(error, home) ?? error;
    });
  }
  const store = await openSqliteStore(join(scratch, 'pipewright.db'));
  const { registerBuiltIns } = await import('../registry/register-built-ins.ts');
  const { createLogger } = await import('../logger.ts');
  await registerBuiltIns({ catalog, registry: store.registry, assets: store.assets, logger: createLogger('silent'), now: new Date().toISOString() });
  return store;
}
