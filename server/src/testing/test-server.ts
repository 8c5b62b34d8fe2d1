import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { NetworkRules } from '../config.ts';
import { createServer, type RunningServer } from '../create-server.ts';
import { DataFolder } from '../data-folder.ts';
import { createLogger } from '../logger.ts';
import { tempFolder } from './temp-folder.ts';

export interface TestServer extends RunningServer {
  readonly home: string;
  /** Lets go of the server as a restart does; steps live on. */
  readonly close: () => Promise<void>;
  /** Takes its steps along, as Ctrl-C does. */
  readonly end: () => Promise<void>;
}

export interface TestServerOptions {
  readonly home?: string;
  readonly slots?: number;
  readonly pageFolder?: string;
  /** As `config.yml` says. */
  readonly datastores?: Readonly<Record<string, string>>;
  readonly urls?: readonly { readonly from: string; readonly to: string }[];
  readonly network?: NetworkRules;
}

/** The real everything on a data folder of the test's own and a free port; ended when the test has finished. */
export async function testServer(options: TestServerOptions = {}): Promise<TestServer> {
  const server = await openTestServer({ ...options, home: options.home ?? (await tempFolder()) });
  onTestFinished(async () => await server.end());
  return server;
}

/** One for all tests of a file, where none of them can disturb another. */
export function sharedTestServer(options: TestServerOptions = {}): () => TestServer {
  let opened: TestServer | undefined;
  beforeAll(async () => {
    opened = await openTestServer({ ...options, home: await mkdtemp(join(tmpdir(), 'pipewright-test-')) });
  });
  afterAll(async () => {
    await opened?.end();
    if (opened) await rm(opened.home, { recursive: true, force: true, maxRetries: 3 });
  });
  return () => {
    if (!opened) throw new Error('expected the server to be open');
    return opened;
  };
}

async function openTestServer({ home, slots = 2, pageFolder, datastores, urls, network }: TestServerOptions & { readonly home: string }): Promise<TestServer> {
  const folder = await DataFolder.open(home);
  const config = { home, slots, environments: {}, displayName: 'Ada', datastores, urls, network };
  const server = await createServer({ folder, config, logger: createLogger('silent'), port: 0, pageFolder: pageFolder ?? null, graceMs: 500 });
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await server[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  };
  const end = async (): Promise<void> => {
    if (isOpen) await server.scheduler.interrupt();
    await close();
  };
  return { ...server, home, close, end };
}
