import { isDataType, type PortType } from '@pipewright/shared/component/port-type.ts';
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { runQuery } from '../../../api/runs.ts';
import { PreviewDrawer } from '../../../preview/preview-drawer.tsx';
import { outputsOfStep } from '../../../step-run/outputs-of-step.ts';
import { useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';
import { changedSinceRun } from './changed-since-run.ts';

/** The data on a port of the run that is shown, over the lower part of the canvas. */
export function DesignerPreview() {
  const { derived } = useEditor();
  const run = useEditorState((state) => state.attachedRun);
  const { data: known } = useQuery({ ...runQuery(run ?? ''), enabled: run !== null });
  const changes = useDerived((state) => state.changes);
  const stale = useDerived((state) => state.stale);
  const describe = useCallback(
    (step: string) => {
      const found = derived.getState().views.get(step);
      // What a pipeline inside puts out lies in a step of it, which the draft does not have.
      if (!found) return known ? outputsOfStep(known.snapshot, step) : null;
      const outputs = found.outputs.flatMap(({ name, type }): [string, PortType][] => (type !== null && isDataType(type) ? [[name, type]] : []));
      return { title: found.title, outputs: Object.fromEntries(outputs) };
    },
    [derived, known],
  );
  return <PreviewDrawer run={run} describe={describe} changedSince={(step) => changedSinceRun(step, { changes, stale, run })} />;
}
