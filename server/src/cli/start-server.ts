import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DataFolderError } from '../data-folder.ts';
import { findServer, type Connection } from './connect.ts';

const main = join(import.meta.dirname, '..', 'main.ts');
const lookEveryMs = 100;
/** A first start may have to build the page. */
const patienceMs = 120_000;

/** The server that owns the data folder; one is started that stays when there is none. */
export async function ensureServer(home: string): Promise<Connection> {
  const running = await findServer(home);
  if (running) return running;
  const server = spawn(process.execPath, [main, 'start', '--port', '0', '--home', home], { detached: true, stdio: 'ignore' });
  const gone = new AbortController();
  server.once('exit', () => gone.abort());
  server.once('error', () => gone.abort());
  server.unref();
  for (let waitedMs = 0; waitedMs < patienceMs && !gone.signal.aborted; waitedMs += lookEveryMs) {
    const started = await findServer(home);
    if (started) return started;
    await delay(lookEveryMs, undefined, { signal: gone.signal }).catch(() => undefined);
  }
  throw new DataFolderError(`A server could not be started on the data folder ${home}. To see why: pipewright start --home ${home}`);
}
