import type { EditPace } from '../store/document-slice.ts';
import { RetryPace } from './retry-pace.ts';

const paceMs = { gesture: 100, typing: 400 } as const satisfies Record<EditPace, number>;
const longestWaitMs = 2000;

/** When the next turn is due: a moment after an edit, at once after news, and later and later while nobody answers. */
export class TurnTimer {
  readonly #takeTurn: () => void;
  readonly #pace = new RetryPace();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #oldestEditAt: number | null = null;

  constructor(takeTurn: () => void) {
    this.#takeTurn = takeTurn;
  }

  /** Nobody has answered the last time. */
  get isSlow(): boolean {
    return this.#pace.isSlow;
  }

  afterEdit(pace: EditPace): void {
    const now = performance.now();
    this.#oldestEditAt ??= now;
    if (!this.isSlow) this.#set(Math.max(0, Math.min(paceMs[pace], this.#oldestEditAt + longestWaitMs - now)));
  }

  atOnce(): void {
    this.#set(0);
  }

  afterSilence(): void {
    this.#set(this.#pace.next());
  }

  answered(): void {
    this.#pace.reset();
  }

  /** No edit waits to be sent any more. */
  left(): void {
    this.#oldestEditAt = null;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #set(ms: number): void {
    this.stop();
    this.#timer = setTimeout(this.#takeTurn, ms);
  }
}
