import { io, type Socket } from 'socket.io-client';
import { serverToClient, WatchReply, type ClientToServerEvents, type ServerToClientEvents } from '@pipewright/shared/realtime/catalog.ts';
import type { StoredRunEvent } from '@pipewright/shared/run/run.ts';
import { isRunEnded } from '@pipewright/shared/run/status.ts';
import { ServerGoneError } from './call-api.ts';
import type { LastingConnection } from './connect.ts';

/** A server that is started anew takes its port again; one that stays away longer than this was ended for good. */
const patienceMs = 60_000;

export interface RunWatcher {
  /** Gets every event once and in order. */
  readonly deliver: (event: StoredRunEvent) => void;
  /** The server does not answer for the moment. */
  readonly lost: () => void;
}

/** Follows a run across restarts of its server, and to the server that takes over; resolves with the run's end. */
export async function followRun(connection: LastingConnection, runId: string, { deliver, lost }: RunWatcher): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const giveUp = (): void => reject(new ServerGoneError());
  let patience = setTimeout(giveUp, patienceMs);
  let lastSeq = 0;
  const accept = (event: StoredRunEvent): void => {
    if (event.seq <= lastSeq) return;
    lastSeq = event.seq;
    deliver(event);
    if (isRunEnded(event.changes.run.status)) resolve();
  };
  let isOver = false;
  let close = (): void => undefined;
  let followed = '';
  const open = (): void => {
    const { url } = connection;
    followed = url;
    close = openSocket(url, runId, {
      lastSeq: () => lastSeq,
      accept,
      connected: () => clearTimeout(patience),
      disconnected: () => {
        patience = setTimeout(giveUp, patienceMs);
        lost();
      },
      unreachable: async () => {
        // Who cannot take over waits as long as any other.
        await connection.takeOver().catch(() => undefined);
        // It may have been in vain several times before another took over.
        if (connection.url === url || followed !== url || isOver) return;
        close();
        open();
      },
    });
  };
  open();
  try {
    await promise;
  } finally {
    isOver = true;
    clearTimeout(patience);
    close();
  }
}

interface SocketHandlers {
  readonly lastSeq: () => number;
  readonly accept: (event: StoredRunEvent) => void;
  readonly connected: () => void;
  readonly disconnected: () => void;
  /** It was asked once more, in vain. */
  readonly unreachable: () => Promise<void>;
}

function openSocket(url: string, runId: string, { lastSeq, accept, connected, disconnected, unreachable }: SocketHandlers): () => void {
  const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io(url, { transports: ['websocket'] });
  let waiting: StoredRunEvent[] | null = [];
  socket.on('disconnect', disconnected);
  socket.on('connect_error', () => void unreachable());
  socket.on('run:changed', (raw) => {
    const { runId: id, events } = serverToClient['run:changed'].payload.parse(raw);
    if (id !== runId) return;
    // What is live is held back until the backlog is in.
    if (waiting) waiting.push(...events);
    else for (const event of events) accept(event);
  });
  socket.on('connect', () => {
    connected();
    waiting = [];
    socket.emit('watch', { room: `run:${runId}`, after: lastSeq() }, (raw) => {
      const reply = WatchReply.parse(raw);
      if (reply.ok) for (const event of reply.events ?? []) accept(event);
      const live = waiting ?? [];
      waiting = null;
      for (const event of live) accept(event);
    });
  });
  return () => {
    socket.off('disconnect');
    socket.disconnect();
  };
}
