/** Those who wait for the same answer. */
export class Callers<T> {
  readonly #waiting = new Set<(answer: T) => void>();

  async wait(): Promise<T> {
    return await new Promise((resolve) => this.#waiting.add(resolve));
  }

  answer(answer: T): void {
    for (const resolve of this.#waiting) resolve(answer);
    this.#waiting.clear();
  }
}
