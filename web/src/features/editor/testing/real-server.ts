import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const root = join(import.meta.dirname, '..', '..', '..', '..', '..');

export interface RealServer extends AsyncDisposable {
  readonly url: string;
}

/** The real server without a page, in a process and a folder of its own. */
export async function startRealServer(): Promise<RealServer> {
  const home = await mkdtemp(join(tmpdir(), 'pipewright-web-'));
  const announced = untilWritten(home, 'server.json');
  const child = spawn(process.execPath, [join(root, 'scripts', 'serve-api.ts'), '--home', home], { stdio: ['ignore', 'ignore', 'inherit'] });
  const died = once(child, 'exit').then(() => Promise.reject(new Error('The server ended before it answered.')));
  const { url } = z.object({ url: z.url() }).parse(JSON.parse(await Promise.race([announced, died])));
  died.catch(() => {});
  return {
    url,
    [Symbol.asyncDispose]: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGINT');
      await gone;
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
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
