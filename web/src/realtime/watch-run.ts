import { serverToClient } from '@pipewright/shared/realtime/catalog.ts';
import type { StoredRunEvent } from '@pipewright/shared/run/run.ts';
import { listen, type PageSocket } from './socket.ts';
import { watchSequence } from './watch-sequence.ts';

interface WatchedRun {
  readonly runId: string;
  readonly afterSeq: number;
  readonly deliver: (events: readonly StoredRunEvent[]) => void;
  readonly onLost: (why: string) => void;
}

/** Delivers every event of a run exactly once and in order, across reconnects. */
export function watchRun(socket: PageSocket, { runId, afterSeq, deliver, onLost }: WatchedRun): () => void {
  return watchSequence<StoredRunEvent>(socket, {
    room: `run:${runId}`,
    after: afterSeq,
    numberOf: (event) => event.seq,
    backlogOf: (reply) => reply.events ?? [],
    hear: (receive) =>
      listen(socket, {
        event: 'run:changed',
        payload: serverToClient['run:changed'].payload,
        handle: (message) => {
          if (message.runId === runId) receive(message.events);
        },
      }),
    deliver,
    onLost,
  });
}
