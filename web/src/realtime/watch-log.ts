import type { LogChunk } from '@pipewright/shared/http/runs.ts';
import { serverToClient } from '@pipewright/shared/realtime/catalog.ts';
import { enterRoom } from './rooms.ts';
import { listen, type PageSocket } from './socket.ts';

interface WatchedLog {
  readonly run: string;
  readonly step: string;
  /** The attempt to show; the newest when left out, and then a newer one takes over. */
  readonly attempt?: number | undefined;
  /** Reads the log from a byte offset (`api/step-runs.ts`). */
  readonly read: (range: { readonly attempt: number | undefined; readonly offset: number }) => Promise<LogChunk>;
  readonly append: (text: string) => void;
  /** Another attempt begins: what was shown is over. */
  readonly reset: (attempt: number) => void;
  /** The beginning of a very long log is left out. */
  readonly onSkipped: (bytes: number) => void;
  /** Everything written so far has been read; `isEnded`: and nothing will follow. */
  readonly onCaughtUp: (isEnded: boolean) => void;
  readonly onError: (error: unknown) => void;
}

/** Of a longer log only the end is read: a page has no use for a gigabyte. */
const longestBytes = 8_000_000;

/**
 * Shows a log from its first byte and follows it. Bytes are numbered, so nothing is lost or repeated: a message that
 * continues where we are is appended; anything else makes us read from where we are.
 */
export function watchLog(socket: PageSocket, watched: WatchedLog): () => void {
  let attempt = watched.attempt;
  let offset = 0;
  let isReading = false;
  let isBehind = false;
  let isStopped = false;
  const room = `logs:${watched.run}/${watched.step}`;

  const take = (chunk: LogChunk): void => {
    if (attempt !== chunk.attempt) {
      attempt = chunk.attempt;
      watched.reset(chunk.attempt);
    }
    const skipped = chunk.offset === 0 ? chunk.size - longestBytes : 0;
    if (skipped > 0) {
      watched.onSkipped(skipped);
      offset = skipped;
      return;
    }
    if (chunk.text !== '') watched.append(chunk.text);
    offset = chunk.nextOffset;
  };

  const readOn = async (): Promise<void> => {
    if (isReading) {
      isBehind = true;
      return;
    }
    isReading = true;
    try {
      for (;;) {
        isBehind = false;
        const chunk = await watched.read({ attempt, offset });
        if (isStopped) return;
        take(chunk);
        if (offset >= chunk.size && !isBehind) {
          watched.onCaughtUp(chunk.isEnded);
          return;
        }
      }
    } catch (error) {
      if (!isStopped) watched.onError(error);
    } finally {
      isReading = false;
    }
  };

  const stopListening = listen(socket, {
    event: 'log:appended',
    payload: serverToClient['log:appended'].payload,
    handle: (message) => {
      if (message.runId !== watched.run || message.step !== watched.step) return;
      const isNewer = attempt === undefined || message.attempt > attempt;
      if (isNewer && watched.attempt === undefined) {
        attempt = message.attempt;
        offset = 0;
        watched.reset(message.attempt);
      }
      if (message.attempt !== attempt || message.nextOffset <= offset) return;
      if (isReading || message.offset !== offset) {
        void readOn();
        return;
      }
      watched.append(message.text);
      offset = message.nextOffset;
    },
  });

  const onConnect = (): void => {
    // Joined first, then read: what is written in between arrives live.
    socket.emit('watch', { room, after: 0 }, () => void readOn());
  };
  const leave = enterRoom(socket, room);
  socket.on('connect', onConnect);
  if (socket.connected) onConnect();
  else void readOn();

  return () => {
    isStopped = true;
    stopListening();
    socket.off('connect', onConnect);
    leave();
  };
}
