import type { ComparedRunStep } from '@pipewright/shared/run/compare-runs.ts';
import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { comparedMetrics, type ComparedRun } from './compared-run.ts';
import { ComparedCurves } from './compared-curves.tsx';
import { ComparedLogs } from './compared-logs.tsx';
import classes from './compare-page.module.css';

interface CourseCardProps {
  readonly runs: readonly ComparedRun[];
  readonly steps: readonly ComparedRunStep[];
  readonly selected: string | null;
}

/** How the runs went: the courses of their metrics, or what their steps said. */
export function CourseCard({ runs, steps, selected }: CourseCardProps) {
  const [view, setView] = useState<'curves' | 'logs'>('curves');
  const curves = comparedMetrics(runs, steps).filter(({ pointCount }) => pointCount > 1);
  const choice = (
    <SegmentedControl
      size="xs"
      aria-label="Curves or logs"
      value={view}
      onChange={(value) => setView(value === 'logs' ? 'logs' : 'curves')}
      data={[
        { value: 'curves', label: 'Curves' },
        { value: 'logs', label: 'Logs' },
      ]}
    />
  );
  return (
    <section className={`pw-card ${classes.card}`} aria-label="Curves and logs">
      {view === 'curves' ? (
        <ComparedCurves runs={runs} curves={curves} selected={selected} choice={choice} />
      ) : (
        <ComparedLogs runs={runs} steps={steps} selected={selected} choice={choice} />
      )}
    </section>
  );
}
