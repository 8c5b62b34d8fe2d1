import { isStepDone } from '@pipewright/shared/run/status.ts';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { runStoreOf, useStepRun, useStepStatus } from '../realtime/run-store.ts';
import type { StepFacts } from './step-facts.ts';
import { stripOfRun, type StepStrip } from './step-strip.ts';

/** What a run's drawing asks of its document. */
export interface RunGraphNames {
  readonly titleOf: (step: string) => string;
  /** The steps that a step reads directly. */
  readonly sourcesOf: (step: string) => readonly string[];
}

/** Facts of an immutable run: everything but the statuses stands still. */
export function createRunFacts(runId: string, names: RunGraphNames): StepFacts {
  return {
    useStrip: (step) => useRunStrip({ runId, step, names }) ?? stripWithoutRun,
    useStatus: (step) => useStepStatus(runId, step) ?? 'none',
    usePortMark: () => 'plain',
    useProblemCount: () => 0,
    StepTools: null,
    EdgeTools: null,
  };
}

const stripWithoutRun: StepStrip = { status: 'none', look: 'not-run', word: 'Not run', detail: '', isDetailCode: false, time: null };

interface RunStripOptions {
  readonly runId: string | null;
  readonly step: string;
  readonly names: RunGraphNames;
}

/** The strip of a step of a run, live; null when the run has no such step. */
export function useRunStrip({ runId, step, names }: RunStripOptions): StepStrip | null {
  const run = useStepRun(runId, step);
  // Text, not a list: the node is woken when what it waits for changes, and not by every status of the run.
  const waiting = useStore(runStoreOf(runId), (view) => {
    if (view.steps[step]?.status !== 'waiting') return '';
    const open = names.sourcesOf(step).filter((source) => {
      const status = view.steps[source]?.status;
      return status !== undefined && !isStepDone(status);
    });
    return open.join(' ');
  });
  return useMemo(() => {
    if (!run) return null;
    const waitsFor = waiting === '' ? [] : waiting.split(' ').map(names.titleOf);
    return stripOfRun(run, { titleOf: names.titleOf, waitsFor });
  }, [run, waiting, names]);
}
