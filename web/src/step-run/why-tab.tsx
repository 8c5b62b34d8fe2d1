import type { Run } from '@pipewright/shared/http/runs.ts';
import type { Reason } from '@pipewright/shared/run/reason.ts';
import { isLoop, type ResolvedStep } from '@pipewright/shared/run/run-snapshot.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { IconCheck, IconHourglass } from '@tabler/icons-react';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { itemNounIn } from '../canvas/item-noun.ts';
import { EmptyState } from '../ui/feedback/empty-state.tsx';
import { usePreferences } from '../ui/preferences.ts';
import { CopyButton } from '../ui/text/copy-button.tsx';
import { ItemsList, useItemKeys } from './items-list.tsx';
import { stepHref } from './step-href.ts';
import classes from './step-run.module.css';
import { comparedParts } from './compared-parts.ts';

interface WhyTabProps {
  readonly run: Run;
  readonly step: ResolvedStep;
  readonly stepRun: StepRun;
}

/** Why the step ran, or was reused: what differs from the nearest earlier run, and what is the same. */
export function WhyTab({ run, step, stepRun }: WhyTabProps) {
  const takeFirstStep = usePreferences((state) => state.takeFirstStep);
  useEffect(() => {
    if (stepRun.status === 'reused') takeFirstStep('why');
  }, [stepRun.status, takeFirstStep]);
  const reasons = 'reasons' in stepRun ? (stepRun.reasons ?? []) : [];
  const items = useItemKeys(run.id, stepRun.key);
  if (isLoop(step.control) && items.length > 0) {
    const noun = itemNounIn(step.control);
    return (
      <div className={classes.scroll}>
        <p className={classes.about}>Each {noun} is decided by itself.</p>
        <ItemsList run={run.id} step={stepRun.key} noun={noun} tab="why" />
      </div>
    );
  }
  if (reasons.length === 0) {
    return (
      <EmptyState
        icon={IconHourglass}
        title="Not decided"
        hint={stepRun.status === 'waiting' ? 'It is decided when everything it reads is there.' : 'The run ended before it came to this step.'}
      />
    );
  }
  const { differing, same, against } = comparedParts(step, reasons);
  const isReused = stepRun.status === 'reused';
  return (
    <div className={`${classes.scroll} ${classes.why}`}>
      <p>
        {isReused ? (
          <>
            <strong className="pw-semi">Reused</strong> from{' '}
            <Link to={stepHref({ run: stepRun.donor.run, step: stepRun.donor.step, tab: 'outputs' })} className="pw-link">
              run {stepRun.donor.run}
            </Link>
            {run.snapshot.force ? '' : ': nothing that could change its result is different.'}
          </>
        ) : (
          <RanBecause differing={differing.length} total={differing.length + same.length} against={against} />
        )}
      </p>
      <ul className={classes.reasons}>
        {reasons
          .filter((reason) => reason.code !== 'same')
          .map((reason, index) => (
            <ReasonRow key={index} reason={reason} isChange={!isReused} />
          ))}
      </ul>
      {same.length > 0 && (
        <>
          <h3 className="pw-xs pw-muted pw-semi">The same as in run {against ?? (isReused ? stepRun.donor.run : '')}</h3>
          <ul className={classes.same}>
            {same.map((part) => (
              <li key={part}>
                <IconCheck size={13} stroke={2} aria-hidden />
                <span className="pw-clip">{part}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {'fingerprint' in stepRun && stepRun.fingerprint !== undefined && (
        <p className="pw-row pw-xs pw-muted">
          Fingerprint <span className="pw-mono">{stepRun.fingerprint.slice(0, 12)}…</span>
          <CopyButton text={stepRun.fingerprint} label="Copy the fingerprint" />
        </p>
      )}
    </div>
  );
}

interface RanBecauseProps {
  readonly differing: number;
  readonly total: number;
  readonly against: string | null;
}

function RanBecause({ differing, total, against }: RanBecauseProps) {
  if (against === null) return <strong className="pw-semi">It ran because there was nothing to reuse.</strong>;
  return (
    <>
      <strong className="pw-semi">
        {differing} of {total} parts {differing === 1 ? 'differs' : 'differ'}
      </strong>{' '}
      from the nearest run,{' '}
      <Link to={`/runs/${against}`} className="pw-link">
        {against}
      </Link>
      .
    </>
  );
}

function ReasonRow({ reason, isChange }: { readonly reason: Reason; readonly isChange: boolean }) {
  const hasValues = reason.before !== undefined || reason.after !== undefined;
  return (
    <li className={classes.reason} data-reason={reason.code} data-change={isChange || undefined}>
      <span className="pw-grow">{hasValues && reason.subject !== undefined ? <span className="pw-mono">{reason.subject}</span> : reason.text}</span>
      {hasValues && (
        <span className="pw-num">
          {reason.before !== undefined && <s className="pw-muted">{reason.before}</s>} → <strong className="pw-semi">{reason.after ?? 'nothing'}</strong>
        </span>
      )}
    </li>
  );
}
