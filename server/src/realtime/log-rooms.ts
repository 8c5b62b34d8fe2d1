import type { Socket } from 'socket.io';
import type { ClientToServerEvents, ServerToClientEvents } from '@pipewright/shared/realtime/catalog.ts';
import { RunId } from '@pipewright/shared/ids.ts';
import { AttemptFolder } from '../compute/attempt-folder.ts';
import { tailLog } from '../compute/attempt-log.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { Store } from '../store/store.ts';

type Client = Socket<ClientToServerEvents, ServerToClientEvents>;

interface LogParts {
  readonly store: Store;
  readonly scheduler: Scheduler;
  readonly runsFolder: string;
}

/** One tail per watcher, since each reads on from where it stands: `logs:RUN/STEP`, `after` in bytes of the last attempt. */
export class LogRooms {
  readonly #tails = new Map<string, () => void>();
  readonly #parts: LogParts;

  constructor(parts: LogParts) {
    this.#parts = parts;
  }

  watch(room: string, client: Client, after: number): void {
    this.leave(room, client);
    const [run = '', ...rest] = room.slice('logs:'.length).split('/');
    void this.#follow({ room, client, runId: RunId.parse(run), step: rest.join('/') }, after);
  }

  leave(room: string, client: Client): void {
    const key = keyOf(room, client);
    this.#tails.get(key)?.();
    this.#tails.delete(key);
  }

  close(): void {
    for (const stop of this.#tails.values()) stop();
    this.#tails.clear();
  }

  async #follow({ room, client, runId, step }: { room: string; client: Client; runId: RunId; step: string }, after: number): Promise<void> {
    const row = await this.#parts.store.runs.step(runId, step);
    if (!row || !client.connected) return;
    const source = row.status === 'reused' ? { runId: RunId.parse(row.donor.run), step: row.donor.step } : { runId, step };
    const donor = row.status === 'reused' ? await this.#parts.store.runs.step(source.runId, source.step) : row;
    let stopTail: () => void = () => undefined;
    const follow = (attempt: number, from: number): void => {
      stopTail();
      const folder = new AttemptFolder(this.#parts.runsFolder, { ...source, attempt });
      stopTail = tailLog(folder, from, ({ offset, nextOffset, text }) => client.emit('log:appended', { runId, step, attempt, offset, nextOffset, text }));
    };
    let attempt = Math.max(donor?.attempts ?? 1, 1);
    follow(attempt, after);
    // A further attempt begins a log of its own.
    const unlisten = this.#parts.scheduler.listen({
      eventsAppended: (id, events) => {
        if (id !== source.runId) return;
        const latest = events.flatMap(({ changes }) => changes.steps).findLast(({ key }) => key === source.step);
        if (!latest || latest.attempts <= attempt) return;
        attempt = latest.attempts;
        follow(attempt, 0);
      },
    });
    this.#tails.set(keyOf(room, client), () => {
      unlisten();
      stopTail();
    });
  }
}

const keyOf = (room: string, client: Client): string => `${client.id} ${room}`;
