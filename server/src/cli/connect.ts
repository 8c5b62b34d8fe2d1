import { setTimeout as delay } from 'node:timers/promises';
import type { z } from 'zod';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { readConfig } from '../config.ts';
import { DataFolder, FolderInUseError, readServerFile } from '../data-folder.ts';
import { callApi, ServerGoneError } from './call-api.ts';

/** A server to talk to: the one that owns the data folder, or one of our own for as long as the command takes. */
export interface Connection {
  readonly url: string;
  readonly home: string;
}

/** Of a command that outlives the server it has found, which another command may have had to itself. */
export interface LastingConnection extends Connection {
  /** For when the server does not answer: one that does, of ours where need be, which goes on with the runs of the other. From then on `url` is its address. */
  readonly takeOver: () => Promise<void>;
  /**
   * Asks it, or the one that takes its place. A server that ends answers what it has begun to read, so what got no answer was not
   * heard. Of one that was killed nobody knows: a run may be there twice then, and the second reuses what the first has done.
   */
  readonly call: <S extends z.ZodType>(path: string, schema: S, body?: unknown) => Promise<z.output<S>>;
}

const lookEveryMs = 100;
/** Who has just taken the folder answers before, and who has just let go of it has ended. */
const patienceMs = 5000;
/** One after another for one question: where so many went away over it, the next one will, too. */
const mostTakeOvers = 5;

/** Throws `DataFolderError` where the folder cannot be used. */
export async function withConnection<T>(home: string, work: (connection: LastingConnection) => Promise<T>): Promise<T> {
  const opened = new AsyncDisposableStack();
  let taking: Promise<void> | undefined;
  try {
    let current = await connect(home, opened);
    const takeOver = async (): Promise<void> => {
      if (!current.isPassing) return;
      taking ??= connect(home, opened)
        .then((next) => void (current = next))
        .finally(() => (taking = undefined));
      await taking;
    };
    const call: LastingConnection['call'] = async (path, schema, body) => {
      for (let takeOvers = 0; ; takeOvers += 1) {
        const asked = current;
        try {
          return await callApi(`${asked.url}${path}`, schema, body);
        } catch (error) {
          if (!(error instanceof ServerGoneError)) throw error;
          if (takeOvers === mostTakeOvers) throw new ServersGoneError();
          // Somebody else of this command may have been first.
          if (current === asked) await takeOver();
          // Not by its address: who takes over tries to have the same one.
          if (current === asked) throw error;
        }
      }
    };
    return await work({
      home,
      get url() {
        return current.url;
      },
      takeOver,
      call,
    });
  } finally {
    // What is being opened is closed, too.
    await taking?.catch(() => undefined);
    await opened.disposeAsync();
  }
}

async function connect(home: string, opened: AsyncDisposableStack): Promise<FoundServer> {
  // By the clock: whether a server answers may take seconds to find out.
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const running = await findServer(home);
    if (running) return running;
    try {
      return { home, url: await openServer(home, opened), isPassing: false };
    } catch (error) {
      if (!(error instanceof FolderInUseError) || performance.now() >= deadline) throw error;
    }
    await delay(lookEveryMs);
  }
}

/** What it has opened when it fails is closed at once: the folder is for others to take, and for the next try. */
async function openServer(home: string, opened: AsyncDisposableStack): Promise<string> {
  const parts = new AsyncDisposableStack();
  try {
    const folder = parts.use(await DataFolder.open(home));
    const outcome = await readConfig(home);
    if (!outcome.ok) throw new ConfigError(outcome.problems);
    // Most of the program, which a command that finds a server need not load.
    const { createServer } = await import('../create-server.ts');
    const { createLogger } = await import('../logger.ts');
    const logger = createLogger(process.env['PIPEWRIGHT_LOG'] ?? 'error');
    const server = parts.use(await createServer({ folder, config: outcome.config, logger, port: 0, pageFolder: null, isPassing: true }));
    opened.use(parts.move());
    return server.url;
  } catch (error) {
    await parts.disposeAsync();
    throw error;
  }
}

interface FoundServer extends Connection {
  /** It is another command's, and ends with it. */
  readonly isPassing: boolean;
}

/** The server that owns a data folder and answers. */
export async function findServer(home: string): Promise<FoundServer | undefined> {
  const running = await readServerFile(home);
  return running && (await answers(running.url)) ? { url: running.url, home, isPassing: running.passing === true } : undefined;
}

/** One after another, each with the same question unanswered. */
class ServersGoneError extends ServerGoneError {
  override readonly message = `${mostTakeOvers + 1} servers in a row went away without an answer. See why one does: pipewright start, then the command again`;
}

/** `config.yml` is wrong. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ message }) => message).join(' '));
    this.problems = problems;
  }
}

async function answers(url: string): Promise<boolean> {
  return await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(2000) }).then(
    (response) => response.ok,
    () => false,
  );
}
