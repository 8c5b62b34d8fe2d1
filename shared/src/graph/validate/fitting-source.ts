import { isScalarType } from '../../component/port-type.ts';
import { whyNotConnect, type PortKind } from '../../component/why-not-connect.ts';
import { formatBinding, type Binding } from '../../expressions/binding.ts';
import { pipelineInputValue } from '../../pipeline/pipeline-input-value.ts';
import { downstreamOf } from '../reachable-from.ts';
import type { ProblemFix } from '../problem.ts';
import type { InputSubject } from './input-subject.ts';
import { stepTitle } from './step-scope.ts';

/** Something that an input may read, and how people call it. */
interface Candidate {
  readonly binding: Binding;
  readonly name: string;
  readonly title: string;
}

interface OutputCandidate extends Candidate {
  readonly binding: Extract<Binding, { source: 'step-output' }>;
}

/**
 * The fix that connects a data input with the only thing in the pipeline that fits it, with the only input of the pipeline
 * that has its very name, or with the only output that nothing reads yet, as where a step between was deleted. Undefined
 * where there is a choice, which is for people to make, or nothing that fits.
 */
export function connectFix(subject: InputSubject): ProblemFix | undefined {
  const found = onlyFitting(subject);
  if (!found) return undefined;
  const { key, name } = subject;
  return { text: `Connect ${found.title}`, ops: [{ op: 'step.setInput', step: key, input: name, value: formatBinding(found.binding) }] };
}

function onlyFitting(subject: InputSubject): Candidate | undefined {
  if (isScalarType(subject.definition.type) || !subject.scope.mayGuess()) return undefined;
  const [inputs, outputs] = [fittingInputs(subject), fittingOutputs(subject)];
  const candidates = [...inputs, ...outputs];
  if (candidates.length === 1) return candidates[0];
  const named = inputs.find(({ name }) => name === subject.name);
  if (named) return named;
  const [unread, ...others] = outputs.filter(({ binding }) => !subject.scope.isRead(binding.step, binding.name));
  return others.length === 0 ? unread : undefined;
}

function fittingOutputs({ scope, key, definition }: InputSubject): OutputCandidate[] {
  const below = downstreamOf(scope.document, [key]);
  const target = targetOf(definition);
  // Of thousands of outputs there are a few kinds.
  const fits = new Map<string, boolean>();
  const isFitting = (kind: PortKind): boolean => {
    const name = `${kind.type} ${kind.kind ?? ''}`;
    const known = fits.get(name) ?? whyNotConnect(kind, target) === null;
    fits.set(name, known);
    return known;
  };
  return scope.outputs().flatMap(({ step, name, kind }): OutputCandidate[] => {
    if (step === key || below.has(step) || kind === null || !isFitting(kind)) return [];
    const title = `${name} of ${stepTitle(step, scope.document.jobs[step] ?? { inputs: {}, outputs: {} })}`;
    return [{ binding: { source: 'step-output', step, name }, name, title }];
  });
}

function fittingInputs({ scope, definition }: InputSubject): Candidate[] {
  return Object.entries(scope.document.inputs).flatMap(([name, input]): Candidate[] => {
    const { type } = pipelineInputValue(input);
    if (type === null || isScalarType(type) || whyNotConnect({ type }, targetOf(definition)) !== null) return [];
    return [{ binding: { source: 'pipeline-input', name }, name, title: `the pipeline input ${name}` }];
  });
}

const targetOf = (definition: InputSubject['definition']): PortKind => ({ ...definition['x-pipewright'], type: definition.type });
