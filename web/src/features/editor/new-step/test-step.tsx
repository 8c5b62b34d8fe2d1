import { useEditor } from '../store/editor-context.tsx';
import { TestPane } from '../test-run/test-pane.tsx';
import type { OutputInRun } from '../../../step-run/outputs-of-step.ts';
import { idOfTest } from '../test-run/kept-tests.ts';
import { componentOfStep, type PythonStep } from './python-step.ts';

interface TestStepProps {
  readonly step: PythonStep;
  readonly name: string;
  readonly wire: OutputInRun | null;
  readonly onBack: () => void;
}

/** Tries a step before it is made. */
export function TestStep({ step, name, wire, onBack }: TestStepProps) {
  const { draftId } = useEditor();
  const { component, files } = componentOfStep(step, name);
  const subject = {
    id: idOfTest(draftId),
    inputs: component.inputs,
    step: null,
    wire,
    oldNameOf: (input: string) => input,
    tested: { of: { made: component }, files },
  };
  return <TestPane subject={subject} onBack={onBack} />;
}
