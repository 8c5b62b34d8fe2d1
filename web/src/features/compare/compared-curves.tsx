import { Select, SegmentedControl } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { type ReactNode, Suspense, useMemo, useState } from 'react';
import { metricsQuery } from '../../api/step-runs.ts';
import { CurveChart } from '../../step-run/metrics/load-chart.ts';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { formatMetric } from '../../ui/format/number.ts';
import { alignCourses, type CourseAxis } from './align-courses.ts';
import type { ComparedMetric, ComparedRun } from './compared-run.ts';
import { letterOf, RunLetter, runLooks } from './run-letter.tsx';
import classes from './compare-page.module.css';

interface ComparedCurvesProps {
  readonly runs: readonly ComparedRun[];
  /** Metrics that have a course in one of them. */
  readonly curves: readonly ComparedMetric[];
  readonly selected: string | null;
  /** What the card shows otherwise. */
  readonly choice: ReactNode;
}

const idOf = ({ step, name }: ComparedMetric): string => `${step.key} ${name}`;
const axisNames: Readonly<Record<CourseAxis, string>> = { step: 'by step', progress: 'by how far it had come, in %', time: 'by seconds since the first point' };

/** One metric at a time, a line for each run. */
export function ComparedCurves({ runs, curves, selected, choice }: ComparedCurvesProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const [axis, setAxis] = useState<CourseAxis>('step');
  const curve = curves.find((metric) => idOf(metric) === chosen) ?? curves.find(({ step }) => step.key === selected) ?? curves[0];
  return (
    <>
      <header className={classes.head}>
        <h2>Curves</h2>
        {curve && (
          <Select
            size="xs"
            w={200}
            aria-label="Metric"
            searchable
            allowDeselect={false}
            value={idOf(curve)}
            onChange={setChosen}
            data={curves.map((metric) => ({ value: idOf(metric), label: `${metric.name} · ${metric.step.title}` }))}
          />
        )}
        <span className={classes.headEnd}>
          {curve && (
            <SegmentedControl
              size="xs"
              aria-label="Runs are held against each other by"
              value={axis}
              onChange={(value) => setAxis(value === 'progress' || value === 'time' ? value : 'step')}
              data={[
                { value: 'step', label: 'Step' },
                { value: 'progress', label: 'Progress' },
                { value: 'time', label: 'Time' },
              ]}
            />
          )}
          {choice}
        </span>
      </header>
      {curve ? (
        <Curve key={idOf(curve)} runs={runs} curve={curve} axis={axis} />
      ) : (
        <EmptyState icon={IconChartLine} title="No curves" hint="A metric that is logged more than once has one." />
      )}
    </>
  );
}

interface CurveProps {
  readonly runs: readonly ComparedRun[];
  readonly curve: ComparedMetric;
  readonly axis: CourseAxis;
}

function Curve({ runs, curve: { step, name, values }, axis }: CurveProps) {
  const courses = useQueries({
    queries: runs.map(({ run }, index) => ({ ...metricsQuery({ run: run.id, step: step.keys[index] ?? '' }), enabled: (step.keys[index] ?? null) !== null })),
    combine: (results) => results.map(({ data }) => data?.metrics.find((metric) => metric.name === name)),
  });
  const [marked, setMarked] = useState<string | null>(null);
  const data = useMemo(() => alignCourses(courses, axis), [courses, axis]);
  const series = useMemo(() => runs.map(({ run }, index) => ({ key: run.id, look: runLooks[index] ?? { token: 'series-1', width: 2, dash: [] } })), [runs]);
  const spoken = runs.map((_, index) => `${letterOf(index)} ${values[index] === undefined ? 'none' : formatMetric(values[index] ?? null)}`);
  return (
    <figure className={classes.curve}>
      <Suspense fallback={<div className={classes.chartPlace} />}>
        <CurveChart
          key={axis}
          label={`${name} ${axisNames[axis]}, last: ${spoken.join(', ')}`}
          data={data}
          series={series}
          marked={marked}
          onMark={setMarked}
          isTall
        />
      </Suspense>
      <figcaption className={classes.legend}>
        {runs.map(({ run }, index) => (
          <span key={run.id} className="pw-row" onPointerEnter={() => setMarked(run.id)} onPointerLeave={() => setMarked(null)}>
            <RunLetter index={index} />
            <span className="pw-num">{values[index] === undefined ? 'none' : formatMetric(values[index] ?? null)}</span>
          </span>
        ))}
        <span className="pw-xs pw-muted">{axisNames[axis]}</span>
      </figcaption>
    </figure>
  );
}
