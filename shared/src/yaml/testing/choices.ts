import fc from 'fast-check';

/** What is decided while something is made up, the same for the same seed. */
export class Choices {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  below(count: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * count);
  }

  /** `chance(3)`: once in three times. */
  chance(oneIn: number): boolean {
    return this.below(oneIn) === oneIn - 1;
  }

  pick<T>(first: T, ...others: readonly T[]): T {
    return [first, ...others][this.below(others.length + 1)] ?? first;
  }

  /** Some of them, or none. */
  some<T>(items: readonly T[]): T[] {
    return items.filter(() => this.chance(2));
  }

  shuffled<T>(items: readonly T[]): T[] {
    const left = [...items];
    return items.flatMap(() => left.splice(this.below(left.length), 1));
  }
}

export const anyChoices = fc.nat(2 ** 31 - 1).map((seed) => new Choices(seed));
