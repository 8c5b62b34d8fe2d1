import { io, type Socket } from 'socket.io-client';
import { serverToClient, WatchReply, type ClientToServerEvents, type ServerToClientEvents } from '@pipewright/shared/realtime/catalog.ts';
import type { StoredRunEvent } from '@pipewright/shared/run/run.ts';
import { isRunEnded } from '@pipewright/shared/run/status.ts';
import { ServerGoneError } from './call-api.ts';

/** A server that is started anew takes its port again; one that stays away longer than this was ended for good. */
const patienceMs = 60_000;

export interface RunWatcher {
  /** Gets every event once and in order. */
  readonly deliver: (event: StoredRunEvent) => void;
  /** The server does not answer for the moment. */
  readonly lost: () => void;
}

/** Follows a run across restarts of its server; resolves with the run's end. */
export async function followRun(url: string, runId: string, { deliver, lost }: RunWatcher): Promise<void> {
  const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io(url, { transports: ['websocket'] });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const giveUp = (): void => reject(new ServerGoneError());
  let patience = setTimeout(giveUp, patienceMs);
  socket.on('disconnect', () => {
    patience = setTimeout(giveUp, patienceMs);
    lost();
  });
  let lastSeq = 0;
  let waiting: StoredRunEvent[] | null = [];
  const accept = (event: StoredRunEvent): void => {
    if (event.seq <= lastSeq) return;
    lastSeq = event.seq;
    deliver(event);
    if (isRunEnded(event.changes.run.status)) resolve();
  };
  socket.on('run:changed', (raw) => {
    const { runId: id, events } = serverToClient['run:changed'].payload.parse(raw);
    if (id !== runId) return;
    // What is live is held back until the backlog is in.
    if (waiting) waiting.push(...events);
    else for (const event of events) accept(event);
  });
  socket.on('connect', () => {
    clearTimeout(patience);
    waiting = [];
    socket.emit('watch', { room: `run:${runId}`, after: lastSeq }, (raw) => {
      const reply = WatchReply.parse(raw);
      if (reply.ok) for (const event of reply.events ?? []) accept(event);
      const live = waiting ?? [];
      waiting = null;
      for (const event of live) accept(event);
    });
  });
  try {
    await promise;
  } finally {
    clearTimeout(patience);
    socket.off('disconnect');
    socket.disconnect();
  }
}
