import type { IncomingHttpHeaders, Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import { DraftId, RunId } from '@pipewright/shared/ids.ts';
import type { DraftEdit } from '@pipewright/shared/http/drafts.ts';
import { clientToServer, type ClientToServerEvents, type ServerToClientEvents, type WatchReply } from '@pipewright/shared/realtime/catalog.ts';
import type { RunSummary, StoredRunEvent } from '@pipewright/shared/run/run.ts';
import type { CommentService } from '../drafts/comment-service.ts';
import type { DraftService } from '../drafts/draft-service.ts';
import { LogRooms, type LogParts } from './log-rooms.ts';
import { PresenceRooms } from './presence-rooms.ts';

export interface GatewayParts extends LogParts {
  readonly http: HttpServer;
  readonly drafts: DraftService;
  readonly comments: CommentService;
  readonly isAllowed: (headers: IncomingHttpHeaders) => boolean;
}

type Sockets = Server<ClientToServerEvents, ServerToClientEvents>;

/** Events of this time leave together: a tenth of the work for both ends, and nobody sees the difference. */
const batchMs = 50;

/** A window whose machine sleeps answers no more, and is no longer shown soon after; a busy one has time to answer. */
const heartbeat = { pingInterval: 10_000, pingTimeout: 20_000 };

/** The socket: rooms that can be joined late and again, facts after the commit, in batches. */
export function attachGateway(parts: GatewayParts): AsyncDisposable {
  const sockets: Sockets = new Server(parts.http, {
    serveClient: false,
    perMessageDeflate: false,
    ...heartbeat,
    allowRequest: (request, decide) => decide(null, parts.isAllowed(request.headers)),
  });
  const logs = new LogRooms(parts);
  const presence = new PresenceRooms((room, windows) => sockets.to(room).emit('presence:changed', { room, windows: [...windows] }));
  sockets.on('connection', (socket) => {
    serve(socket, { ...parts, logs, presence });
    servePresence(socket, presence);
  });

  const batches = new Batches(sockets);
  const unlisten = [
    parts.scheduler.listen({ eventsAppended: (runId, events) => batches.addRun(runId, events) }),
    parts.drafts.listen({ draftEdited: (id, edit) => batches.addDraft(id, edit) }),
    parts.comments.listen({ commentsChanged: (id) => sockets.to(`draft:${id}`).emit('comments:changed', { draftId: id }) }),
  ];
  return {
    [Symbol.asyncDispose]: async () => {
      for (const stop of unlisten) stop();
      batches.flush();
      logs.close();
      presence.close();
      await sockets.close();
    },
  };
}

interface Serving extends GatewayParts {
  readonly logs: LogRooms;
  readonly presence: PresenceRooms;
}

type Client = Socket<ClientToServerEvents, ServerToClientEvents>;

function serve(socket: Client, parts: Serving): void {
  socket.on('watch', async (raw, acknowledge) => {
    const watch = clientToServer.watch.payload.safeParse(raw);
    if (typeof acknowledge !== 'function') return;
    if (!watch.success) return acknowledge({ ok: false, error: 'bad-request' });
    const { room, after } = watch.data;
    // Join before reading: what lands between the two arrives twice, never not at all.
    await socket.join(room);
    acknowledge(await backlog(parts, room, after));
    // The client may have left while the backlog was read.
    if (!socket.rooms.has(room)) return;
    if (room.startsWith('logs:')) parts.logs.watch(room, socket, after);
    parts.presence.tellAnew(room);
  });
  socket.on('unwatch', async (raw) => {
    const unwatch = clientToServer.unwatch.payload.safeParse(raw);
    if (!unwatch.success) return;
    await socket.leave(unwatch.data.room);
    parts.logs.leave(unwatch.data.room, socket);
    parts.presence.leave(unwatch.data.room, socket.id);
  });
  socket.on('disconnecting', () => {
    for (const room of socket.rooms) parts.logs.leave(room, socket);
  });
}

function servePresence(socket: Client, presence: PresenceRooms): void {
  socket.on('present', (raw) => {
    const present = clientToServer.present.payload.safeParse(raw);
    if (!present.success) return;
    const { room, ...window } = present.data;
    presence.show(room, socket.id, window);
  });
  socket.on('disconnect', () => presence.drop(socket.id));
}

async function backlog(parts: GatewayParts, room: string, after: number): Promise<WatchReply> {
  try {
    return await readBacklog(parts, room, after);
  } catch (error) {
    parts.logger.error({ err: error, room }, 'The backlog of a room cannot be read');
    return { ok: false, error: 'internal' };
  }
}

async function readBacklog({ store }: GatewayParts, room: string, after: number): Promise<WatchReply> {
  if (room.startsWith('run:')) {
    const runId = RunId.parse(room.slice('run:'.length));
    return { ok: true, events: [...(await store.runs.eventsAfter(runId, after))] };
  }
  if (room.startsWith('draft:')) {
    const edits = await store.drafts.editsAfter(DraftId.parse(room.slice('draft:'.length)), after);
    return edits ? { ok: true, edits: [...edits] } : { ok: false, error: 'too-old' };
  }
  return { ok: true };
}

/** Collects what happens within a batch's time, per room. */
class Batches {
  readonly #sockets: Sockets;
  readonly #events = new Map<RunId, StoredRunEvent[]>();
  readonly #runs = new Map<RunId, RunSummary>();
  readonly #edits = new Map<DraftId, DraftEdit[]>();
  #timer: NodeJS.Timeout | undefined;

  constructor(sockets: Sockets) {
    this.#sockets = sockets;
  }

  addRun(runId: RunId, events: readonly StoredRunEvent[]): void {
    const collected = this.#events.get(runId) ?? [];
    collected.push(...events);
    this.#events.set(runId, collected);
    const last = events.at(-1);
    if (last) this.#runs.set(runId, last.changes.run);
    this.#schedule();
  }

  addDraft(id: DraftId, edit: DraftEdit): void {
    this.#edits.set(id, [...(this.#edits.get(id) ?? []), edit]);
    this.#schedule();
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const [runId, events] of this.#events) {
      if (this.#isHeard(`run:${runId}`)) this.#sockets.to(`run:${runId}`).emit('run:changed', { runId, seq: events.at(-1)?.seq ?? 0, events });
    }
    if (this.#runs.size > 0 && this.#isHeard('runs')) this.#sockets.to('runs').emit('runs:changed', { runs: [...this.#runs.values()] });
    for (const [draftId, edits] of this.#edits) {
      const last = edits.at(-1);
      if (last && this.#isHeard(`draft:${draftId}`))
        this.#sockets.to(`draft:${draftId}`).emit('draft:changed', { draftId, revision: last.revision, edits, by: last.by });
    }
    this.#events.clear();
    this.#runs.clear();
    this.#edits.clear();
  }

  /** Without anybody in the room a message would be written out for nobody. */
  #isHeard(room: string): boolean {
    return this.#sockets.sockets.adapter.rooms.has(room);
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => this.flush(), batchMs);
  }
}
