import type { DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { Json } from '@pipewright/shared/json.ts';
import type { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';

/** A field of a step, as `compute` or `resources`, whose text reads an input of the pipeline. */
interface StepField {
  readonly step: string;
  readonly field: string;
}

/** In these `${{inputs.x}}` is the step's own, or they have readers of their own. */
const others: ReadonlySet<string> = new Set(['inputs', 'outputs', 'component', 'trial', 'command', 'task']);

/** Where an input of the pipeline is read besides the inputs of steps. */
export function fieldsReading(document: Pipeline, name: string): StepField[] {
  return Object.entries(document.jobs).flatMap(([step, fields]) => fieldsOf(fields).flatMap(([field, value]) => (reads(value, name) ? [{ step, field }] : [])));
}

/** The same fields when the input bears another name. */
export function renameInFields(document: Pipeline, from: string, to: string): DraftOp[] {
  return Object.entries(document.jobs).flatMap(([step, fields]) =>
    fieldsOf(fields).flatMap(([field, value]): DraftOp[] =>
      reads(value, from) ? [{ op: 'step.setField', step, field, value: Json.parse(renamed(value, from, to)) }] : [],
    ),
  );
}

const fieldsOf = (step: Step): [string, unknown][] => Object.entries(step).filter(([field]) => !others.has(field));
const readingOf = (name: string): RegExp => new RegExp(String.raw`\$\{\{\s*parent\.inputs\.${RegExp.escape(name)}\s*\}\}`, 'g');

function reads(value: unknown, name: string): boolean {
  if (typeof value === 'string') return readingOf(name).test(value);
  return value !== null && typeof value === 'object' && Object.values(value).some((member) => reads(member, name));
}

function renamed(value: unknown, from: string, to: string): unknown {
  if (typeof value === 'string') return value.replaceAll(readingOf(from), () => `\${{parent.inputs.${to}}}`);
  if (Array.isArray(value)) return value.map((member) => renamed(member, from, to));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, renamed(member, from, to)]));
}
