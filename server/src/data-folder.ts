import { DatabaseSync } from 'node:sqlite';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { describeFolderFailure } from './storage-failure.ts';
import { UnusableStoreError } from './store/store.ts';

/** `server.json`: who serves a data folder, for the command line and for people. */
export const ServerFile = z.object({
  pid: z.int(),
  url: z.string(),
  version: z.string(),
  startedAt: z.string(),
  /** Of a command, with which it ends. */
  passing: z.boolean().optional(),
});
export type ServerFile = z.infer<typeof ServerFile>;

/** A data folder that cannot be used, in words for the person who named it. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError';
}

/** Somebody else has it, who may be about to answer or to let go of it. */
export class FolderInUseError extends DataFolderError {}

/** What keeps the database of a data folder from being used; undefined for a failure of another kind. */
export function toDataFolderError(error: unknown, path: string): DataFolderError | undefined {
  if (error instanceof UnusableStoreError) return new DataFolderError(error.message);
  const failure = describeFolderFailure(error);
  if (failure === undefined) return undefined;
  return new DataFolderError(`The data folder ${path} cannot be used: ${failure}. Mend that, or choose another with --home.`);
}

/**
 * The folder that one process owns at a time. The lock is SQLite's own on a small file: the system lets go of it when
 * the process dies, however that happens, so a stale one cannot exist.
 */
export class DataFolder implements AsyncDisposable {
  readonly path: string;
  readonly #lock: DatabaseSync;

  constructor(path: string, lock: DatabaseSync) {
    this.path = path;
    this.#lock = lock;
  }

  static async open(path: string): Promise<DataFolder> {
    try {
      await mkdir(path, { recursive: true, mode: 0o700 });
    } catch (error) {
      throw new DataFolderError(`The data folder ${path} cannot be made: ${explain(error)}. Choose another with --home.`);
    }
    const lock = await takeLock(path);
    // Left by a server that was killed: nobody else can own the folder now.
    await rm(join(path, 'server.json'), { force: true });
    return new DataFolder(path, lock);
  }

  in(...names: string[]): string {
    return join(this.path, ...names);
  }

  /** Written whole, once the server answers. */
  async announce(server: ServerFile): Promise<void> {
    const target = this.in('server.json');
    await writeFile(`${target}.new`, `${JSON.stringify(server, null, 2)}\n`, { mode: 0o600 });
    await rename(`${target}.new`, target);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.in('server.json'), { force: true });
    this.#lock.close();
  }
}

/** The running server that owns a folder, if it says who it is. */
export async function readServerFile(home: string): Promise<ServerFile | null> {
  const text = await readFile(join(home, 'server.json'), 'utf8').catch(() => null);
  if (text === null) return null;
  const parsed = jsonText.pipe(ServerFile).safeParse(text);
  return parsed.success ? parsed.data : null;
}

async function takeLock(path: string): Promise<DatabaseSync> {
  let lock: DatabaseSync;
  try {
    lock = new DatabaseSync(join(path, 'lock.db'), { timeout: 0 });
  } catch (error) {
    throw new DataFolderError(`The data folder ${path} cannot be written: ${explain(error)}. Choose another with --home.`);
  }
  try {
    lock.exec(
      'pragma locking_mode = exclusive; pragma journal_mode = delete; begin exclusive; create table if not exists owner (pid integer); commit; begin exclusive',
    );
    return lock;
  } catch (error) {
    lock.close();
    const owner = await readServerFile(path);
    if (error instanceof Error && /locked|busy/i.test(error.message)) {
      const who = owner ? `The server with process id ${owner.pid} at ${owner.url}` : 'Another process';
      throw new FolderInUseError(`${who} is using the data folder ${path}. Open that one, end it, or choose another folder with --home.`);
    }
    throw new DataFolderError(`The data folder ${path} cannot be used: ${explain(error)}.`);
  }
}

const explain = (error: unknown): string => describeFolderFailure(error) ?? (error instanceof Error ? error.message : String(error));

const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('not JSON');
    return z.NEVER;
  }
});
