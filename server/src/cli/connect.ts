import { readConfig } from '../config.ts';
import { DataFolder, readServerFile } from '../data-folder.ts';

/** A server to talk to: the one that owns the data folder, or one of our own for as long as the command takes. */
export interface Connection {
  readonly url: string;
  readonly home: string;
}

/** Throws `DataFolderError` where the folder cannot be used. */
export async function withConnection<T>(home: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const running = await findServer(home);
  if (running) return await work(running);
  const opened = new AsyncDisposableStack();
  try {
    const folder = opened.use(await DataFolder.open(home));
    const outcome = await readConfig(home);
    if (!outcome.ok) throw new ConfigError(outcome.message);
    // Most of the program, which a command that finds a server need not load.
    const { createServer } = await import('../create-server.ts');
    const { createLogger } = await import('../logger.ts');
    const logger = createLogger(process.env['PIPEWRIGHT_LOG'] ?? 'error');
    const server = opened.use(await createServer({ folder, config: outcome.config, logger, port: 0, pageFolder: null }));
    return await work({ url: server.url, home });
  } finally {
    await opened.disposeAsync();
  }
}

/** The server that owns a data folder and answers. */
export async function findServer(home: string): Promise<Connection | undefined> {
  const running = await readServerFile(home);
  return running && (await answers(running.url)) ? { url: running.url, home } : undefined;
}

/** `config.yml` is wrong. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

async function answers(url: string): Promise<boolean> {
  return await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(2000) }).then(
    (response) => response.ok,
    () => false,
  );
}
