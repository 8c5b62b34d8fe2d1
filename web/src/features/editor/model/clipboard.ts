import { insertSteps } from '@pipewright/shared/draft/compound-ops.ts';
import type { DraftContent, DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { Position } from '@pipewright/shared/pipeline/layout.ts';
import { JobKey } from '@pipewright/shared/pipeline/pipeline.ts';
import { Step } from '@pipewright/shared/pipeline/step.ts';
import { z } from 'zod';
import { boxAround, type Point, snapToGrid } from '../../../canvas/geometry.ts';
import { positionsOf } from '../../../canvas/positions-of.ts';

/** Copied steps as the system's clipboard holds them: text that can be pasted into another draft, or an issue. */
const CopiedSteps = z.object({
  kind: z.literal('pipewright/steps'),
  version: z.literal(1),
  steps: z.record(JobKey, z.object({ step: Step, position: Position.optional() })),
});
type CopiedSteps = z.infer<typeof CopiedSteps>;

export function copySteps(content: DraftContent, keys: readonly string[]): string {
  const positions = positionsOf(content);
  const steps = keys.flatMap((key): [string, CopiedSteps['steps'][string]][] => {
    const step = content.document.jobs[key];
    const position = positions[key];
    return step ? [[key, { step, ...(position ? { position } : {}) }]] : [];
  });
  const copied: CopiedSteps = { kind: 'pipewright/steps', version: 1, steps: Object.fromEntries(steps) };
  return JSON.stringify(copied, null, 2);
}

/** Null for a text that holds no steps of ours. */
export function readCopiedSteps(text: string): CopiedSteps | null {
  try {
    const parsed = CopiedSteps.safeParse(JSON.parse(text));
    return parsed.success && Object.keys(parsed.data.steps).length > 0 ? parsed.data : null;
  } catch {
    return null;
  }
}

interface Paste {
  readonly copied: CopiedSteps;
  /** Where the middle of what is pasted comes to stand; null: a little beside where it was copied. */
  readonly at: Point | null;
  /** Steps keep reading what they read, as far as that is in this draft. */
  readonly keepsIncoming: boolean;
}

const beside: Point = { x: 24, y: 24 };

export function pasteSteps(content: DraftContent, { copied, at, keepsIncoming }: Paste): { readonly ops: DraftOp[]; readonly keys: string[] } {
  const box = boxAround(Object.values(copied.steps).flatMap(({ position }) => position ?? []));
  const offset = at && box ? { x: at.x - box.x - box.width / 2, y: at.y - box.y - box.height / 2 } : beside;
  return insertSteps(content, { steps: copied.steps, offset: snapToGrid(offset), keepsIncoming });
}
