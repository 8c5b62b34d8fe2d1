import { assertNever } from '../assert-never.ts';
import { renameInControl } from '../pipeline/control-references.ts';
import { stepOf } from '../pipeline/follow-binding.ts';
import type { Layout } from '../pipeline/layout.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { renameSource } from '../pipeline/rename-source.ts';
import type { Step } from '../pipeline/step.ts';
import { checkOp } from './check-op.ts';
import { contentOf, type DraftContent, type DraftOp } from './draft-op.ts';
import { beforeOf, moveMember } from './move-member.ts';
import { readersOf } from './readers-of.ts';
import { applyTextOp, type TextOp } from './text-ops.ts';

type OpOf<T extends DraftOp['op']> = Extract<DraftOp, { op: T }>;

export type AppliedOp = { readonly content: DraftContent; readonly inverse: DraftOp[] } | { readonly refused: string };

/** One operation. Of the steps it looks at no others than those that it names, and at the one after a step that it removes. */
export function applyOp(content: DraftContent, given: DraftOp): AppliedOp {
  const checked = checkOp(given);
  if (!checked.ok) return { refused: checked.message };
  const op = checked.value;
  switch (op.op) {
    case 'step.add':
      return addStep(content, op);
    case 'step.remove':
      return removeStep(content, op);
    case 'step.rename':
      return renameStep(content, op);
    case 'step.setInput':
      return setStepInput(content, op);
    case 'step.setOutput':
      return setStepOutput(content, op);
    case 'step.setField':
      return setField(content, op);
    case 'component.upgrade':
      return upgrade(content, op);
    case 'pipeline.setInput':
      return setPipelineInput(content, op);
    case 'pipeline.setOutput':
      return setPipelineOutput(content, op);
    case 'pipeline.movePort':
      return movePort(content, op);
    case 'pipeline.setSettings':
      return setSettings(content, op);
    case 'pipeline.setMeta':
      return setMeta(content, op);
    case 'layout.move':
      if (!Object.hasOwn(content.document.jobs, op.step)) return { refused: unknownStep(op.step) };
      return changeLayout(content, { steps: put(content.layout.steps, op.step, op.to) }, [
        { op: 'layout.move', step: op.step, ...renamed(content.layout.steps, op.step, 'to') },
      ]);
    case 'note.set':
      return changeLayout(content, { notes: put(content.layout.notes, op.note, op.value) }, [
        { op: 'note.set', note: op.note, ...valueOf(content.layout.notes, op.note) },
      ]);
    case 'group.set':
      return setGroup(content, op);
    case 'text.set':
    case 'text.splice':
      return changeText(content, op);
    default:
      return assertNever(op);
  }
}

function setGroup(content: DraftContent, op: OpOf<'group.set'>): AppliedOp {
  const stranger = op.value?.steps.find((key) => !Object.hasOwn(content.document.jobs, key));
  if (stranger !== undefined) return { refused: unknownStep(stranger) };
  return changeLayout(content, { groups: put(content.layout.groups, op.group, op.value) }, [
    { op: 'group.set', group: op.group, ...valueOf(content.layout.groups, op.group) },
  ]);
}

// ---- steps --------------------------------------------------------------------------------------------------------

function addStep(content: DraftContent, op: OpOf<'step.add'>): AppliedOp {
  if (Object.hasOwn(content.document.jobs, op.step)) return { refused: `there is a step ${op.step} already` };
  const jobs = insertBefore(content.document.jobs, op);
  const layout = op.position ? { ...content.layout, steps: { ...content.layout.steps, [op.step]: op.position } } : content.layout;
  return { content: { ...content, document: { ...content.document, jobs }, layout }, inverse: [{ op: 'step.remove', step: op.step }] };
}

/** At the end, or where it stood before it was removed, if the step that followed it is still there. */
const insertBefore = (jobs: Pipeline['jobs'], { step, value, before }: OpOf<'step.add'>): Pipeline['jobs'] =>
  moveMember({ ...jobs, [step]: value }, step, before);

/** Bindings to it stay, drawn broken; whoever removes on purpose unbinds first (`removeSteps`). */
function removeStep(content: DraftContent, op: OpOf<'step.remove'>): AppliedOp {
  const { document, layout } = content;
  const step = stepOf(document, op.step);
  if (!step) return { refused: unknownStep(op.step) };
  const position = Object.hasOwn(layout.steps, op.step) ? layout.steps[op.step] : undefined;
  const groups = Object.entries(layout.groups).filter(([, group]) => group.steps.includes(op.step));
  const nextGroups = { ...layout.groups };
  for (const [id, group] of groups) nextGroups[id] = { ...group, steps: group.steps.filter((key) => key !== op.step) };
  return {
    content: {
      ...content,
      document: { ...document, jobs: without(document.jobs, op.step) },
      layout: { ...layout, steps: position ? without(layout.steps, op.step) : layout.steps, groups: groups.length > 0 ? nextGroups : layout.groups },
    },
    inverse: [
      { op: 'step.add', step: op.step, value: step, ...(position ? { position } : {}), ...beforeOf(document.jobs, op.step) },
      ...groups.map(([id, group]): DraftOp => ({ op: 'group.set', group: id, value: group })),
    ],
  };
}

