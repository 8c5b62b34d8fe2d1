/** What the machine has for steps, or what a step takes of it while it runs. */
export interface Capacity {
  readonly cpu: number;
  readonly memoryBytes: number;
  readonly gpu: number;
}

/** What a step takes that says nothing: one slot. */
export const oneSlot: Capacity = { cpu: 1, memoryBytes: 0, gpu: 0 };

interface Waiting {
  readonly need: Capacity;
  readonly grant: () => void;
  readonly isGone: () => boolean;
}

/**
 * Hands out the machine's places for running steps, over all runs. First come, first served, and nobody passes another:
 * a step that needs much is not starved by many that need little. What asks for more than there is takes all of it.
 */
export class Slots {
  readonly #capacity: Capacity;
  #cpu: number;
  #memoryBytes: number;
  readonly #gpus: Set<number>;
  readonly #waiting: Waiting[] = [];

  constructor(capacity: Capacity) {
    this.#capacity = capacity;
    this.#cpu = capacity.cpu;
    this.#memoryBytes = capacity.memoryBytes;
    this.#gpus = new Set(Array.from({ length: capacity.gpu }, (_, index) => index));
  }

  /** Resolves with a place, or with null when the signal fired first. */
  async acquire(signal: AbortSignal, wanted: Capacity = oneSlot): Promise<Slot | null> {
    if (signal.aborted) return null;
    const need = this.#atMost(wanted);
    if (this.#waiting.length === 0 && this.#fits(need)) return this.take(need);
    return await new Promise<Slot | null>((resolve) => {
      this.#waiting.push({ need, grant: () => resolve(this.take(need)), isGone: () => signal.aborted });
      const leave = (): void => {
        resolve(null);
        this.#handOut();
      };
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  /** A place at once, even beyond what there is: for attempts that already run when the server finds them. */
  take(wanted: Capacity = oneSlot): Slot {
    const need = this.#atMost(wanted);
    const gpus = [...this.#gpus].slice(0, need.gpu);
    this.#cpu -= need.cpu;
    this.#memoryBytes -= need.memoryBytes;
    for (const gpu of gpus) this.#gpus.delete(gpu);
    let isHeld = true;
    return {
      gpus,
      release: () => {
        if (!isHeld) return;
        isHeld = false;
        this.#cpu += need.cpu;
        this.#memoryBytes += need.memoryBytes;
        for (const gpu of gpus) this.#gpus.add(gpu);
        this.#handOut();
      },
    };
  }

  #handOut(): void {
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      if (!next.isGone() && !this.#fits(next.need)) return;
      this.#waiting.shift();
      if (!next.isGone()) next.grant();
    }
  }

  #fits(need: Capacity): boolean {
    return need.cpu <= this.#cpu && need.memoryBytes <= this.#memoryBytes && need.gpu <= this.#gpus.size;
  }

  #atMost(need: Capacity): Capacity {
    const { cpu, memoryBytes, gpu } = this.#capacity;
    return { cpu: Math.min(need.cpu, cpu), memoryBytes: Math.min(need.memoryBytes, memoryBytes), gpu: Math.min(need.gpu, gpu) };
  }
}

export interface Slot {
  /** The numbers of the graphics cards that belong to it. */
  readonly gpus: readonly number[];
  /** May be called again without effect. */
  release(): void;
}
