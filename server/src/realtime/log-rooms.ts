import { setTimeout as delay } from 'node:timers/promises';
import type { Socket } from 'socket.io';
import { RunId } from '@pipewright/shared/ids.ts';
import type { ClientToServerEvents, ServerToClientEvents } from '@pipewright/shared/realtime/catalog.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { AttemptFolder } from '../compute/attempt-folder.ts';
import { tailLog, type LogPart } from '../compute/attempt-log.ts';
import type { Logger } from '../logger.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { Store } from '../store/store.ts';

type Client = Socket<ClientToServerEvents, ServerToClientEvents>;

export interface LogParts {
  readonly store: Store;
  readonly scheduler: Scheduler;
  readonly runsFolder: string;
  readonly logger: Logger;
}

interface WatchedStep {
  readonly runId: RunId;
  readonly step: string;
}

/** What is written within this time leaves together. */
const batchMs = 50;

/** One tail per watcher, since each reads on from where it stands: `logs:RUN/STEP`, `after` in bytes of the last attempt. */
export class LogRooms {
  readonly #tails = new Map<string, LogTail>();
  readonly #parts: LogParts;

  constructor(parts: LogParts) {
    this.#parts = parts;
  }

  watch(room: string, client: Client, after: number): void {
    this.leave(room, client);
    const [run = '', ...rest] = room.slice('logs:'.length).split('/');
    const watched = { runId: RunId.parse(run), step: rest.join('/') };
    this.#tails.set(keyOf(room, client), new LogTail(this.#parts, { client, watched, after }));
  }

  leave(room: string, client: Client): void {
    const key = keyOf(room, client);
    this.#tails.get(key)?.stop();
    this.#tails.delete(key);
  }

  close(): void {
    for (const tail of this.#tails.values()) tail.stop();
    this.#tails.clear();
  }
}

const keyOf = (room: string, client: Client): string => `${client.id} ${room}`;

/** Follows the newest attempt of a step; when the step turns out to be reused, the one whose result stands in. */
class LogTail {
  readonly #parts: LogParts;
  readonly #client: Client;
  readonly #watched: WatchedStep;
  readonly #stopping = new AbortController();
  readonly #unlisten: () => void;
  /** Newer rows overtake older ones that still wait for the store. */
  #turn: Promise<void>;
  /** What is followed now: `RUN/STEP/ATTEMPT`. */
  #followed = '';
  #stopFile: () => void = () => undefined;

  constructor(parts: LogParts, { client, watched, after }: { readonly client: Client; readonly watched: WatchedStep; readonly after: number }) {
    this.#parts = parts;
    this.#client = client;
    this.#watched = watched;
    this.#turn = this.#guarded(async () => {
      const row = await parts.store.runs.step(watched.runId, watched.step);
      if (row) await this.#follow(row, after);
    });
    this.#unlisten = parts.scheduler.listen({
      eventsAppended: (runId, events) => {
        if (runId !== watched.runId) return;
        const row = events.flatMap(({ changes }) => changes.steps).findLast(({ key }) => key === watched.step);
        if (row) this.#turn = this.#turn.then(async () => await this.#guarded(async () => await this.#follow(row, 0)));
      },
    });
  }

  stop(): void {
    this.#stopping.abort();
    this.#unlisten();
    this.#stopFile();
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#parts.logger.error({ err: error, ...this.#watched }, 'A log cannot be followed');
    }
  }

  async #follow(row: StepRun, from: number): Promise<void> {
    const source = row.status === 'reused' ? { runId: RunId.parse(row.donor.run), step: row.donor.step } : this.#watched;
    const donor = row.status === 'reused' ? await this.#parts.store.runs.step(source.runId, source.step) : row;
    const attempt = Math.max(donor?.attempts ?? 1, 1);
    const followed = `${source.runId}/${source.step}/${attempt}`;
    if (this.#stopping.signal.aborted || followed === this.#followed) return;
    this.#followed = followed;
    this.#stopFile();
    const folder = new AttemptFolder(this.#parts.runsFolder, { ...source, attempt });
    this.#stopFile = tailLog(folder, from, async (part) => await this.#send(attempt, part));
  }

  /** Resolves when the client can do with more: after a batch's time, and not while earlier parts pile up for it. */
  async #send(attempt: number, { offset, nextOffset, stepFrom, stepTo, text }: LogPart): Promise<void> {
    const { runId, step } = this.#watched;
    this.#client.emit('log:appended', { runId, step, attempt, offset, nextOffset, stepFrom, stepTo, text });
    const { signal } = this.#stopping;
    do {
      await delay(batchMs, undefined, { signal }).catch(() => undefined);
    } while (!signal.aborted && !this.#client.conn.transport.writable);
  }
}