/** Settings that name a step. */
const roles = ['on_init', 'on_finalize'] as const;

function renameStep(content: DraftContent, op: OpOf<'step.rename'>): AppliedOp {
  const { document, layout } = content;
  if (!Object.hasOwn(document.jobs, op.step)) return { refused: unknownStep(op.step) };
  if (op.step === op.to) return { content, inverse: [] };
  if (Object.hasOwn(document.jobs, op.to)) return { refused: `there is a step ${op.to} already` };
  const jobs = Object.fromEntries(
    Object.entries(document.jobs).map(([key, step]): [string, Step] => [key === op.step ? op.to : key, renameSource(step, op.step, op.to)]),
  );
  const steps = Object.fromEntries(Object.entries(layout.steps).map(([key, position]) => [key === op.step ? op.to : key, position]));
  const groups = Object.fromEntries(
    Object.entries(layout.groups).map(([id, group]) => [
      id,
      group.steps.includes(op.step) ? { ...group, steps: group.steps.map((key) => (key === op.step ? op.to : key)) } : group,
    ]),
  );
  const { settings } = document;
  const nextSettings = roles.reduce((next, role) => (settings[role] === op.step ? { ...next, [role]: op.to } : next), settings);
  return {
    content: { ...content, document: { ...document, jobs, settings: nextSettings }, layout: { ...layout, steps, groups } },
    // Broken references to the new key become references to this step; going back must not take them along.
    inverse: [
      { op: 'step.rename', step: op.to, to: op.step },
      ...readersOf(document, new Set([op.to])).map((reader): DraftOp => ({ op: 'step.setInput', ...reader })),
      ...controlReaders(document, op.to),
      ...roles.filter((role) => settings[role] === op.to).map((field): DraftOp => ({ op: 'pipeline.setSettings', field, value: op.to })),
    ],
  };
}

/** The control fields that name a step, as they stand. */
function controlReaders(document: Pipeline, key: string): DraftOp[] {
  return Object.entries(document.jobs).flatMap(([step, value]) =>
    Object.keys(renameInControl(value, key, key)).map((field): DraftOp => ({ op: 'step.setField', step, field, ...jsonOf(value, field) })),
  );
}

function setField(content: DraftContent, op: OpOf<'step.setField'>): AppliedOp {
  return changeStep(content, op.step, (step) => [
    putLoose(step, op.field, op.value),
    { op: 'step.setField', step: op.step, field: op.field, ...jsonOf(step, op.field) },
  ]);
}

function setStepInput(content: DraftContent, op: OpOf<'step.setInput'>): AppliedOp {
  return changeStep(content, op.step, (step) => [
    { ...step, inputs: put(step.inputs, op.input, op.value) },
    { op: 'step.setInput', step: op.step, input: op.input, ...valueOf(step.inputs, op.input) },
  ]);
}

function setStepOutput(content: DraftContent, op: OpOf<'step.setOutput'>): AppliedOp {
  return changeStep(content, op.step, (step) => [
    { ...step, outputs: put(step.outputs, op.output, op.value) },
    { op: 'step.setOutput', step: op.step, output: op.output, ...valueOf(step.outputs, op.output) },
  ]);
}

function upgrade(content: DraftContent, op: OpOf<'component.upgrade'>): AppliedOp {
  const component = stepOf(content.document, op.step)?.component;
  if (component !== undefined && typeof component !== 'string') return { refused: `${op.step} carries its component inline` };
  return changeStep(content, op.step, (step) => [
    { ...step, component: op.component },
    component === undefined ? { op: 'step.setField', step: op.step, field: 'component' } : { ...op, component },
  ]);
}

function changeStep(content: DraftContent, key: string, change: (step: Step) => [Step, DraftOp]): AppliedOp {
  const { document } = content;
  const step = stepOf(document, key);
  if (!step) return { refused: unknownStep(key) };
  const [next, inverse] = change(step);
  return { content: { ...content, document: { ...document, jobs: { ...document.jobs, [key]: next } } }, inverse: [inverse] };
}

// ---- pipeline and layout ------------------------------------------------------------------------------------------

