import type { PortKind } from '../../component/why-not-connect.ts';
import { formatBinding, type Binding } from '../../expressions/binding.ts';
import { makeStepKey } from '../../pipeline/make-step-key.ts';
import type { Step } from '../../pipeline/step.ts';
import { adapterFor, putInTags } from '../adapter-for.ts';
import type { ProblemFix } from '../problem.ts';
import type { InputSubject } from './input-subject.ts';

interface Ends {
  readonly from: PortKind;
  readonly to: PortKind;
  readonly binding: Binding;
}

/** The fix that puts a conversion between two ports which do not fit; undefined where none can do it alone. Where it stands is for the drawing to say. */
export function adapterFix({ scope, key, step, name }: InputSubject, { from, to, binding }: Ends): ProblemFix | undefined {
  const isWhole = typeof step.inputs[name] === 'string';
  if (!isWhole || binding.source !== 'step-output' || !scope.mayGuess()) return undefined;
  const adapter = adapterFor(from, to, scope.components);
  if (!adapter || adapter.openInputs.length > 0) return undefined;
  const { reference, component, input, output } = adapter;
  const title = component.display_name ?? component.name ?? reference;
  const added = makeStepKey(component.name ?? title, scope.document.jobs);
  const value: Step = {
    component: reference,
    ...(component.display_name === undefined ? {} : { display_name: component.display_name }),
    inputs: { [input]: formatBinding(binding) },
    outputs: {},
    tags: putInTags(adapter),
  };
  return {
    text: `Put ${title} between`,
    ops: [
      { op: 'step.add', step: added, value },
      { op: 'step.setInput', step: key, input: name, value: formatBinding({ source: 'step-output', step: added, name: output }) },
    ],
  };
}
