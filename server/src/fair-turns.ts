import { setImmediate } from 'node:timers/promises';

/** So long does a piece of work keep the event loop before others are answered. */
const longestTurnMs = 5;

/** Lets everybody else go first. */
export async function othersFirst(): Promise<void> {
  await setImmediate();
}

/** For long work in one process with everybody else: between two pieces it asks whether it is somebody else's turn. */
export class FairTurns {
  #since = performance.now();

  get isOver(): boolean {
    return performance.now() - this.#since >= longestTurnMs;
  }

  /** Lets others go first when this turn was long enough. */
  async rest(): Promise<void> {
    if (!this.isOver) return;
    await othersFirst();
    this.#since = performance.now();
  }
}

/** All that comes, with rests on the way. */
export async function fairly<T>(pieces: Iterable<T>): Promise<T[]> {
  const turns = new FairTurns();
  const all: T[] = [];
  for (const piece of pieces) {
    all.push(piece);
    await turns.rest();
  }
  return all;
}
