import type { LogChunk } from '@pipewright/shared/http/runs.ts';
import { serverToClient } from '@pipewright/shared/realtime/catalog.ts';
import type { z } from 'zod';
import { enterRoom } from './rooms.ts';
import { listen, type PageSocket } from './socket.ts';

/** A part of a log, as it was read or as it arrived. */
export type LogPart = Pick<LogChunk, 'offset' | 'nextOffset' | 'stepFrom' | 'stepTo' | 'text'>;

interface WatchedLog {
  readonly run: string;
  readonly step: string;
  /** The attempt to show; the newest when left out, and then a newer one takes over. */
  readonly attempt?: number | undefined;
  /** Reads the log from a byte offset (`api/step-runs.ts`). */
  readonly read: (range: { readonly attempt: number | undefined; readonly offset: number }) => Promise<LogChunk>;
  readonly append: (part: LogPart) => void;
  /** Another attempt begins: what was shown is over. */
  readonly reset: () => void;
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
  const tail = new LogTail(socket, watched);
  return () => tail.stop();
}

type Appended = z.infer<(typeof serverToClient)['log:appended']['payload']>;

class LogTail {
  readonly #socket: PageSocket;
  readonly #watched: WatchedLog;
  readonly #room: string;
  readonly #ends: readonly (() => void)[];
  #attempt: number | undefined;
  #offset = 0;
  #isReading = false;
  /** Something arrived while we were reading: read once more. */
  #isBehind = false;
  #isJoined = false;
  #isStopped = false;

  constructor(socket: PageSocket, watched: WatchedLog) {
    this.#socket = socket;
    this.#watched = watched;
    this.#attempt = watched.attempt;
    this.#room = `logs:${watched.run}/${watched.step}`;
    const handleConnect = (): void => {
      this.#isJoined = false;
      void this.#readOn();
    };
    socket.on('connect', handleConnect);
    this.#ends = [
      listen(socket, { event: 'log:appended', payload: serverToClient['log:appended'].payload, handle: (message) => this.#hear(message) }),
      enterRoom(socket, this.#room),
      () => socket.off('connect', handleConnect),
    ];
    void this.#readOn();
  }

  stop(): void {
    this.#isStopped = true;
    for (const end of this.#ends) end();
  }

  #hear(message: Appended): void {
    if (message.runId !== this.#watched.run || message.step !== this.#watched.step) return;
    const isNewer = this.#attempt === undefined || message.attempt > this.#attempt;
    if (isNewer && this.#watched.attempt === undefined) this.#begin(message.attempt);
    if (message.attempt !== this.#attempt || message.nextOffset <= this.#offset) return;
    if (this.#isReading || message.offset !== this.#offset) {
      void this.#readOn();
      return;
    }
    this.#watched.append(message);
    this.#offset = message.nextOffset;
  }

  async #readOn(): Promise<void> {
    this.#isBehind = this.#isReading;
    if (this.#isReading) return;
    this.#isReading = true;
    try {
      while (!(await this.#readPart())) continue;
    } catch (error) {
      if (!this.#isStopped) this.#watched.onError(error);
    } finally {
      this.#isReading = false;
    }
  }

  /** Whether there is nothing more to read for now. */
  async #readPart(): Promise<boolean> {
    this.#isBehind = false;
    const asked = this.#attempt;
    const chunk = await this.#watched.read({ attempt: asked, offset: this.#offset });
    if (this.#isStopped) return true;
    // A newer attempt began meanwhile: this is the past.
    if (asked !== this.#attempt) return false;
    this.#take(chunk);
    if (this.#offset < chunk.size || this.#isBehind) return false;
    this.#watched.onCaughtUp(chunk.isEnded);
    if (!chunk.isEnded) this.#join();
    return true;
  }

  #take(chunk: LogChunk): void {
    if (this.#attempt !== chunk.attempt) this.#begin(chunk.attempt);
    const skipped = chunk.offset === 0 ? chunk.size - longestBytes : 0;
    if (skipped > 0) {
      this.#watched.onSkipped(skipped);
      this.#offset = skipped;
      return;
    }
    if (chunk.text !== '') this.#watched.append(chunk);
    this.#offset = chunk.nextOffset;
  }

  #begin(attempt: number): void {
    this.#attempt = attempt;
    this.#offset = 0;
    this.#watched.reset();
  }

  /** The server tells of every byte from `after` on, so joining where we are leaves no gap. */
  #join(): void {
    if (this.#isJoined || !this.#socket.connected) return;
    this.#isJoined = true;
    this.#socket.emit('watch', { room: this.#room, after: this.#offset }, () => {});
  }
}
