import { serverToClient } from '@pipewright/shared/realtime/catalog.ts';
import type { PresentWindow } from '@pipewright/shared/realtime/presence.ts';
import { enterRoom } from './rooms.ts';
import { listen, type PageSocket } from './socket.ts';

interface AttendedDraft {
  readonly draftId: string;
  /** The id of this window. */
  readonly window: string;
  /** Everybody else who has the draft open, in the order in which they came. */
  readonly deliver: (others: readonly PresentWindow[]) => void;
}

export interface Attendance {
  /** Says who is here and where. */
  readonly show: (here: Pick<PresentWindow, 'name' | 'steps'>) => void;
  readonly leave: () => void;
}

/** As often as anybody can follow. */
const paceMs = 80;

/** Is seen by the others who have a draft open, and sees them, until it leaves; says it again after each reconnect. */
export function attendDraft(socket: PageSocket, { draftId, window, deliver }: AttendedDraft): Attendance {
  const room = `draft:${draftId}`;
  let here: Pick<PresentWindow, 'name' | 'steps'> | null = null;
  let pause: ReturnType<typeof setTimeout> | undefined;
  let isAhead = false;

  const say = (): void => {
    isAhead = false;
    if (here && socket.connected) socket.emit('present', { room, window, name: here.name, steps: [...here.steps] });
  };
  const sayAtPace = (): void => {
    isAhead = true;
    if (pause !== undefined) return;
    say();
    pause = setTimeout(() => {
      pause = undefined;
      if (isAhead) sayAtPace();
    }, paceMs);
  };
  const leaveRoom = enterRoom(socket, room);
  const stopListening = listen(socket, {
    event: 'presence:changed',
    payload: serverToClient['presence:changed'].payload,
    handle: (message) => {
      if (message.room === room) deliver(message.windows.filter((other) => other.window !== window));
    },
  });
  socket.on('connect', say);
  return {
    show: (now) => {
      here = now;
      sayAtPace();
    },
    leave: () => {
      clearTimeout(pause);
      here = null;
      stopListening();
      socket.off('connect', say);
      leaveRoom();
    },
  };
}
