import { createInterface } from 'node:readline';
import { z } from 'zod';
import { PreviewAnswer } from '@pipewright/shared/http/preview.ts';
import { spawnNode, type NodeChild } from '../spawn-node.ts';
import type { TableCancel, TableQuery } from './table-query.ts';

const Reply = z.object({ id: z.int(), answer: PreviewAnswer.optional(), error: z.string().optional() });

export interface TablePatience {
  /** The process ends when nobody has asked for this long. */
  readonly idleMs: number;
  /** A query that takes longer is given up. */
  readonly queryMs: number;
  /** A query that was given up and does not stop by then is ended with its process. */
  readonly stopMs: number;
}

interface TableProcess {
  readonly child: NodeChild;
  readonly asked: Map<number, (preview: PreviewAnswer) => void>;
  readonly ended: Promise<void>;
}

/** The table process: started when first needed, ended when idle, started again when it died. */
export class TableReader implements AsyncDisposable {
  readonly #patience: TablePatience;
  #process: TableProcess | null = null;
  #nextId = 1;
  #idle: NodeJS.Timeout | undefined;

  constructor(patience: TablePatience = { idleMs: 60_000, queryMs: 60_000, stopMs: 5000 }) {
    this.#patience = patience;
  }

  /** `signal`: nobody waits for it any more; what is worked on is stopped, so that others get on. */
  async read(query: Omit<TableQuery, 'id'>, signal?: AbortSignal): Promise<PreviewAnswer> {
    clearTimeout(this.#idle);
    const process = (this.#process ??= this.#start());
    const id = this.#nextId++;
    const { promise, resolve } = Promise.withResolvers<PreviewAnswer>();
    const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
    process.asked.set(id, (answer) => {
      resolve(answer);
      stop();
    });
    const giveUp = (why: string): void => {
      resolve(unavailable(why));
      send(process, { cancel: id });
    };
    const timer = setTimeout(() => giveUp('reading it takes too long'), this.#patience.queryMs);
    const abandon = (): void => giveUp('it was given up');
    signal?.addEventListener('abort', abandon, { once: true });
    send(process, { id, ...query });
    if (signal?.aborted === true) abandon();
    void stopped.then(() => this.#forget(process, id));
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abandon);
      if (process.asked.has(id)) {
        const kill = setTimeout(() => {
          // The next query is not for one that is about to die.
          if (this.#process === process) this.#process = null;
          process.child.kill('SIGKILL');
        }, this.#patience.stopMs);
        void stopped.then(() => clearTimeout(kill));
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#idle);
    await this.#end();
  }

  #forget(process: TableProcess, id: number): void {
    process.asked.delete(id);
    if (process !== this.#process || process.asked.size > 0) return;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.#end(), this.#patience.idleMs).unref();
  }

  #start(): TableProcess {
    const child = spawnNode(new URL('./table-process.ts', import.meta.url));
    const asked: TableProcess['asked'] = new Map();
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    const process: TableProcess = { child, asked, ended };
    let why = 'the process that reads tables ended; it may have run out of memory';
    child.on('error', (error) => (why = `the process that reads tables could not be started (${error.message})`));
    // It died with a query on its way: `close` answers that.
    child.stdin.on('error', () => undefined);
    createInterface({ input: child.stdout }).on('line', (line) => {
      const reply = Reply.parse(JSON.parse(line));
      asked.get(reply.id)?.(reply.answer ?? unavailable(reply.error ?? 'it is not a table'));
    });
    child.once('close', () => {
      if (this.#process === process) this.#process = null;
      for (const give of asked.values()) give(unavailable(why));
      resolve();
    });
    return process;
  }

  async #end(): Promise<void> {
    const process = this.#process;
    this.#process = null;
    if (!process) return;
    process.child.stdin.end();
    // What is in the middle of a query may not hear it.
    const kill = setTimeout(() => process.child.kill('SIGKILL'), this.#patience.stopMs);
    await process.ended;
    clearTimeout(kill);
  }
}

function send({ child }: TableProcess, message: TableQuery | TableCancel): void {
  child.stdin.write(`${JSON.stringify(message)}\n`);
}

const unavailable = (why: string): PreviewAnswer => ({ kind: 'unavailable', message: `The table cannot be shown: ${why}.` });
