import type { Run } from '@pipewright/shared/http/runs.ts';
import { keysInside } from '@pipewright/shared/run/nested-status.ts';
import { useMemo } from 'react';
import { insideOf, wayTo } from './inside.ts';
import { stepOfKey } from './step-of-key.ts';
import { StepRow } from './step-row.tsx';
import { openingTab } from './tab-names.ts';
import classes from './step-run.module.css';

interface InnerStepsProps {
  readonly run: Run;
  /** The pipeline inside the run. */
  readonly pipeline: string;
  readonly onChoose?: (step: string) => void;
}

/** The processes that a pipeline inside a run stands for, in their order; those further inside under the names of what they are in. */
export function InnerSteps({ run, pipeline, onChoose }: InnerStepsProps) {
  const keys = useInnerKeys(run, pipeline);
  const depth = wayTo(run.snapshot, pipeline).length;
  const wayOf = (key: string): string =>
    wayTo(run.snapshot, insideOf(run.snapshot, key))
      .slice(depth)
      .map(({ title }) => `${title} › `)
      .join('');
  return (
    <ul className={classes.stepList} aria-label={`Steps of ${run.snapshot.nested?.[pipeline]?.displayName ?? pipeline}`}>
      {keys.map((key) => (
        <StepRow
          key={key}
          run={run.id}
          step={key}
          title={stepOfKey(run.snapshot, key)?.displayName ?? key}
          way={wayOf(key)}
          tab={openingTab(run.snapshot, key, null)}
          {...(onChoose ? { onChoose } : {})}
        />
      ))}
    </ul>
  );
}

export const useInnerKeys = (run: Run, pipeline: string): string[] => useMemo(() => keysInside(Object.keys(run.snapshot.steps), pipeline), [run, pipeline]);
