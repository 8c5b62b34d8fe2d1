import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, vi } from 'vitest';
import { z } from 'zod';

const root = join(import.meta.dirname, '..', '..', '..', '..', '..');

export interface RealServer extends AsyncDisposable {
  readonly url: string;
  /** Ends without a word, and comes back at the same address with what it had stored. */
  readonly crash: () => Promise<void>;
}

/** A real server for the tests of a file, which the page in them takes for its own. */
export function pageAtRealServer(): () => RealServer {
  let opened: RealServer | undefined;
  const get = (): RealServer => {
    if (!opened) throw new Error('expected the server to run');
    return opened;
  };
  const atOwnAddress = globalThis.fetch;
  beforeAll(async () => {
    opened = await startRealServer();
    // A page asks its own address; here there is none.
    vi.stubGlobal('fetch', (path: string, init?: RequestInit) => atOwnAddress(new URL(path, get().url), init));
  }, 120_000);
  afterAll(async () => {
    vi.unstubAllGlobals();
    await opened?.[Symbol.asyncDispose]();
  }, 60_000);
  return get;
}

/** Sends it to the API of the server that the page has. */
export const post = async (path: string, body: unknown): Promise<Response> =>
  await fetch(`/api${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

/** The real server without a page, in a process and a folder of its own. */
async function startRealServer(): Promise<RealServer> {
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
