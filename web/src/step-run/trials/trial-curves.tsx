import type { Trials } from '@pipewright/shared/http/trials.ts';
import { Suspense, useMemo } from 'react';
import { Link } from 'react-router';
import { itemTitle } from '../../canvas/item-noun.ts';
import { countOf, formatCount, formatValue } from '../../ui/format/number.ts';
import type { CurveLook } from '../metrics/curve-look.ts';
import { CurveChart } from '../metrics/load-chart.ts';
import { stepHref } from '../step-href.ts';
import stepClasses from '../step-run.module.css';
import { alignCurves, curvesOf, type TrialCurve } from './curves-of.ts';
import classes from './trials.module.css';

interface TrialCurvesProps {
  readonly run: string;
  readonly trials: Trials;
  /** The key of the trial that stands out. */
  readonly marked: string | null;
  readonly onMark: (key: string | null) => void;
}

/** How the metric went in each trial, step by step, and which line is whose; nothing where no trial logs it more than once. */
export function TrialCurves({ run, trials, marked, onMark }: TrialCurvesProps) {
  const curves = useMemo(() => curvesOf(trials), [trials]);
  const data = useMemo(() => alignCurves(curves), [curves]);
  if (curves.length === 0) return null;
  const named = curves.filter(({ isNamed }) => isNamed).toReversed();
  const label = `${trials.metric} over its steps, ${countOf(curves.length, 'trial')}`;
  return (
    <figure className={classes.curves}>
      <Suspense fallback={<div className={stepClasses.chart} />}>
        <CurveChart label={label} data={data} series={curves} marked={marked} onMark={onMark} />
      </Suspense>
      <ul className={classes.legend} aria-label={`Curves of ${trials.metric}`} onPointerLeave={() => onMark(null)}>
        {named.map((curve) => (
          <LegendItem key={curve.key} run={run} curve={curve} onMark={onMark} />
        ))}
        {curves.length > named.length && <li className="pw-muted">and {formatCount(curves.length - named.length)} more</li>}
      </ul>
    </figure>
  );
}

interface LegendItemProps extends Pick<TrialCurvesProps, 'run' | 'onMark'> {
  readonly curve: TrialCurve;
}

function LegendItem({ run, curve: { key, trial, look, isBest }, onMark }: LegendItemProps) {
  return (
    <li>
      <Link
        to={stepHref({ run, step: key, tab: 'metrics' })}
        className={classes.legendItem}
        onPointerEnter={() => onMark(key)}
        onFocus={() => onMark(key)}
        onBlur={() => onMark(null)}
      >
        <Sample look={look} />
        {itemTitle('trial', key)}
        {trial.result !== null && <span className="pw-num pw-muted">{formatValue(trial.result)}</span>}
        {isBest && <span className={classes.best}>best</span>}
      </Link>
    </li>
  );
}

/** A piece of the line. */
function Sample({ look }: { readonly look: CurveLook }) {
  return (
    <svg width={18} height={8} aria-hidden>
      <line x1={0} x2={18} y1={4} y2={4} stroke={`var(--pw-${look.token})`} strokeWidth={look.width} strokeDasharray={look.dash.join(' ')} />
    </svg>
  );
}
