import { z } from 'zod';
import { Family } from '../component/family.ts';

/** A pipeline small enough for a card: where its steps stand, their families, and who feeds whom (by index). */
export const GraphThumbnail = z.object({
  steps: z.array(z.object({ x: z.number(), y: z.number(), family: Family })),
  edges: z.array(z.tuple([z.int(), z.int()])),
});
export type GraphThumbnail = z.infer<typeof GraphThumbnail>;
