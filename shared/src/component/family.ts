import { z } from 'zod';

/** The families of the palette, in its order. A component names its own in `x-pipewright.family`. */
export const Family = z.enum(['data', 'transform', 'feature', 'train', 'score', 'evaluate', 'code', 'other']);
export type Family = z.infer<typeof Family>;

export const familyTitles = {
  data: 'Data in and out',
  transform: 'Transform',
  feature: 'Features and statistics',
  train: 'Train',
  score: 'Score',
  evaluate: 'Evaluate',
  code: 'Code',
  other: 'Other',
} as const satisfies Record<Family, string>;
