import type { ComparedRunStep } from '@pipewright/shared/run/compare-runs.ts';
import { IconChartBar, IconCheck } from '@tabler/icons-react';
import { Chip } from '../../ui/feedback/chip.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { formatMetric } from '../../ui/format/number.ts';
import { Truncate } from '../../ui/text/truncate.tsx';
import { bestOf, type ComparedMetric, comparedMetrics, type ComparedRun, goalOf } from './compared-run.ts';
import { letterOf, RunLetter } from './run-letter.tsx';
import classes from './compare-page.module.css';

interface MetricsCardProps {
  readonly runs: readonly ComparedRun[];
  readonly steps: readonly ComparedRunStep[];
  readonly selected: string | null;
}

/** The last value of every metric, run beside run; those of the selected step first. */
export function MetricsCard({ runs, steps, selected }: MetricsCardProps) {
  const metrics = comparedMetrics(runs, steps);
  const ofSelected = metrics.filter(({ step }) => step.key === selected);
  const shown = ofSelected.length > 0 ? ofSelected : metrics;
  const titles = [...new Set(shown.map(({ step }) => step.title))];
  return (
    <section className={`pw-card ${classes.card}`} aria-label="Metrics">
      <header className={classes.head}>
        <h2>Metrics</h2>
        <span className="pw-sm pw-muted pw-clip">{titles.length === 1 ? titles[0] : titles.length > 1 ? `of ${titles.length} steps` : ''}</span>
        <Verdict metrics={shown} />
      </header>
      {shown.length === 0 ? (
        <EmptyState icon={IconChartBar} title="No metrics" hint="None of the steps has logged any." />
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keys
        <div className={classes.metrics} tabIndex={0} role="group" aria-label="Last values">
          {shown.map((metric) => (
            <MetricValues key={`${metric.step.key} ${metric.name}`} metric={metric} hasStep={titles.length > 1} />
          ))}
        </div>
      )}
    </section>
  );
}

/** Said only where the names of the metrics say what is better, and one run is the best by each. */
function Verdict({ metrics }: { readonly metrics: readonly ComparedMetric[] }) {
  const judged = metrics.map(bestOf).filter((best) => best.size > 0);
  const [first] = judged;
  const winner = first && [...first].find((index) => judged.every((best) => best.size === 1 && best.has(index)));
  if (winner === undefined) return null;
  return (
    <span className={classes.headEnd}>
      <Chip tone="ok">
        <IconCheck size={13} stroke={2} aria-hidden /> {letterOf(winner)} is best{judged.length > 1 ? ` on all ${judged.length}` : ''}
      </Chip>
    </span>
  );
}

function MetricValues({ metric, hasStep }: { readonly metric: ComparedMetric; readonly hasStep: boolean }) {
  const { name, values, step } = metric;
  const goal = goalOf(name);
  const best = bestOf(metric);
  const [first] = values;
  const longest = Math.max(...values.map((value) => Math.abs(value ?? 0)));
  return (
    <div className={classes.metric}>
      <div className="pw-row">
        <b className="pw-mono pw-clip" title={name}>
          {name}
        </b>
        <span className="pw-xs pw-muted pw-clip">{hasStep ? step.title : goal === null ? '' : `${goal} is better`}</span>
      </div>
      <dl>
        {values.map((value, index) => (
          <div key={index} data-run={index} data-best={best.has(index) || undefined}>
            <dt>
              <RunLetter index={index} />
            </dt>
            <dd>
              <span className={classes.bar} aria-hidden>
                <i style={{ width: `${typeof value === 'number' && longest > 0 ? (Math.abs(value) / longest) * 100 : 0}%` }} />
              </span>
              <Truncate className={`pw-num ${classes.metricValue}`}>{value === undefined ? 'none' : formatMetric(value)}</Truncate>
              <Change value={value} first={first} goal={goal} index={index} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

interface ChangeProps {
  readonly value: number | null | undefined;
  readonly first: number | null | undefined;
  readonly goal: ReturnType<typeof goalOf>;
  readonly index: number;
}

/** How much it is away from the first run, as a share of that. */
function Change({ value, first, goal, index }: ChangeProps) {
  if (index === 0 || typeof value !== 'number' || typeof first !== 'number') return null;
  if (value === first) return <span className={classes.change}>the same</span>;
  if (first === 0) return null;
  const share = ((value - first) / Math.abs(first)) * 100;
  const isBetter = goal === null ? undefined : goal === 'lower' ? value < first : value > first;
  return (
    <span className={`pw-num ${classes.change}`} data-better={isBetter}>
      {share > 0 ? '+' : '−'}
      {formatMetric(Math.abs(Number(share.toPrecision(3))))} %
    </span>
  );
}
