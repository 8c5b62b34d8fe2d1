import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const root = join(import.meta.dirname, '..', '..', '..', '..', '..');

export interface RealServer extends AsyncDisposable {
  readonly url: string;
  /** Ends without a word, and comes back at the same address with what it had stored. */
  readonly crash: () => Promise<void>;
}

/** The real server without a page, in a process and a folder of its own. */
export async function startRealServer(): Promise<RealServer> {
  const home = await mkdtemp(join(tmpdir(), 'pipewright-web-'));
  let { child, url } = await serve(home, '0');
  return {
    url,
    crash: async () => {
      await end(child, 'SIGKILL');
      await rm(join(home, 'server.json'), { force: true });
      ({ child, url } = await serve(home, new URL(url).port));
    },
    [Symbol.asyncDispose]: async () => {
      await end(child, 'SIGINT');
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function serve(home: string, port: string): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const announced = untilWritten(home, 'server.json');
  const child = spawn(process.execPath, [join(root, 'scripts', 'serve-api.ts'), '--home', home, '--port', port], { stdio: ['ignore', 'ignore', 'inherit'] });
  const died = once(child, 'exit').then(() => Promise.reject(new Error('The server ended before it answered.')));
  died.catch(() => {});
  return { child, ...z.object({ url: z.url() }).parse(JSON.parse(await Promise.race([announced, died]))) };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

async function untilWritten(folder: string, name: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const look = async (): Promise<void> => {
    const text = await readFile(join(folder, name), 'utf8').catch(() => '');
    // Half a file is written as well.
    if (text.trimEnd().endsWith('}')) resolve(text);
  };
  const watcher = watch(folder, () => void look());
  await look();
  return await promise.finally(() => watcher.close());
}
