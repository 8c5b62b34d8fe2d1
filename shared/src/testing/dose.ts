import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    readonly dose: number;
    readonly seed: number;
  }
}

/** How a property is tried: `count` times from a fixed seed in `npm test`, many times more from a new one in `npm run test:long`. */
export function dose(count: number): { numRuns: number; seed: number } {
  return { numRuns: count * inject('dose'), seed: inject('seed') };
}
