import type { PresentWindow } from '@pipewright/shared/realtime/presence.ts';

/** What is said within this time leaves together: a selection that is drawn with the pointer changes with every frame. */
const batchMs = 50;

type Tell = (room: string, windows: readonly PresentWindow[]) => void;

/** Who has which draft open: in memory only, since it ends with the connections. */
export class PresenceRooms {
  readonly #tell: Tell;
  /** By room and connection, in the order in which they came. */
  readonly #rooms = new Map<string, Map<string, PresentWindow>>();
  readonly #changed = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  /** A window that was there already stays where it stands. */
  show(room: string, connection: string, window: PresentWindow): void {
    const present = this.#rooms.get(room) ?? new Map<string, PresentWindow>();
    this.#rooms.set(room, present.set(connection, window));
    this.#schedule(room);
  }

  leave(room: string, connection: string): void {
    const present = this.#rooms.get(room);
    if (!present?.delete(connection)) return;
    if (present.size === 0) this.#rooms.delete(room);
    this.#schedule(room);
  }

  /** The connection is gone, with all that it was in. */
  drop(connection: string): void {
    for (const room of this.#rooms.keys()) this.leave(room, connection);
  }

  /** Somebody new listens. */
  tellAnew(room: string): void {
    if (this.#rooms.has(room)) this.#schedule(room);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #schedule(room: string): void {
    this.#changed.add(room);
    this.#timer ??= setTimeout(() => this.#flush(), batchMs);
  }

  #flush(): void {
    this.#timer = undefined;
    for (const room of this.#changed) this.#tell(room, [...(this.#rooms.get(room)?.values() ?? [])]);
    this.#changed.clear();
  }
}
