import { io, type Socket } from 'socket.io-client';
import { serverToClient, WatchReply, type ClientToServerEvents, type ServerToClientEvents } from '@pipewright/shared/realtime/catalog.ts';
import type { StoredRunEvent } from '@pipewright/shared/run/run.ts';
import { isRunEnded } from '@pipewright/shared/run/status.ts';

/** Delivers every event of a run once and in order, across reconnects; resolves with the run's end. */
export async function followRun(url: string, runId: string, deliver: (event: StoredRunEvent) => void): Promise<void> {
  const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io(url, { transports: ['websocket'] });
  const { promise, resolve } = Promise.withResolvers<void>();
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
    waiting = [];
    socket.emit('watch', { room: `run:${runId}`, after: lastSeq }, (raw) => {
      const reply = WatchReply.parse(raw);
      if (reply.ok) for (const event of reply.events ?? []) accept(event);
      const live = waiting ?? [];
      waiting = null;
      for (const event of live) accept(event);
    });
  });
  await promise;
  socket.disconnect();
}