function setPipelineInput(content: DraftContent, op: OpOf<'pipeline.setInput'>): AppliedOp {
  const { inputs } = content.document;
  return changeDocument(content, { inputs: put(inputs, op.input, op.value) }, [
    { op: 'pipeline.setInput', input: op.input, ...valueOf(inputs, op.input) },
    ...backInPlace(content, { side: 'inputs', name: op.input, value: op.value }),
  ]);
}

function setPipelineOutput(content: DraftContent, op: OpOf<'pipeline.setOutput'>): AppliedOp {
  const { outputs } = content.document;
  return changeDocument(content, { outputs: put(outputs, op.output, op.value) }, [
    { op: 'pipeline.setOutput', output: op.output, ...valueOf(outputs, op.output) },
    ...backInPlace(content, { side: 'outputs', name: op.output, value: op.value }),
  ]);
}

/** What is taken away comes back at the end, and goes to where it stood. */
function backInPlace(
  { document }: DraftContent,
  { side, name, value }: Pick<OpOf<'pipeline.movePort'>, 'side' | 'name'> & { readonly value: unknown },
): DraftOp[] {
  const { before } = value === undefined && Object.hasOwn(document[side], name) ? beforeOf(document[side], name) : {};
  return before === undefined ? [] : [{ op: 'pipeline.movePort', side, name, before }];
}

function movePort(content: DraftContent, { side, name, before }: OpOf<'pipeline.movePort'>): AppliedOp {
  const ports: Readonly<Record<string, unknown>> = content.document[side];
  if (!Object.hasOwn(ports, name)) return { refused: `there is no ${side === 'inputs' ? 'input' : 'output'} ${name}` };
  const moved = { [side]: moveMember(ports, name, before) };
  return changeDocument(content, moved, [{ op: 'pipeline.movePort', side, name, ...beforeOf(ports, name) }]);
}

function setMeta(content: DraftContent, op: OpOf<'pipeline.setMeta'>): AppliedOp {
  const document = putLoose(content.document, op.field, op.value);
  return { content: { ...content, document }, inverse: [{ op: 'pipeline.setMeta', field: op.field, ...jsonOf(content.document, op.field) }] };
}

function setSettings(content: DraftContent, op: OpOf<'pipeline.setSettings'>): AppliedOp {
  const { settings } = content.document;
  return changeDocument(content, { settings: putLoose(settings, op.field, op.value) }, [
    { op: 'pipeline.setSettings', field: op.field, ...jsonOf(settings, op.field) },
  ]);
}

function changeText(content: DraftContent, op: TextOp): AppliedOp {
  const applied = applyTextOp(content.text, op);
  if ('refused' in applied) return applied;
  return { content: contentOf({ ...content, text: applied.text }), inverse: [applied.inverse] };
}

const changeDocument = (content: DraftContent, change: Partial<Pipeline>, inverse: DraftOp[]): AppliedOp => ({
  content: { ...content, document: { ...content.document, ...change } },
  inverse,
});

const changeLayout = (content: DraftContent, change: Partial<Layout>, inverse: DraftOp[]): AppliedOp => ({
  content: { ...content, layout: { ...content.layout, ...change } },
  inverse,
});

// ---- maps ---------------------------------------------------------------------------------------------------------

/** A copy with the member set, or without it; the order of the others stays. */
function put<V>(map: Readonly<Record<string, V>>, name: string, value: V | undefined): Record<string, V> {
  return value === undefined ? without(map, name) : { ...map, [name]: value };
}

function without<V>(map: Readonly<Record<string, V>>, name: string): Record<string, V> {
  return Object.fromEntries(Object.entries(map).filter(([key]) => key !== name));
}

function putLoose<T extends object>(object: T, name: string, value: unknown): T {
  if (value !== undefined) return { ...object, [name]: value };
  const copy = { ...object };
  Reflect.deleteProperty(copy, name);
  return copy;
}

/** `{ value }` as it stands, or nothing where nothing stands. */
function valueOf<V>(map: Readonly<Record<string, V>>, name: string): { value?: V } {
  const value = Object.hasOwn(map, name) ? map[name] : undefined;
  return value === undefined ? {} : { value };
}

function renamed<V, K extends string>(map: Readonly<Record<string, V>>, name: string, as: K): { [P in K]?: V } {
  const { value } = valueOf(map, name);
  // A mapped type over one literal key: TypeScript does not see that { [as]: value } is one.
  return (value === undefined ? {} : { [as]: value }) as { [P in K]?: V };
}

/** Fields that the schema does not name were read from JSON and stand as they were. */
function jsonOf(object: Readonly<Record<string, unknown>>, name: string): { value?: Extract<DraftOp, { op: 'pipeline.setMeta' }>['value'] } {
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  return value === undefined ? {} : { value: value as Extract<DraftOp, { op: 'pipeline.setMeta' }>['value'] };
}

const unknownStep = (key: string): string => `there is no step ${key}`;
