import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { itemsOfLoop } from '@pipewright/shared/azure/control-steps.ts';
import type { CommandComponent } from '@pipewright/shared/component/leaf-component.ts';
import type { InputDefinition } from '@pipewright/shared/component/ports.ts';
import { isScalarType, PortType, type ScalarType } from '@pipewright/shared/component/port-type.ts';
import type { Binding } from '@pipewright/shared/expressions/binding.ts';
import { coerceLiteral, type Reading } from '@pipewright/shared/graph/validate/check-literal.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { ContentHash } from '@pipewright/shared/ids.ts';
import type { Scalar } from '@pipewright/shared/json.ts';
import { classifyInput } from '@pipewright/shared/pipeline/classify-input.ts';
import { StepInput, type DataReference } from '@pipewright/shared/pipeline/input-value.ts';
import { searchSpaceOf } from '@pipewright/shared/pipeline/step.ts';
import { isDeclaredText, pipelineInputValue } from '@pipewright/shared/pipeline/pipeline-input-value.ts';
import type { ResolvedInput } from '@pipewright/shared/run/run-snapshot.ts';
import { UnreadableTreeError } from '../artifacts/hash-file.ts';
import type { ResolveParts } from './resolve-run.ts';
import { placeOfStep, portOf, type PipelineScope } from './pipeline-scope.ts';
import type { StepToResolve } from './resolve-step.ts';

interface Subject extends StepToResolve {
  /** The pipeline in which the value stands that is looked at: the step's own, or one that it is in. */
  readonly at: PipelineScope;
  readonly parts: Pick<ResolveParts, 'artifacts' | 'data'>;
  readonly mayFetch: boolean;
  /** What was done with data, for the person who reads the run. */
  readonly notes: string[];
  /** What is to be known of it before it is run. */
  readonly said: Problem[];
  readonly name: string;
  readonly definition: InputDefinition;
  /** Unless said, as Azure's tools read a file. */
  readonly reading?: Reading;
}

type Outcome = ResolvedInput | Problem;

/** Every input of the component with its indirections gone; local data is hashed where it lies. */
export async function resolveInputs(
  parts: ResolveParts,
  step: StepToResolve,
  component: CommandComponent,
): Promise<{ inputs: Record<string, ResolvedInput>; problems: Problem[]; notes: string[] }> {
  const inputs: Record<string, ResolvedInput> = {};
  const problems: Problem[] = [];
  const notes: string[] = [];
  // Each trial of a sweep fills these itself.
  const searched = searchSpaceOf(step.scope.document.jobs[step.key] ?? { inputs: {}, outputs: {} });
  for (const [name, definition] of Object.entries(component.inputs)) {
    if (Object.hasOwn(searched, name)) continue;
    const outcome = await resolveValue(
      { ...step, at: step.scope, parts, mayFetch: parts.mayFetch, notes, said: problems, name, definition },
      step.scope.document.jobs[step.key]?.inputs[name],
    );
    if ('severity' in outcome) problems.push(outcome);
    else inputs[name] = outcome;
  }
  return { inputs, problems, notes };
}

/** Items of a loop that give data by name, as inputs; null where they are values, or known only in the run. The validator has seen to it that they read no step. */
export async function resolveItems(
  parts: ResolveParts,
  step: StepToResolve,
  component: CommandComponent,
): Promise<{ items: Record<string, ResolvedInput>[] | null; problems: Problem[]; notes: string[] }> {
  const problems: Problem[] = [];
  const notes: string[] = [];
  const loop = step.scope.document.jobs[step.key]?.for_each;
  const given = loop?.by_name === true ? (itemsOfLoop(loop.items) ?? []) : [];
  const maps = given.map((item) => Object.entries({ ...Object(item) }).filter(([, value]) => value !== null));
  const isData = ([name, value]: [string, unknown]): boolean => typeof value === 'object' || !isScalarType(component.inputs[name]?.type ?? 'string');
  if (!maps.some((entries) => entries.some(isData))) return { items: null, problems, notes };
  const items: Record<string, ResolvedInput>[] = [];
  for (const entries of maps) {
    const inputs: Record<string, ResolvedInput> = {};
    for (const [name, value] of entries) {
      const definition = component.inputs[name];
      if (!definition) continue;
      const subject = { ...step, at: step.scope, parts, mayFetch: parts.mayFetch, notes, said: problems, name, definition };
      const outcome = await resolveValue(subject, StepInput.parse(value));
      if ('severity' in outcome) problems.push(outcome);
      else inputs[name] = outcome;
    }
    items.push(inputs);
  }
  return { items, problems, notes };
}

async function resolveValue(subject: Subject, value: StepInput | undefined): Promise<Outcome> {
  const content = classifyInput(value);
  switch (content.kind) {
    case 'absent': {
      const fallback = subject.definition.default;
      return fallback === undefined || fallback === null ? { kind: 'absent', type: subject.definition.type } : await resolveLiteral(subject, fallback);
    }
    case 'literal':
      return await resolveLiteral(subject, content.value);
    case 'data':
      return await resolveData(subject, content.reference);
    case 'binding':
      return await resolveBinding(subject, content.binding);
    case 'template':
      return await resolveTemplate(subject, content);
  }
}

