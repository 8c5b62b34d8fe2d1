import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { Preview } from '@pipewright/shared/http/preview.ts';
import type { TableQuery } from './table-query.ts';

const Reply = z.object({ id: z.int(), table: Preview.optional(), error: z.string().optional() });
type Child = ChildProcessByStdio<Writable, Readable, null>;

const idleMs = 60_000;
const patienceMs = 60_000;

/** The table process: started when first needed, ended when idle, started again when it died. */
export class TableReader implements AsyncDisposable {
  readonly #asked = new Map<number, (preview: Preview) => void>();
  #child: Child | null = null;
  #nextId = 1;
  #idle: NodeJS.Timeout | undefined;

  /** `source` is SQL that stands after FROM. */
  async read(query: Omit<TableQuery, 'id'>): Promise<Preview> {
    clearTimeout(this.#idle);
    const id = this.#nextId++;
    const { promise, resolve } = Promise.withResolvers<Preview>();
    this.#asked.set(id, resolve);
    const timer = setTimeout(() => this.#restart(), patienceMs);
    this.#child ??= this.#start();
    this.#child.stdin.write(`${JSON.stringify({ id, ...query })}\n`);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#asked.delete(id);
      if (this.#asked.size === 0) this.#idle = setTimeout(() => this.#end(), idleMs).unref();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#idle);
    const child = this.#child;
    if (!child) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    child.once('exit', () => resolve());
    this.#end();
    await promise;
  }

  #start(): Child {
    const entry = fileURLToPath(new URL('./table-process.ts', import.meta.url));
    const child = spawn(process.execPath, [entry], { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.on('error', () => undefined);
    createInterface({ input: child.stdout }).on('line', (line) => {
      const reply = Reply.parse(JSON.parse(line));
      this.#asked.get(reply.id)?.(reply.table ?? unavailable(reply.error ?? 'it is not a table'));
    });
    child.once('exit', () => {
      if (this.#child === child) this.#child = null;
      for (const give of this.#asked.values()) give(unavailable('the process that reads tables ended; it may have run out of memory'));
    });
    return child;
  }

  #restart(): void {
    this.#child?.kill('SIGKILL');
  }

  #end(): void {
    this.#child?.stdin.end();
    this.#child = null;
  }
}

const unavailable = (why: string): Preview => ({ kind: 'unavailable', message: `The table cannot be shown: ${why}.` });
