import type { StripFacts } from '../model/draft-strip.ts';

/** A step of which nothing is to be said: each test says what is. */
export const plainStripFacts: StripFacts = {
  version: 'version 1',
  missing: null,
  aside: null,
  pinnedTo: null,
  isElsewhere: false,
  run: null,
  change: null,
  problems: [],
  planned: null,
  cause: null,
  isSuperseded: false,
  isStale: false,
  isPlanCurrent: true,
};
