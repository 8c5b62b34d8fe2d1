import type { Problem } from '@pipewright/shared/graph/problem.ts';
import type { LeftOutStep, Plan, PlannedStep } from '@pipewright/shared/run/plan.ts';
import { isRunEnded } from '@pipewright/shared/run/status.ts';
import { SegmentedControl } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle, IconPlayerPlayFilled, IconRecycle } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useRunSummary } from '../../../realtime/run-store.ts';
import { SkeletonRows } from '../../../ui/feedback/skeletons.tsx';
import { formatDuration } from '../../../ui/format/duration.ts';
import { countOf } from '../../../ui/format/number.ts';
import { FamilyTile } from '../../../ui/graph/family-tile.tsx';
import { applyFix } from '../problems/apply-fix.ts';
import { useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';
import { countPlan, isStandIn, runRange } from './count-plan.ts';
import classes from './run.module.css';

interface PlanPaneProps {
  /** Null while it is not known. */
  readonly plan: Plan | null;
  /** What stands in the way. */
  readonly problems: readonly Problem[];
  readonly error: string | null;
  readonly isPlanning: boolean;
  /** The person goes to a problem: the dialog makes room. */
  readonly onJump: () => void;
}

type Order = 'action' | 'order';

/** For every step what will be done and why. */
export function PlanPane({ plan, problems, error, isPlanning, onJump }: PlanPaneProps) {
  const [order, setOrder] = useState<Order>('action');
  return (
    <section className={classes.plan} aria-label="Plan" aria-busy={isPlanning}>
      <div className={classes.planHead}>
        <h3>Plan</h3>
        {plan && (
          <>
            <PlanBar plan={plan} />
            <span className="pw-sm pw-t2 pw-num">{countOf(plan.steps.length, 'step')}</span>
            <span className="pw-grow" />
            <SegmentedControl
              aria-label="Order of the plan"
              data={[
                { value: 'action', label: 'By action' },
                { value: 'order', label: 'In order' },
              ]}
              value={order}
              onChange={(value) => setOrder(value === 'order' ? 'order' : 'action')}
            />
          </>
        )}
      </div>
      <div className={classes.planList}>
        {error !== null && (
          <p className={classes.notice} data-tone="error" role="alert">
            <IconAlertTriangle size={15} stroke={1.8} aria-hidden />
            {error}
          </p>
        )}
        {problems.length > 0 && <Problems problems={problems} onJump={onJump} />}
        <UnfinishedRun />
        {!plan && problems.length === 0 && error === null && <SkeletonRows count={8} height={37} />}
        {plan && order === 'order' && (
          <>
            <PlanRows steps={plan.steps} />
            <LeftOut steps={plan.leftOut ?? []} />
          </>
        )}
        {plan && order === 'action' && <ByAction plan={plan} />}
      </div>
    </section>
  );
}

function PlanBar({ plan }: { readonly plan: Plan }) {
  const counts = countPlan(plan);
  const { run, mayRun, reuse } = counts;
  return (
    <span className={classes.planBar} role="img" aria-label={`${runRange(counts)} run, ${reuse} reuse`}>
      {run + mayRun > 0 && <i data-action="run" style={{ flex: run + mayRun }} />}
      {reuse > 0 && <i data-action="reuse" style={{ flex: reuse }} />}
    </span>
  );
}

function ByAction({ plan }: { readonly plan: Plan }) {
  const running = plan.steps.filter(({ decision }) => decision !== 'reuse');
  const reused = plan.steps.filter((step) => step.decision === 'reuse' && !isStandIn(step));
  const outside = plan.steps.filter(isStandIn);
  const expected = running.reduce((sum, { expectedMs }) => sum + (expectedMs ?? 0), 0);
  const saved = reused.reduce((sum, { expectedMs }) => sum + (expectedMs ?? 0), 0);
  return (
    <>
      {running.length > 0 && (
        <>
          <h4 className={classes.planGroup}>
            Run <span className="pw-num">{runRange(countPlan(plan))}</span>
            {expected > 0 && <span>≈ {formatDuration(expected)} of work, going by earlier runs</span>}
          </h4>
          <PlanRows steps={running} />
        </>
      )}
      {reused.length > 0 && (
        <>
          <h4 className={classes.planGroup}>
            Reuse <span className="pw-num">{reused.length}</span>
            {saved > 0 && <span>saves ≈ {formatDuration(saved)}</span>}
          </h4>
          <PlanRows steps={reused} />
        </>
      )}
      {outside.length > 0 && (
        <>
          <h4 className={classes.planGroup}>
            Not run <span className="pw-num">{outside.length}</span>
            <span>earlier results stand in for what the part reads</span>
          </h4>
          <PlanRows steps={outside} />
        </>
      )}
      <LeftOut steps={plan.leftOut ?? []} />
    </>
  );
}

/** Steps of the draft that are set aside. */
function LeftOut({ steps }: { readonly steps: readonly LeftOutStep[] }) {
  const drawn = useDerived((derived) => derived.drawn);
  if (steps.length === 0) return null;
  return (
    <>
      <h4 className={classes.planGroup}>
        Left out <span className="pw-num">{steps.length}</span>
        <span>disabled, bypassed, or in need of what is disabled</span>
      </h4>
      <ul className={classes.planRows}>
        {steps.map(({ key, displayName, text }) => (
          <li key={key} className={classes.planRow} data-plan-left-out={key}>
            <FamilyTile family={drawn.get(key)?.family ?? 'other'} icon={drawn.get(key)?.icon} />
            <b className="pw-clip" title={displayName}>
              {displayName}
            </b>
            <span className={classes.action}>Not run</span>
            <span className={classes.planWhy} title={text}>
              {text}
            </span>
            <span className={classes.planEnd} />
          </li>
        ))}
      </ul>
    </>
  );
}

function PlanRows({ steps }: { readonly steps: readonly PlannedStep[] }) {
  return (
    <ul className={classes.planRows}>
      {steps.map((step) => (
        <PlanRow key={step.key} step={step} />
      ))}
    </ul>
  );
}

function PlanRow({ step }: { readonly step: PlannedStep }) {
  const view = useDerived((derived) => derived.drawn.get(step.key));
  // What stands in is taken as it is, whatever has changed since.
  const isOutOfDate = useDerived((derived) => derived.stale.has(step.key)) && isStandIn(step);
  const [reason, ...others] = step.reasons;
  const more = others.length > 0 ? `; ${others.map(({ text }) => text).join('; ')}` : '';
  const why = `${reason?.text ?? ''}${more}`;
  return (
    <li className={classes.planRow} data-plan-step={step.key} data-decision={step.decision}>
      <FamilyTile family={view?.family ?? 'other'} icon={view?.icon} />
      <b className="pw-clip" title={step.displayName}>
        {step.displayName}
      </b>
      <span className={classes.action} data-decision={step.decision}>
        {step.decision === 'reuse' ? <IconRecycle size={12} stroke={2} aria-hidden /> : <IconPlayerPlayFilled size={11} aria-hidden />}
        {isStandIn(step) ? 'Stands in' : step.decision === 'reuse' ? 'Reuse' : step.decision === 'run' ? 'Run' : 'Run or reuse'}
      </span>
      <span className={classes.planWhy} title={why}>
        {isOutOfDate ? 'out of date: it, or something above it, has changed since' : <Why step={step} why={why} />}
      </span>
      <span className={classes.planEnd}>
        {step.decision === 'reuse' && step.donor ? (
          <Link className="pw-link" to={`/runs/${step.donor.run}/steps/${encodeURIComponent(step.donor.step)}/outputs`}>
            run {step.donor.run}
          </Link>
        ) : (
          step.expectedMs !== null && `≈ ${formatDuration(step.expectedMs)}`
        )}
      </span>
    </li>
  );
}

/** A changed value is shown as such; anything else in the server's words. */
function Why({ step, why }: { readonly step: PlannedStep; readonly why: string }) {
  const [reason, ...others] = step.reasons;
  if (!reason || others.length > 0 || reason.subject === undefined || reason.before === undefined || reason.after === undefined) return why;
  return (
    <>
      {reason.code === 'input-changed' ? 'Parameter ' : ''}
      <span className="pw-mono">{reason.subject}</span> <del>{reason.before}</del> → <b className="pw-semi">{reason.after}</b>
    </>
  );
}

/** What a run that is still going completes can be reused by this one. */
function UnfinishedRun() {
  const runId = useEditorState((state) => state.attachedRun);
  const summary = useRunSummary(runId);
  if (!summary || isRunEnded(summary.status)) return null;
  return (
    <p className={classes.notice} data-tone="info">
      <IconInfoCircle size={15} stroke={1.8} aria-hidden />
      <span>
        <b className="pw-med">Run {runId} is still going.</b> What it completes before this run gets there is reused.
      </span>
    </p>
  );
}

function Problems({ problems, onJump }: { readonly problems: readonly Problem[]; readonly onJump: () => void }) {
  const editor = useEditor();
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  return (
    <div className={classes.blocked}>
      <p className={classes.notice} data-tone="error" role="alert">
        <IconAlertTriangle size={15} stroke={1.8} aria-hidden />
        <b className="pw-med">{countOf(problems.length, 'problem')} to solve before it can run</b>
      </p>
      <ul className={classes.planRows}>
        {problems.map((problem, index) => (
          <li key={index} className={classes.blockedRow} data-problem={problem.code}>
            <span className="pw-grow">{problem.message}</span>
            {problem.step !== undefined && (
              <button
                type="button"
                className="pw-link"
                onClick={() => {
                  onJump();
                  editor.store.getState().select({ steps: [problem.step ?? ''] });
                }}
              >
                Show
              </button>
            )}
            {problem.fix?.ops && !isReadOnly && (
              <button type="button" className="pw-link" onClick={() => applyFix(editor, problem)}>
                {problem.fix.text}
              </button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
