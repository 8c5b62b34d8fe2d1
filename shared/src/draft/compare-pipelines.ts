import { edgeId, edgesInto, type Edge } from '../graph/edges-of.ts';
import { canonicalJson } from '../pipeline/canonical-json.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { applyDraftOps } from './apply-draft-ops.ts';
import type { DraftContent, DraftOp } from './draft-op.ts';
import { findRenames } from './find-renames.ts';

/** One place of the document that holds something else: `inputs`, `seed`. Undefined: nothing stands there. */
export interface FieldDifference {
  readonly place: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
}

export interface StepDifference {
  /** As it is called after; a removed one as it was called before. */
  readonly key: string;
  /** `moved`: it only stands elsewhere, or goes by another key. */
  readonly kind: 'added' | 'removed' | 'changed' | 'moved';
  /** The key it had before. */
  readonly renamedFrom: string | null;
  readonly isMoved: boolean;
  /** What is different in it; empty for one that is only in one of both. */
  readonly fields: readonly FieldDifference[];
}

export interface PipelineComparison {
  /** In the order of the document after, then those that are gone. */
  readonly steps: readonly StepDifference[];
  /** Inputs, outputs, settings, name and description; notes and groups where the layout counts. */
  readonly pipeline: readonly FieldDifference[];
  readonly addedEdges: readonly Edge[];
  readonly removedEdges: readonly Edge[];
  /** What was before, with the steps under the keys that they have after: what is drawn beside the other. */
  readonly before: DraftContent;
}

interface CompareOptions {
  /** Where things stand on the canvas, notes and groups make no difference. */
  readonly ignoresLayout: boolean;
}

/**
 * What is different between two contents of a draft, field by field. Steps are matched by key; one that goes by another
 * key is found by what it is (`findRenames`), and bindings that only follow its name are no difference. The order of
 * steps and the text that a pipeline was written in make none either.
 */
export function comparePipelines(earlier: DraftContent, after: DraftContent, { ignoresLayout }: CompareOptions): PipelineComparison {
  const renames = findRenames(earlier.document.jobs, after.document.jobs);
  const before = rename(earlier, renames);
  const oldKeys = new Map([...renames].map(([old, key]) => [key, old]));
  const steps = stepKeys(before.document, after.document).flatMap((key) => compareStep(key, { before, after, oldKeys, ignoresLayout }));
  const [edgesBefore, edgesAfter] = [edgesById(before.document), edgesById(after.document)];
  return {
    steps,
    pipeline: [...pipelineFields(before.document, after.document), ...(ignoresLayout ? [] : layoutFields(before, after))],
    addedEdges: [...edgesAfter].flatMap(([id, edge]) => (edgesBefore.has(id) ? [] : [edge])),
    removedEdges: [...edgesBefore].flatMap(([id, edge]) => (edgesAfter.has(id) ? [] : [edge])),
    before,
  };
}

export const isSame = ({ steps, pipeline }: PipelineComparison): boolean => steps.length === 0 && pipeline.length === 0;

function rename(content: DraftContent, renames: ReadonlyMap<string, string>): DraftContent {
  if (renames.size === 0) return content;
  const renamed = applyDraftOps(
    content,
    [...renames].map(([step, to]): DraftOp => ({ op: 'step.rename', step, to })),
  );
  // A key that no draft may have is left as it is: its step is one that is gone, and another that is new.
  return renamed.ok ? renamed.content : content;
}

const stepKeys = (before: Pipeline, after: Pipeline): string[] => [
  ...Object.keys(after.jobs),
  ...Object.keys(before.jobs).filter((key) => !Object.hasOwn(after.jobs, key)),
];

interface Both {
  readonly before: DraftContent;
  readonly after: DraftContent;
  readonly oldKeys: ReadonlyMap<string, string>;
  readonly ignoresLayout: boolean;
}

function compareStep(key: string, { before, after, oldKeys, ignoresLayout }: Both): StepDifference[] {
  const [old, next] = [before, after].map(({ document }) => (Object.hasOwn(document.jobs, key) ? document.jobs[key] : undefined));
  const renamedFrom = oldKeys.get(key) ?? null;
  if (!old || !next) return [{ key, kind: old ? 'removed' : 'added', renamedFrom: null, isMoved: false, fields: [] }];
  const fields = old === next ? [] : fieldsBetween(old, next, []);
  const isMoved = !ignoresLayout && canonicalJson(placeOf(before, key)) !== canonicalJson(placeOf(after, key));
  if (fields.length === 0 && !isMoved && renamedFrom === null) return [];
  return [{ key, kind: fields.length > 0 ? 'changed' : 'moved', renamedFrom, isMoved, fields }];
}

const placeOf = ({ layout }: DraftContent, key: string) => (Object.hasOwn(layout.steps, key) ? layout.steps[key] : null);

const partsOfDocument: ReadonlySet<string> = new Set(['jobs', 'type']);

function pipelineFields(before: Pipeline, after: Pipeline): FieldDifference[] {
  return fieldsBetween(without(before, partsOfDocument), without(after, partsOfDocument), []);
}

const layoutFields = (before: DraftContent, after: DraftContent): FieldDifference[] =>
  (['notes', 'groups'] as const).flatMap((part) => fieldsBetween(before.layout[part], after.layout[part], [part]));

const without = (object: object, names: ReadonlySet<string>): object => Object.fromEntries(Object.entries(object).filter(([name]) => !names.has(name)));

/** Down to what is no object any more: lists are one value. */
function fieldsBetween(before: unknown, after: unknown, place: readonly string[]): FieldDifference[] {
  if (before === after) return [];
  if (!isFields(before) || !isFields(after)) return isEqual(before, after) ? [] : [{ place, before, after }];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => fieldsBetween(memberOf(before, name), memberOf(after, name), [...place, name]));
}

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> => value !== null && typeof value === 'object' && !Array.isArray(value);

const memberOf = (object: Readonly<Record<string, unknown>>, name: string): unknown => (Object.hasOwn(object, name) ? object[name] : undefined);

const isEqual = (a: unknown, b: unknown): boolean => (a === undefined) === (b === undefined) && canonicalJson(a) === canonicalJson(b);

function edgesById({ jobs }: Pipeline): Map<string, Edge> {
  return new Map(Object.entries(jobs).flatMap(([key, step]) => edgesInto(key, step).map((edge): [string, Edge] => [edgeId(edge), edge])));
}
