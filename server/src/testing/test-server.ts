import { onTestFinished } from 'vitest';
import { createServer, type RunningServer } from '../create-server.ts';
import { DataFolder } from '../data-folder.ts';
import { createLogger } from '../logger.ts';
import { tempFolder } from './temp-folder.ts';

export interface TestServer extends RunningServer {
  readonly home: string;
  /** Lets go of the server as a restart does; steps live on. */
  readonly close: () => Promise<void>;
}

export interface TestServerOptions {
  readonly home?: string;
  readonly slots?: number;
}

/** The real everything on a data folder of the test's own and a free port; ended when the test has finished. */
export async function testServer(options: TestServerOptions = {}): Promise<TestServer> {
  const home = options.home ?? (await tempFolder());
  const folder = await DataFolder.open(home);
  const config = { home, slots: options.slots ?? 2, environments: {}, displayName: 'Ada' };
  const server = await createServer({ folder, config, logger: createLogger('silent'), port: 0, pageFolder: null, graceMs: 500 });
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await server[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  };
  onTestFinished(async () => {
    if (!isOpen) return;
    await server.scheduler.interrupt();
    await close();
  });
  return { ...server, home, close };
}
