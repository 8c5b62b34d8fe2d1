import { fitsOneRequest, type Mutation, type SyncState, takeNext } from './sync-state.ts';

/** Under which ids edits leave, and what is known of those that have left. */
export class Outbox {
  #nextId: string = crypto.randomUUID();
  #unanswered: string | null = null;
  /** Part of what the journal knows under one id goes under the next one: it must know that before anything leaves. */
  #isCut = false;
  #hurry: () => void = () => {};

  /** The next request goes out under this; decided before it is sent, so that the journal knows it. */
  get nextId(): string {
    return this.#nextId;
  }

  /** What was sent and not answered goes again under its id; otherwise what waits becomes a mutation. */
  next(state: SyncState): { readonly state: SyncState; readonly mutation: Mutation } | null {
    if (state.inFlight) return { state, mutation: state.inFlight };
    const taken = takeNext(state, this.#nextId);
    if (!taken) return null;
    if (taken.state.pending.length > 0) this.cut();
    this.#nextId = crypto.randomUUID();
    return taken;
  }

  cut(): void {
    this.#isCut = true;
  }

  /** Resolves when it is on the device, or must leave without that. */
  async untilKept(keeping: Promise<void>): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<'hurried'>();
    this.#hurry = () => resolve('hurried');
    if ((await Promise.race([keeping, promise])) !== 'hurried') this.#isCut = false;
  }

  /** Lets what waits for the device leave; false where it must not. */
  hurry(state: SyncState): boolean {
    const may = !this.#isCut && fitsOneRequest(state);
    if (may) this.#hurry();
    return may;
  }

  sent({ id }: Mutation): void {
    this.#unanswered = id;
  }

  answered(): void {
    this.#unanswered = null;
  }

  /** What is on its way may have arrived, or not. */
  isOpen({ inFlight }: SyncState): boolean {
    return inFlight !== null && inFlight.id === this.#unanswered;
  }
}
