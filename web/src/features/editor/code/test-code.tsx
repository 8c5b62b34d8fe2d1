import type { CodePlace } from '../../../api/component-code.ts';
import { Refusal } from '../../../ui/feedback/refusal.tsx';
import { TestPane } from '../test-run/test-pane.tsx';
import { useChangesOf } from './code-edits.ts';
import { useWrittenComponent } from './use-written-component.ts';

interface TestCodeProps {
  readonly step: string;
  readonly place: CodePlace;
  readonly onBack: () => void;
}

/** Tries the component of a step with everything that is changed of it. */
export function TestCode({ step, place, onBack }: TestCodeProps) {
  const files = useChangesOf(place);
  const component = useWrittenComponent(place);
  if (!component) return <Refusal>The component {place.component} is not known here any more.</Refusal>;
  const { after, changes, written } = component;
  const oldNameOf = (name: string): string => written.ports.find((port) => port.side === 'inputs' && port.name === name)?.origin?.name ?? name;
  const of = { component: place.component, ...(changes ? { declares: changes } : {}) };
  const subject = { id: `${place.draft} ${place.component} ${step}`, inputs: after.inputs, step, wire: null, oldNameOf, tested: { of, files } };
  return <TestPane subject={subject} onBack={onBack} />;
}
