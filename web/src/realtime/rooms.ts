import type { PageSocket } from './socket.ts';

/** How many parts of the page are in a room: the last one to leave tells the server. */
const membersBySocket = new WeakMap<PageSocket, Map<string, number>>();

/** Counts a watcher in. The watcher itself sends `watch`, because only it knows what it has seen. */
export function enterRoom(socket: PageSocket, room: string): () => void {
  const members = membersBySocket.get(socket) ?? new Map<string, number>();
  membersBySocket.set(socket, members);
  members.set(room, (members.get(room) ?? 0) + 1);
  return () => {
    const left = (members.get(room) ?? 1) - 1;
    if (left > 0) {
      members.set(room, left);
      return;
    }
    members.delete(room);
    // A dropped connection leaves its rooms by itself; what is sent without one would arrive late and undo a new watch.
    if (socket.connected) socket.emit('unwatch', { room });
  };
}
