import { insertSteps } from '@pipewright/shared/draft/compound-ops.ts';
import type { DraftContent, DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { bindingsIn } from '@pipewright/shared/expressions/binding.ts';
import { PipelineInput } from '@pipewright/shared/pipeline/input-value.ts';
import { Group, Note, Position } from '@pipewright/shared/pipeline/layout.ts';
import { JobKey } from '@pipewright/shared/pipeline/pipeline.ts';
import { Step } from '@pipewright/shared/pipeline/step.ts';
import { z } from 'zod';
import { boxAround, type Point, snapToGrid } from '../../../canvas/geometry.ts';
import { positionsOf } from '../../../canvas/positions-of.ts';
import { freeId } from '../paper/group-ops.ts';
import { placeUnplaced } from './add-step.ts';

const kind = 'pipewright/steps';
/** The second one knows notes and groups; what has none is written as the first, which older ones read. */
const versions = [1, 2] as const;

/**
 * Copied steps as the system's clipboard holds them: text that can be pasted into another draft, or an issue. A later
 * version may say more; what reads this one must not guess at it.
 */
const CopiedSteps = z.object({
  kind: z.literal(kind),
  version: z.literal(versions),
  steps: z.record(JobKey, z.object({ step: Step, position: Position.optional() })),
  /** Those of the pipeline's inputs that the steps read. */
  inputs: z.record(z.string(), PipelineInput).default({}),
  notes: z.record(z.string(), Note).default({}),
  groups: z.record(z.string(), Group).default({}),
});
export type CopiedSteps = z.infer<typeof CopiedSteps>;

export const copySteps = (content: DraftContent, keys: readonly string[], notes: readonly string[] = []): string =>
  JSON.stringify(takeSteps(content, keys, notes), null, 2);

/** Steps with where they stand, the inputs of the pipeline that they read and the groups that all of which they are; and notes. */
export function takeSteps(content: DraftContent, keys: readonly string[], noteIds: readonly string[] = []): CopiedSteps {
  const positions = positionsOf(content);
  const taken = new Set(keys);
  const groups = Object.entries(content.layout.groups).filter(([, group]) => group.steps.length > 0 && group.steps.every((step) => taken.has(step)));
  const notes = noteIds.flatMap((id): [string, Note][] => (content.layout.notes[id] ? [[id, content.layout.notes[id]]] : []));
  const steps = keys.flatMap((key): [string, CopiedSteps['steps'][string]][] => {
    const step = content.document.jobs[key];
    const position = positions[key];
    return step ? [[key, { step, ...(position ? { position } : {}) }]] : [];
  });
  const read = new Set(steps.flatMap(([, { step }]) => inputsReadIn(step)));
  const inputs = Object.entries(content.document.inputs).filter(([name]) => read.has(name));
  return {
    kind,
    version: groups.length + notes.length === 0 ? 1 : 2,
    steps: Object.fromEntries(steps),
    inputs: Object.fromEntries(inputs),
    notes: Object.fromEntries(notes),
    groups: Object.fromEntries(groups),
  };
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
  if (parsed.success) {
    const { steps, notes } = parsed.data;
    return Object.keys(steps).length + Object.keys(notes).length > 0 ? { kind: 'steps', copied: parsed.data } : { kind: 'other' };
  }
  const said = z.object({ kind: z.literal(kind), version: z.number() }).safeParse(value);
  return said.success && said.data.version > Math.max(...versions) ? { kind: 'newer' } : { kind: 'other' };
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
  readonly notes: string[];
  readonly groups: string[];
  /** Inputs of the pipeline that came along, because it had none of that name. */
  readonly inputs: string[];
}

const beside: Point = { x: 24, y: 24 };

export function pasteSteps(content: DraftContent, { copied, at, by, keepsIncoming }: Paste): Pasted {
  const places = Object.values(copied.steps).flatMap(({ position }) => position ?? []);
  const box = boxAround([...places, ...Object.values(copied.notes)]);
  const wanted = at && box ? { x: at.x - box.x - box.width / 2, y: at.y - box.y - box.height / 2 } : beside;
  const offset = offsetBeside(positionsOf(content), places, by ?? snapToGrid(wanted));
  const inputs = Object.entries(copied.inputs).filter(([name]) => !Object.hasOwn(content.document.inputs, name));
  const { ops, keys } = insertSteps(content, { steps: copied.steps, offset, keepsIncoming });
  const keyOf = new Map(Object.keys(copied.steps).map((key, index) => [key, keys[index] ?? key]));
  const notes = new Map(
    Object.values(copied.notes).map((note) => [freeId(content.layout.notes, 'note'), { ...note, x: note.x + offset.x, y: note.y + offset.y }]),
  );
  const groups = new Map(
    Object.values(copied.groups).map((group) => [
      freeId(content.layout.groups, 'group'),
      { ...group, steps: group.steps.flatMap((step) => keyOf.get(step) ?? []) },
    ]),
  );
  const papers = [
    ...[...notes].map(([note, value]): DraftOp => ({ op: 'note.set', note, value })),
    ...[...groups].map(([group, value]): DraftOp => ({ op: 'group.set', group, value })),
  ];
  const added = inputs.map(([input, value]): DraftOp => ({ op: 'pipeline.setInput', input, value }));
  const all = [...(keys.length === 0 ? [] : placeUnplaced(content)), ...added, ...ops, ...papers];
  return { ops: all, keys, notes: [...notes.keys()], groups: [...groups.keys()], inputs: inputs.map(([name]) => name) };
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
