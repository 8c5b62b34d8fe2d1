import type { Artifact } from '@pipewright/shared/run/artifact.ts';
import { useQuery } from '@tanstack/react-query';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { runQuery } from '../../../api/runs.ts';
import { runStoreOf } from '../../../realtime/run-store.ts';
import { makerOf, type OutputInRun } from '../../../step-run/outputs-of-step.ts';
import { useEditorState } from '../store/editor-context.tsx';

/** The outputs of a step in the attached run, with where in it they lie; those that are not there yet are left out. */
export function useMadeOutputs(step: string): ReadonlyMap<string, OutputInRun> {
  const runId = useEditorState((state) => state.attachedRun);
  const { data: run } = useQuery({ ...runQuery(runId ?? ''), enabled: runId !== null });
  const snapshot = run?.snapshot;
  const inner = snapshot?.nested?.[step]?.outputs;
  const names = useStore(
    runStoreOf(runId),
    useShallow((view) => {
      const own = view.steps[step];
      if (!inner) return own && 'outputs' in own ? Object.keys(own.outputs) : [];
      return Object.keys(inner).filter((name) => artifactIn(view, makerOf(snapshot, { step, port: name })) !== undefined);
    }),
  );
  return new Map(names.map((port) => [port, snapshot ? makerOf(snapshot, { step, port }) : { step, port }]));
}

interface MadeOutput {
  readonly artifact: Artifact;
  /** The run that has put it out, and where in it that lies: of a pipeline, at one of the steps inside it. */
  readonly run: string;
  readonly maker: OutputInRun;
}

/** What an output of a step was in the attached run; undefined while it is not there, and where no output is meant. */
export function useMadeOutput(source: OutputInRun | null): MadeOutput | undefined {
  const run = useEditorState((state) => state.attachedRun);
  const maker = useMadeOutputs(source?.step ?? '').get(source?.port ?? '');
  const artifact = useStore(runStoreOf(run), (view) => maker && artifactIn(view, maker));
  return run !== null && maker && artifact ? { artifact, run, maker } : undefined;
}

function artifactIn({ steps }: ReturnType<ReturnType<typeof runStoreOf>['getState']>, { step, port }: OutputInRun): Artifact | undefined {
  const run = steps[step];
  return run && 'outputs' in run ? run.outputs[port] : undefined;
}
