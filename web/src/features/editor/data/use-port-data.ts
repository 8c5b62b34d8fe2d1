import type { Artifact } from '@pipewright/shared/run/artifact.ts';
import type { RunSnapshot } from '@pipewright/shared/run/run-snapshot.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useStore } from 'zustand';
import { runQuery } from '../../../api/runs.ts';
import { runStoreOf } from '../../../realtime/run-store.ts';
import { makerOf, type OutputInRun } from '../../../step-run/outputs-of-step.ts';
import type { PortRef } from '../model/port-ref.ts';
import { useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';
import { type OutputOnCanvas, sourceOfPort } from './port-source.ts';

/** The data on a port in the run that is shown. */
export interface PortData {
  readonly run: string;
  /** Where on the canvas it comes from. */
  readonly source: OutputOnCanvas;
  /** Where in the run it lies. */
  readonly output: OutputInRun;
  readonly artifact: Artifact;
}

type RunView = ReturnType<ReturnType<typeof runStoreOf>['getState']>;

interface ShownRun {
  readonly run: string;
  readonly view: RunView;
  readonly snapshot: RunSnapshot | undefined;
}

function dataOf({ run, view: { steps }, snapshot }: ShownRun, source: OutputOnCanvas): PortData | null {
  const output = snapshot ? makerOf(snapshot, source) : source;
  const stepRun = steps[output.step];
  const artifact = stepRun && 'outputs' in stepRun ? stepRun.outputs[output.port] : undefined;
  return artifact ? { run, source, output, artifact } : null;
}

/** Asks for the data on ports, now: null where there is none. For what is done at a press. */
export function useAskPortData(): (port: PortRef) => PortData | null {
  const { store, derived } = useEditor();
  const client = useQueryClient();
  return useCallback(
    (port) => {
      const run = store.getState().attachedRun;
      const source = sourceOfPort(derived.getState().flow.edges, port);
      if (run === null || !source) return null;
      const snapshot = client.getQueryData(runQuery(run).queryKey)?.snapshot;
      return dataOf({ run, view: runStoreOf(run).getState(), snapshot }, source);
    },
    [store, derived, client],
  );
}

/** The same, followed: for what stays on the page. */
export function usePortData(port: PortRef): { readonly source: OutputOnCanvas | null; readonly data: PortData | null } {
  const run = useEditorState((state) => state.attachedRun);
  const { data: known } = useQuery({ ...runQuery(run ?? ''), enabled: run !== null });
  const edges = useDerived((derived) => derived.flow.edges);
  const source = sourceOfPort(edges, port);
  const view = useStore(runStoreOf(run));
  return { source, data: run !== null && source ? dataOf({ run, view, snapshot: known?.snapshot }, source) : null };
}
