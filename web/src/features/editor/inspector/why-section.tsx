import type { PlannedStep } from '@pipewright/shared/run/plan.ts';
import type { Reason } from '@pipewright/shared/run/reason.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { Link } from 'react-router';
import { memo } from 'react';
import { useStepRun } from '../../../realtime/run-store.ts';
import { Section } from '../../../ui/panels/section.tsx';
import { causeOf } from '../model/run-cause.ts';
import { useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';
import classes from './inspector.module.css';

/** Why the step ran or was reused, and what the next run will do with it. */
export const WhySection = memo(function WhySection({ stepKey }: { readonly stepKey: string }) {
  const runId = useEditorState((state) => state.attachedRun);
  const run = useStepRun(runId, stepKey);
  const planned = useDerived((derived) => derived.plannedOf.get(stepKey) ?? null);
  const origin = useDerived(({ plannedOf, stale }) => (planned && planned.decision !== 'reuse' ? causeOf(planned, plannedOf, stale).origin : null));
  const reasons = run && 'reasons' in run ? (run.reasons ?? []) : [];
  if (reasons.length === 0 && !planned) {
    return (
      <Section title="Why" summary="not decided yet">
        <p className="pw-sm pw-muted">It is decided when the pipeline is planned: fix what is wrong with it, and the plan says here what will run and why.</p>
      </Section>
    );
  }
  const summary = run && reasons.length > 0 && runId !== null ? sayRun(run, runId) : planned ? sayPlan(planned) : '';
  return (
    <Section title="Why" summary={summary}>
      {run && reasons.length > 0 && runId !== null && (
        <>
          <p className="pw-sm pw-t2">
            {run.status === 'reused' ? 'It was reused in ' : 'It ran in '}
            <Link className="pw-link" to={`/runs/${runId}/steps/${encodeURIComponent(stepKey)}/why`}>
              run {runId}
            </Link>
            {run.status === 'reused' ? ` from run ${run.donor.run}:` : ':'}
          </p>
          <Reasons reasons={reasons} isChange={run.status !== 'reused'} />
        </>
      )}
      {planned && (
        <>
          <p className="pw-sm pw-t2" style={{ marginTop: 10 }}>
            The next run will <b className="pw-semi">{planned.decision === 'run-or-reuse' ? 'run or reuse' : planned.decision}</b> it
            {planned.donor ? ` from run ${planned.donor.run}` : ''}:
          </p>
          <Reasons reasons={planned.reasons} isChange={planned.decision !== 'reuse'} />
          {origin !== null && <OriginLine origin={origin} />}
        </>
      )}
    </Section>
  );
});

/** Where the change is that this one follows from. */
function OriginLine({ origin }: { readonly origin: string }) {
  const { store } = useEditor();
  const title = useDerived((derived) => derived.plannedOf.get(origin)?.displayName ?? origin);
  const { point, select } = store.getState();
  return (
    <p className="pw-sm pw-t2" style={{ marginTop: 6 }}>
      The change is in{' '}
      <button
        type="button"
        className="pw-link"
        style={{ border: 0, padding: 0, background: 'none', cursor: 'pointer' }}
        onPointerEnter={() => point(origin)}
        onPointerLeave={() => point(null)}
        onClick={() => {
          point(null);
          select({ steps: [origin.split('/')[0] ?? origin] });
        }}
      >
        {title}
      </button>
      .
    </p>
  );
}

function Reasons({ reasons, isChange }: { readonly reasons: readonly Reason[]; readonly isChange: boolean }) {
  return reasons.map((reason, index) => (
    <div key={index} className={classes.reason} data-change={isChange || undefined} data-reason={reason.code}>
      <span>
        {reason.subject !== undefined && (reason.before !== undefined || reason.after !== undefined) ? (
          <span className="pw-mono">{reason.subject}</span>
        ) : (
          reason.text
        )}
      </span>
      {(reason.before !== undefined || reason.after !== undefined) && (
        <span className="pw-num">
          {reason.before !== undefined && <s>{reason.before}</s>} → <b className="pw-semi">{reason.after ?? 'nothing'}</b>
        </span>
      )}
    </div>
  ));
}

const sayRun = (run: StepRun, runId: string): string => (run.status === 'reused' ? `reused in run ${runId}` : `ran in run ${runId}`);
const sayPlan = ({ decision }: PlannedStep): string => (decision === 'reuse' ? 'will be reused' : decision === 'run' ? 'will run' : 'may be reused');
