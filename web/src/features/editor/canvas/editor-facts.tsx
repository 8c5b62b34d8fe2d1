import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useRunStrip } from '../../../canvas/run-facts.ts';
import type { PortMark, StepFacts } from '../../../canvas/step-facts.ts';
import type { StepStrip } from '../../../canvas/step-strip.ts';
import { useStepStatus } from '../../../realtime/run-store.ts';
import { draftStrip } from '../model/draft-strip.ts';
import { portId } from '../model/port-ref.ts';
import type { Editor } from '../store/editor-context.tsx';
import { EdgeTools } from './edge-tools.tsx';
import { StepTools } from './step-tools.tsx';

const noProblems: readonly string[] = [];

/** What the designer knows of its steps besides the document. Made once per open draft. */
export function createEditorFacts({ store, derived }: Editor): StepFacts {
  const names = {
    titleOf: (step: string): string => derived.getState().views.get(step)?.title ?? step,
    sourcesOf: (step: string): readonly string[] => derived.getState().adjacency.above.get(step) ?? [],
  };

  const useStrip = (step: string): StepStrip => {
    const runId = useStore(store, (state) => state.attachedRun);
    const strip = useRunStrip({ runId, step, names });
    const view = useStore(derived, (state) => state.views.get(step));
    const change = useStore(derived, (state) => state.changes.get(step) ?? null);
    const problems = useStore(derived, (state) => state.problemsOf.get(step) ?? noProblems);
    const planned = useStore(derived, (state) => state.plannedOf.get(step) ?? null);
    return useMemo(() => {
      if (!view) return gone;
      return draftStrip({ view, run: runId === null ? null : { id: runId, strip }, change, problems, planned });
    }, [view, runId, strip, change, problems, planned]);
  };

  return {
    useStrip,
    useStatus: (step) =>
      useStepStatus(
        useStore(store, (state) => state.attachedRun),
        step,
      ) ?? 'none',
    usePortMark: (step, handle) =>
      useStore(store, ({ wiring }): PortMark => {
        if (!wiring) return 'plain';
        const id = `${step}.${handle}`;
        if (id === portId(wiring.from)) return 'source';
        const verdict = wiring.verdicts.get(id);
        return verdict ? (verdict.isValid ? 'valid' : 'invalid') : 'plain';
      }),
    useProblemCount: (step) => useStore(derived, (state) => state.problemsOf.get(step)?.length ?? 0),
    StepTools,
    EdgeTools,
  };
}

/** For the one moment between a step's removal and the removal of its node. */
const gone: StepStrip = { status: 'none', look: 'version', word: '', detail: '', isDetailCode: false, time: null };
