import { insertSteps } from '@pipewright/shared/draft/compound-ops.ts';
import type { DraftContent, DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { bindingsIn } from '@pipewright/shared/expressions/binding.ts';
import { PipelineInput } from '@pipewright/shared/pipeline/input-value.ts';
import { Position } from '@pipewright/shared/pipeline/layout.ts';
import { JobKey } from '@pipewright/shared/pipeline/pipeline.ts';
import { Step } from '@pipewright/shared/pipeline/step.ts';
import { z } from 'zod';
import { boxAround, type Point, snapToGrid } from '../../../canvas/geometry.ts';
import { positionsOf } from '../../../canvas/positions-of.ts';
import { placeUnplaced } from './add-step.ts';

const kind = 'pipewright/steps';
const version = 1;

/**
 * Copied steps as the system's clipboard holds them: text that can be pasted into another draft, or an issue. A later
 * version may say more (notes, groups); what reads this one must not guess at it.
 */
const CopiedSteps = z.object({
  kind: z.literal(kind),
  version: z.literal(version),
  steps: z.record(JobKey, z.object({ step: Step, position: Position.optional() })),
  /** Those of the pipeline's inputs that the steps read. */
  inputs: z.record(z.string(), PipelineInput).default({}),
});
export type CopiedSteps = z.infer<typeof CopiedSteps>;

export const copySteps = (content: DraftContent, keys: readonly string[]): string => JSON.stringify(takeSteps(content, keys), null, 2);

/** Steps with where they stand and the inputs of the pipeline that they read. */
export function takeSteps(content: DraftContent, keys: readonly string[]): CopiedSteps {
  const positions = positionsOf(content);
  const steps = keys.flatMap((key): [string, CopiedSteps['steps'][string]][] => {
    const step = content.document.jobs[key];
    const position = positions[key];
    return step ? [[key, { step, ...(position ? { position } : {}) }]] : [];
  });
  const read = new Set(steps.flatMap(([, { step }]) => inputsReadIn(step)));
  const inputs = Object.entries(content.document.inputs).filter(([name]) => read.has(name));
  return { kind, version, steps: Object.fromEntries(steps), inputs: Object.fromEntries(inputs) };
}

/** In a component of its own `${{inputs.x}}` is the component's. */
function inputsReadIn(step: Step): string[] {
  const look = (value: unknown): string[] => {
    if (typeof value === 'string') return bindingsIn(value).flatMap(({ binding }) => (binding?.source === 'pipeline-input' ? [binding.name] : []));
    return value !== null && typeof value === 'object' ? Object.values(value).flatMap(look) : [];
  };
  return look({ ...step, component: null, trial: null, command: null });
}

export type ReadCopy = { readonly kind: 'steps'; readonly copied: CopiedSteps } | { readonly kind: 'newer' } | { readonly kind: 'other' };

/** What of ours a text holds; it may stand between the fences of an issue. */
export function readCopiedSteps(text: string): ReadCopy {
  const value = parseJson(/^\s*```\w*\n([\s\S]*?)\n```\s*$/.exec(text)?.[1] ?? text);
  const parsed = CopiedSteps.safeParse(value);
  if (parsed.success) return Object.keys(parsed.data.steps).length > 0 ? { kind: 'steps', copied: parsed.data } : { kind: 'other' };
  const said = z.object({ kind: z.literal(kind), version: z.number() }).safeParse(value);
  return said.success && said.data.version > version ? { kind: 'newer' } : { kind: 'other' };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Paste {
  readonly copied: CopiedSteps;
  /** Where the middle of what is pasted comes to stand; null: a little beside where it was copied. */
  readonly at: Point | null;
  /** By how much it is put aside from where it was copied, where that is what was asked for. */
  readonly by?: Point;
  /** Steps keep reading what they read, as far as that is in this draft. */
  readonly keepsIncoming: boolean;
}

interface Pasted {
  readonly ops: DraftOp[];
  readonly keys: string[];
  /** Inputs of the pipeline that came along, because it had none of that name. */
  readonly inputs: string[];
}

const beside: Point = { x: 24, y: 24 };

export function pasteSteps(content: DraftContent, { copied, at, by, keepsIncoming }: Paste): Pasted {
  const places = Object.values(copied.steps).flatMap(({ position }) => position ?? []);
  const box = boxAround(places);
  const wanted = at && box ? { x: at.x - box.x - box.width / 2, y: at.y - box.y - box.height / 2 } : beside;
  const offset = offsetBeside(positionsOf(content), places, by ?? snapToGrid(wanted));
  const inputs = Object.entries(copied.inputs).filter(([name]) => !Object.hasOwn(content.document.inputs, name));
  const { ops, keys } = insertSteps(content, { steps: copied.steps, offset, keepsIncoming });
  const added = inputs.map(([input, value]): DraftOp => ({ op: 'pipeline.setInput', input, value }));
  return { ops: [...placeUnplaced(content), ...added, ...ops], keys, inputs: inputs.map(([name]) => name) };
}

/** Never exactly over another step, where nobody would see it: pasted again, it comes to stand a little beside. */
function offsetBeside(positions: ReturnType<typeof positionsOf>, places: readonly Point[], wanted: Position): Position {
  const taken = new Set(Object.values(positions).map(({ x, y }) => `${x} ${y}`));
  let { x, y } = wanted;
  while (places.some((place) => taken.has(`${place.x + x} ${place.y + y}`))) {
    x += beside.x;
    y += beside.y;
  }
  return { x, y };
}
