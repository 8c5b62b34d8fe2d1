import { JobKey, type Pipeline } from '../pipeline/pipeline.ts';
import { applyDraftOps } from './apply-draft-ops.ts';
import { partsOfPipeline } from './check-op.ts';
import type { DraftContent, DraftOp } from './draft-op.ts';
import { findRenames } from './find-renames.ts';
import { differences, fieldDifferences, put } from './map-differences.ts';
import { stepChanges } from './step-changes.ts';

export type ContentDiff =
  | { readonly ok: true; readonly ops: DraftOp[] }
  /** No operation can say it: something in `after`, at `path`, cannot be in a draft. */
  | { readonly ok: false; readonly message: string; readonly path: readonly string[] };

/**
 * The operations that make one content of another, as few as can be: what somebody wrote into the text of a pipeline, as
 * the edits that it amounts to. Steps under another key are seen as renamed, and keep their place on the canvas. Of what
 * has an order that of the steps counts, and of the inputs and outputs of the pipeline.
 */
export function diffContent(before: DraftContent, after: DraftContent): ContentDiff {
  const wrong = Object.keys(after.document.jobs).find((key) => !Object.hasOwn(before.document.jobs, key) && !JobKey.safeParse(key).success);
  if (wrong !== undefined) return { ok: false, message: `${wrong} cannot be the name of a step: ${nameRule}`, path: ['jobs', wrong] };
  const draft = new Changing(before);
  const renames = findRenames(before.document.jobs, after.document.jobs);
  for (const [step, to] of renames) draft.do({ op: 'step.rename', step, to });
  changeSteps(draft, after);
  changeDocument(draft, after.document);
  changeLayout(draft, after, new Set(renames.values()));
  return draft.refused ?? { ok: true, ops: draft.ops };
}

const nameRule = 'letters, digits and underscores, and no digit first.';

/** A content on the way, with all that was done to it. */
class Changing {
  readonly ops: DraftOp[] = [];
  content: DraftContent;
  refused: Extract<ContentDiff, { ok: false }> | null = null;

  constructor(content: DraftContent) {
    this.content = content;
  }

  do(op: DraftOp): void {
    const applied = applyDraftOps(this.content, [op]);
    if (applied.ok) {
      this.ops.push(op);
      this.content = applied.content;
    } else this.refused ??= { ok: false, message: `${applied.message}.`, path: 'step' in op ? ['jobs', op.step] : [] };
  }
}

// ---- steps --------------------------------------------------------------------------------------------------------

function changeSteps(draft: Changing, { document, layout }: DraftContent): void {
  const { jobs } = document;
  const order = Object.keys(jobs);
  for (const step of Object.keys(draft.content.document.jobs)) if (!Object.hasOwn(jobs, step)) draft.do({ op: 'step.remove', step });
  const kept = order.filter((key) => Object.hasOwn(draft.content.document.jobs, key));
  for (const step of outOfOrder(Object.keys(draft.content.document.jobs), kept)) draft.do({ op: 'step.remove', step });
  // From the last one up, so that the step it stands before is there.
  for (const [index, step] of [...order.entries()].toReversed()) {
    const value = jobs[step];
    if (value === undefined) continue;
    const present = draft.content.document.jobs;
    const old = Object.hasOwn(present, step) ? present[step] : undefined;
    if (old !== undefined) {
      for (const op of stepChanges(step, old, value)) draft.do(op);
      continue;
    }
    const before = order[index + 1];
    const position = Object.hasOwn(layout.steps, step) ? layout.steps[step] : undefined;
    draft.do({ op: 'step.add', step, value, ...(position ? { position } : {}), ...(before === undefined ? {} : { before }) });
  }
}

/** Which keys to take out so that the others stand in the wanted order: those not on its longest rising run. */
function outOfOrder(present: readonly string[], wanted: readonly string[]): string[] {
  if (present.every((key, index) => key === wanted[index])) return [];
  const places = new Map(wanted.map((key, index) => [key, index]));
  // Of each length, the run that ends lowest; every key knows the one before it on its run.
  const ends: string[] = [];
  const previous = new Map<string, string | undefined>();
  for (const key of present) {
    const place = places.get(key) ?? 0;
    let at = ends.findIndex((end) => (places.get(end) ?? 0) >= place);
    if (at < 0) at = ends.length;
    previous.set(key, ends[at - 1]);
    ends[at] = key;
  }
  const rising = new Set<string>();
  for (let key = ends.at(-1); key !== undefined; key = previous.get(key)) rising.add(key);
  return present.filter((key) => !rising.has(key));
}

// ---- pipeline and layout ------------------------------------------------------------------------------------------

function changeDocument(draft: Changing, after: Pipeline): void {
  const { document } = draft.content;
  for (const [input, value] of differences(document.inputs, after.inputs)) draft.do({ op: 'pipeline.setInput', input, ...put(value) });
  for (const [output, value] of differences(document.outputs, after.outputs)) draft.do({ op: 'pipeline.setOutput', output, ...put(value) });
  for (const side of ['inputs', 'outputs'] as const) changeOrder(draft, side, Object.keys(after[side]));
  for (const [field, value] of fieldDifferences(document.settings, after.settings)) draft.do({ op: 'pipeline.setSettings', field, ...put(value) });
  for (const [field, value] of fieldDifferences(document, after, partsOfPipeline)) draft.do({ op: 'pipeline.setMeta', field, ...put(value) });
}

function changeOrder(draft: Changing, side: 'inputs' | 'outputs', wanted: readonly string[]): void {
  const present = Object.keys(draft.content.document[side]);
  const moved = new Set(outOfOrder(present, wanted));
  // From the last one up, so that the one it stands before is in its place.
  for (const [index, name] of [...wanted.entries()].toReversed()) {
    const before = wanted[index + 1];
    if (moved.has(name)) draft.do({ op: 'pipeline.movePort', side, name, ...(before === undefined ? {} : { before }) });
  }
}

/** A renamed step whose place the text names under its old key keeps it. */
function changeLayout(draft: Changing, { document, layout }: DraftContent, renamed: ReadonlySet<string>): void {
  const { steps, notes, groups } = draft.content.layout;
  for (const [step, to] of differences(steps, layout.steps)) {
    if (Object.hasOwn(document.jobs, step) && !(to === undefined && renamed.has(step))) draft.do({ op: 'layout.move', step, ...(to ? { to } : {}) });
  }
  for (const [note, value] of differences(notes, layout.notes)) draft.do({ op: 'note.set', note, ...put(value) });
  for (const [group, value] of differences(groups, layout.groups)) draft.do({ op: 'group.set', group, ...put(value) });
}
