import { spawn } from 'node:child_process';
import { homeFolder, readConfig } from '../config.ts';
import { createServer, type RunningServer } from '../create-server.ts';
import { DataFolder, DataFolderError } from '../data-folder.ts';
import { checkPort, PortError } from '../listen-on-loopback.ts';
import { createLogger } from '../logger.ts';
import { prepareProgram } from '../program/prepare-program.ts';
import { preparePage } from '../web-page/prepare-page.ts';
import { exitStatus } from './exit-status.ts';
import { printProblems } from './print-problems.ts';
import { parseArguments, UsageError, withUsage } from './parse-arguments.ts';

const options = {
  port: { type: 'string', default: '8787' },
  host: { type: 'string', default: '127.0.0.1' },
  home: { type: 'string' },
  open: { type: 'boolean', default: false },
} as const;

/** Serves until a signal: Ctrl-C takes the steps along (the next start goes on), TERM leaves them running. */
export async function start(args: readonly string[]): Promise<number> {
  return await withUsage(async () => {
    const { values } = parseArguments(args, options, 0);
    const port = readPort(values.port);
    if (values.host !== '127.0.0.1' && values.host !== 'localhost') {
      throw new UsageError(`--host ${values.host}: Pipewright has no accounts, so it only listens on this machine (127.0.0.1).`);
    }
    const home = homeFolder(values.home);
    try {
      return await serve({ home, port, opens: values.open });
    } catch (error) {
      if (!(error instanceof DataFolderError) && !(error instanceof PortError)) throw error;
      process.stderr.write(`pipewright: ${error.message}\n`);
      return exitStatus.unusable;
    }
  });
}

async function serve({ home, port, opens }: { home: string; port: number; opens: boolean }): Promise<number> {
  const signalled = nextSignal();
  const opened = new AsyncDisposableStack();
  try {
    const folder = opened.use(await DataFolder.open(home));
    return await serveFrom(folder, { port, opens, signalled, opened });
  } finally {
    await opened.disposeAsync();
  }
}

interface Serving {
  readonly port: number;
  readonly opens: boolean;
  readonly signalled: Promise<NodeJS.Signals>;
  readonly opened: AsyncDisposableStack;
}

async function serveFrom(folder: DataFolder, { port, opens, signalled, opened }: Serving): Promise<number> {
  const home = folder.path;
  const outcome = await readConfig(home);
  if (!outcome.ok) {
    printProblems(outcome.problems);
    return exitStatus.wrongInput;
  }
  await checkPort(port);
  const page = await preparePage();
  if (!page.ok) process.stderr.write(`pipewright: ${page.message}\n`);
  const logger = createLogger(process.env['PIPEWRIGHT_LOG'] ?? 'warn');
  const server = opened.use(await createServer({ folder, config: outcome.config, logger, port, pageFolder: page.ok ? page.folder : null }));
  process.stdout.write(`Pipewright is at ${server.url}  (data in ${home}; Ctrl-C ends it)\n`);
  if (opens) openBrowser(server.url);
  const ending = new AbortController();
  const compiled = prepareProgram(ending.signal);
  const signal = await signalled;
  ending.abort();
  await Promise.all([end(server, signal), compiled]);
  return exitStatus.done;
}

async function end(server: RunningServer, signal: NodeJS.Signals): Promise<void> {
  if (signal !== 'SIGINT') return;
  // A second Ctrl-C does not wait for the steps.
  process.once('SIGINT', () => process.exit(exitStatus.cancelled));
  await server.scheduler.interrupt();
}

async function nextSignal(): Promise<NodeJS.Signals> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve(signal));
  return await promise;
}

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError(`--port ${text}: a port is a number from 0 to 65535.`);
  return port;
}

function openBrowser(url: string): void {
  const command = process.platform === 'darwin' ? 'open' : 'xdg-open';
  const child = spawn(command, [url], { stdio: 'ignore', detached: true });
  child.on('error', () => process.stderr.write(`pipewright: no browser could be opened; go to ${url}\n`));
  child.unref();
}
