import { z } from 'zod';

/** Which part of a pipeline a run is about; steps by their keys in the run, a pipeline inside stands for all of its steps. */
export const PartOfRun = z.strictObject({
  /** This step and what is below it … */
  from: z.string().optional(),
  /** … this step and what is above it … */
  to: z.string().optional(),
  /** … or just these. Earlier results stand in for what the part reads from outside. */
  only: z.array(z.string()).min(1).optional(),
});
export type PartOfRun = z.infer<typeof PartOfRun>;

export const isPart = ({ from, to, only }: PartOfRun): boolean => from !== undefined || to !== undefined || only !== undefined;

/** `to Train Model`, `from Split Data to Train Model`, `only Train Model`, `3 steps`; empty where it is all of the pipeline. */
export function describePart({ from, to, only }: PartOfRun, titleOf: (step: string) => string): string {
  if (only !== undefined) return only.length === 1 ? `only ${titleOf(only[0] ?? '')}` : `${only.length} steps`;
  return [...(from === undefined ? [] : [`from ${titleOf(from)}`]), ...(to === undefined ? [] : [`to ${titleOf(to)}`])].join(' ');
}
