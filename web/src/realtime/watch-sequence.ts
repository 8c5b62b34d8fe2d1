import type { WatchReply } from '@pipewright/shared/realtime/catalog.ts';
import { enterRoom } from './rooms.ts';
import type { PageSocket } from './socket.ts';

interface WatchedSequence<Item> {
  readonly room: string;
  /** The number of the last item that is already known. */
  readonly after: number;
  readonly numberOf: (item: Item) => number;
  readonly backlogOf: (reply: Extract<WatchReply, { ok: true }>) => readonly Item[];
  /** Begins to hear live items; returns how to stop. */
  readonly hear: (receive: (items: readonly Item[]) => void) => () => void;
  /** Called with every item exactly once and in order, in batches. */
  readonly deliver: (items: readonly Item[]) => void;
  /** The server has no such room, or some items are no longer kept: what is known must be read anew. */
  readonly onLost: (why: string) => void;
}

const replyTimeoutMs = 10_000;
const retryMs = 1000;

/**
 * Follows a numbered sequence of facts across dropped connections.
 *
 * On every (re)connection it asks for what came after the last known number. While it asks, live items are held back;
 * then the backlog and the held items are merged by number. A hole among the live items is mended the same way.
 */
export function watchSequence<Item>(socket: PageSocket, watched: WatchedSequence<Item>): () => void {
  let last = watched.after;
  let held: Item[] | null = [];
  let inquiry = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;

  /** Delivers what is new up to the first hole, and says whether there is one. */
  const accept = (items: readonly Item[]): boolean => {
    const fresh: Item[] = [];
    let hasHole = false;
    for (const item of items) {
      const number = watched.numberOf(item);
      if (number <= last) continue;
      hasHole = number > last + 1;
      if (hasHole) break;
      last = number;
      fresh.push(item);
    }
    if (fresh.length > 0) watched.deliver(fresh);
    return hasHole;
  };

  const catchUp = async (): Promise<void> => {
    inquiry += 1;
    const mine = inquiry;
    clearTimeout(retry);
    held ??= [];
    const reply = await socket
      .timeout(replyTimeoutMs)
      .emitWithAck('watch', { room: watched.room, after: last })
      .catch(() => null);
    if (mine !== inquiry) return;
    if (!reply) {
      // Disconnected: `connect` asks again. Connected but silent: ask again ourselves.
      if (socket.connected) retry = setTimeout(() => void catchUp(), retryMs);
      return;
    }
    if (!reply.ok) return watched.onLost(reply.error);
    const live: readonly Item[] = held ?? [];
    held = null;
    if (accept(watched.backlogOf(reply))) return watched.onLost('Some changes are no longer kept.');
    if (accept(live)) void catchUp();
  };

  const onConnect = (): void => void catchUp();
  const leave = enterRoom(socket, watched.room);
  const stopHearing = watched.hear((items) => {
    if (held) held.push(...items);
    else if (accept(items)) void catchUp();
  });
  socket.on('connect', onConnect);
  if (socket.connected) void catchUp();

  return () => {
    inquiry += 1;
    clearTimeout(retry);
    stopHearing();
    socket.off('connect', onConnect);
    leave();
  };
}
