import type { RegisteredComponent } from '@pipewright/shared/http/components.ts';
import { canonicalJson } from '@pipewright/shared/pipeline/canonical-json.ts';
import { useState } from 'react';
import { firstProblemOf } from '../../../api/api-error.ts';
import { useRegisterComponent } from '../../../api/components.ts';
import type { QuickAddOverlay } from '../overlays/quick-add-purpose.ts';
import { useEditor } from '../store/editor-context.tsx';
import { idOfTest, useKeptTests } from '../test-run/kept-tests.ts';
import { componentOfStep, type PythonStep } from './python-step.ts';
import { forgetSentStep } from './unfinished-step.ts';
import type { PutMade } from './use-put-made.ts';

interface MakeStep {
  readonly make: (step: PythonStep, name: string) => Promise<void>;
  /** The component that is registered of just this step, and not on the canvas yet. */
  readonly madeOf: (step: PythonStep) => RegisteredComponent | null;
  readonly isPending: boolean;
  readonly refusal: string | null;
}

/** Registers the component of a step and puts a step of it on the canvas; where only that fails, only that is tried again. */
export function useMakeStep(put: PutMade, from: QuickAddOverlay | null): MakeStep {
  const { store, draftId } = useEditor();
  const forgetTest = useKeptTests((tests) => tests.forget);
  const register = useRegisterComponent();
  const [made, setMade] = useState<{ readonly of: string; readonly component: RegisteredComponent } | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const madeOf = (step: PythonStep): RegisteredComponent | null => (made?.of === canonicalJson(step) ? made.component : null);
  const make = async (step: PythonStep, name: string): Promise<void> => {
    setRefusal(null);
    const { overlay } = store.getState();
    try {
      const component = madeOf(step) ?? (await register.mutateAsync(componentOfStep(step, name)));
      const why = put.add(component, from);
      if (why !== null) {
        setMade({ of: canonicalJson(step), component });
        setRefusal(`${name} is registered, but not on the canvas: ${why}`);
        return;
      }
      forgetSentStep(step);
      forgetTest(idOfTest(draftId));
      store.getState().close(overlay);
    } catch (error) {
      setRefusal(firstProblemOf(error));
    }
  };
  return { make, madeOf, isPending: register.isPending, refusal };
}