async function resolveLiteral(subject: Subject, value: Scalar, pipelineInput?: string): Promise<Outcome> {
  const { type } = subject.definition;
  if (!isScalarType(type)) return await resolveData(subject, { path: String(value) }, pipelineInput);
  return { kind: 'literal', type, value: coerceLiteral(value, type, subject.reading), ...(pipelineInput === undefined ? {} : { pipelineInput }) };
}

async function resolveBinding(subject: Subject, binding: Binding): Promise<Outcome> {
  const { at, definition } = subject;
  switch (binding.source) {
    case 'step-output': {
      const source = portOf(at, binding.step, binding.name);
      if (!source)
        return problemOf(subject, 'unfilled-output', `Input ${subject.name} reads the output ${binding.name} of ${binding.step}, which no step in it fills.`);
      return { kind: 'output', type: definition.type, ...source, isOptional: definition.optional === true };
    }
    case 'pipeline-input':
      return await resolvePipelineInput(subject, binding.name);
    case 'step-input':
      return await resolveValue(subject, at.document.jobs[binding.step]?.inputs[binding.name]);
    case 'pipeline-output':
    case 'step-status':
      throw new Error(`Internal error: expected the validator to refuse a ${binding.source} as an input`);
  }
}

/** What the run is given, or what the step is given that the pipeline is; else what the pipeline says of it. */
async function resolvePipelineInput(subject: Subject, name: string): Promise<Outcome> {
  const { at } = subject;
  const read: Subject = isDeclaredText(at.document.inputs[name]) ? { ...subject, reading: 'decimal' } : subject;
  const given = at.parent?.scope.document.jobs[at.parent.key]?.inputs[name];
  if (at.parent && classifyInput(given).kind !== 'absent') return await resolveValue({ ...read, at: at.parent.scope }, given);
  const { value } = pipelineInputValue(at.document.inputs[name]);
  if (value === null) return await resolveValue(subject, null);
  const tag = at.parent === null ? name : undefined;
  return value.kind === 'literal' ? await resolveLiteral(read, value.value, tag) : await resolveData(subject, value.reference, tag);
}

async function resolveTemplate(
  subject: Subject,
  template: { readonly text: string; readonly bindings: readonly { binding: Binding | null; start: number; end: number }[] },
): Promise<Outcome> {
  const parts: TemplateParts = [];
  let at = 0;
  for (const { binding, start, end } of template.bindings) {
    const filled = binding ? await resolveBinding({ ...subject, definition: { type: 'string' } }, binding) : null;
    if (filled === null || 'severity' in filled || (filled.kind !== 'literal' && filled.kind !== 'output' && filled.kind !== 'template')) {
      return problemOf(subject, 'invalid-expression', `Input ${subject.name} holds ${template.text.slice(start, end)}, which is no value.`);
    }
    parts.push(template.text.slice(at, start));
    if (filled.kind === 'literal') parts.push(String(filled.value));
    else if (filled.kind === 'output') parts.push({ step: filled.step, output: filled.output });
    else parts.push(...filled.parts);
    at = end;
  }
  parts.push(template.text.slice(at));
  if (parts.every((part) => typeof part === 'string')) return await resolveLiteral(subject, parts.join(''));
  return { kind: 'template', type: subject.definition.type, parts };
}

type TemplateParts = Extract<ResolvedInput, { kind: 'template' }>['parts'];

async function resolveData(subject: Subject, reference: DataReference, pipelineInput?: string): Promise<Outcome> {
  const place = await subject.parts.data.find(reference.path, {
    folder: subject.at.folder,
    mayFetch: subject.mayFetch,
    type: reference.type ?? subject.definition.type,
  });
  const declared = PortType.safeParse(reference.type);
  const type: PortType = declared.success && !isScalar(declared.data) ? declared.data : subject.definition.type;
  if (place.kind === 'problem') return problemOf(subject, place.code, place.message);
  const { asset, said = [] } = place;
  const tag = { ...(pipelineInput === undefined ? {} : { pipelineInput }), ...(asset === undefined ? {} : { asset }) };
  subject.said.push(...said.map((saying) => ({ ...problemOf(subject, saying.code, saying.message), severity: saying.severity })));
  if (place.kind === 'not-fetched') {
    // What it holds is known when the pipeline is run: until then its address stands for its content.
    const hash = createHash('sha256').update(`address ${place.url}`).digest('hex');
    return { kind: 'data', type, path: place.url, hash: ContentHash.parse(hash), isFolder: false, ...tag };
  }
  if (place.note !== undefined) subject.notes.push(place.note);
  const info = await stat(place.path).catch(() => null);
  if (!info)
    return problemOf(
      subject,
      'missing-file',
      `The data ${reference.path} of input ${subject.name} does not exist${reference.path === place.path ? '' : ` (looked for ${place.path})`}.`,
    );
  try {
    const { hash, isFolder } = await subject.parts.artifacts.hash(place.path);
    const called = place.fileName === undefined ? {} : { fileName: place.fileName };
    return { kind: 'data', type, path: place.path, hash: ContentHash.parse(hash), isFolder, ...called, ...tag };
  } catch (error) {
    if (!(error instanceof UnreadableTreeError)) throw error;
    return problemOf(subject, 'unreadable-files', error.message);
  }
}

const isScalar = (type: PortType): type is ScalarType => isScalarType(type);

function problemOf({ scope, key, name }: Subject, code: Problem['code'], message: string): Problem {
  return { severity: 'error', code, message, ...placeOfStep(scope, key, ['inputs', name]), port: name };
}
