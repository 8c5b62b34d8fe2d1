/** Pairs of contents that were compared; beyond, all are let go. */
const mostPairs = 2000;

/**
 * How far two contents differ, by their hashes: a thousand steps with the same code are compared once. What cannot be read
 * any more is left out, and the reason stays what it is.
 */
export class Differences {
  readonly #known = new Map<string, Promise<string>>();

  async of(before: string, after: string, compare: () => Promise<string>): Promise<string> {
    const pair = `${before} ${after}`;
    if (this.#known.size >= mostPairs) this.#known.clear();
    const known = this.#known.get(pair) ?? compare().catch(() => '');
    this.#known.set(pair, known);
    return await known;
  }
}
