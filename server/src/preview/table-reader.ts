import { createInterface } from 'node:readline';
import { z } from 'zod';
import { Preview } from '@pipewright/shared/http/preview.ts';
import { spawnNode, type NodeChild } from '../spawn-node.ts';
import type { TableQuery } from './table-query.ts';

const Reply = z.object({ id: z.int(), table: Preview.optional(), error: z.string().optional() });

export interface TablePatience {
  /** The process ends when nobody has asked for this long. */
  readonly idleMs: number;
  /** A query that takes longer is given up, and its process with it. */
  readonly queryMs: number;
}

interface TableProcess {
  readonly child: NodeChild;
  readonly asked: Map<number, (preview: Preview) => void>;
  readonly ended: Promise<void>;
}

/** The table process: started when first needed, ended when idle, started again when it died. */
export class TableReader implements AsyncDisposable {
  readonly #patience: TablePatience;
  #process: TableProcess | null = null;
  #nextId = 1;
  #idle: NodeJS.Timeout | undefined;

  constructor(patience: TablePatience = { idleMs: 60_000, queryMs: 60_000 }) {
    this.#patience = patience;
  }

  async read(query: Omit<TableQuery, 'id'>): Promise<Preview> {
    clearTimeout(this.#idle);
    const { child, asked } = (this.#process ??= this.#start());
    const id = this.#nextId++;
    const { promise, resolve } = Promise.withResolvers<Preview>();
    asked.set(id, resolve);
    const timer = setTimeout(() => {
      resolve(unavailable('reading it takes too long'));
      child.kill('SIGKILL');
    }, this.#patience.queryMs);
    child.stdin.write(`${JSON.stringify({ id, ...query })}\n`);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      asked.delete(id);
      if (asked.size === 0) this.#idle = setTimeout(() => void this.#end(), this.#patience.idleMs).unref();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#idle);
    await this.#end();
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
      asked.get(reply.id)?.(reply.table ?? unavailable(reply.error ?? 'it is not a table'));
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
    process?.child.stdin.end();
    await process?.ended;
  }
}

const unavailable = (why: string): Preview => ({ kind: 'unavailable', message: `The table cannot be shown: ${why}.` });
