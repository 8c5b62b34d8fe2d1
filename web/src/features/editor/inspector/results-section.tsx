import { isStepEnded } from '@pipewright/shared/run/status.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { memo } from 'react';
import { metricsQuery } from '../../../api/step-runs.ts';
import { useStepRun } from '../../../realtime/run-store.ts';
import { countOf, formatMetric } from '../../../ui/format/number.ts';
import { Section } from '../../../ui/panels/section.tsx';
import { useEditorState } from '../store/editor-context.tsx';
import classes from './inspector.module.css';

/** A step logs metrics over HTTP, not over our events: while it runs they are asked for at this pace. */
const askEveryMs = 1500;

/** What the step measured in the attached run; nothing when it measured nothing. */
export const ResultsSection = memo(function ResultsSection({ stepKey }: { readonly stepKey: string }) {
  const runId = useEditorState((state) => state.attachedRun);
  const run = useStepRun(runId, stepKey);
  const hasStarted = run !== undefined && (run.attempts > 0 || run.status === 'reused');
  const isOver = run !== undefined && isStepEnded(run.status);
  const { data } = useQuery({
    ...metricsQuery({ run: runId ?? '', step: stepKey }),
    enabled: runId !== null && hasStarted,
    staleTime: isOver ? 30_000 : 0,
    refetchInterval: isOver ? false : askEveryMs,
  });
  const metrics = data?.metrics ?? [];
  if (runId === null || metrics.length === 0) return null;
  return (
    <Section title="Metrics" summary={`${countOf(metrics.length, 'metric')} in run ${runId}`}>
      <dl className={classes.facts}>
        {metrics.map(({ name, last }) => (
          <MetricLine key={name} name={name} last={last} />
        ))}
      </dl>
      <p className="pw-sm" style={{ marginTop: 6 }}>
        <Link className="pw-link" to={`/runs/${runId}/steps/${encodeURIComponent(stepKey)}/metrics`}>
          Curves and parameters
        </Link>
      </p>
    </Section>
  );
});

function MetricLine({ name, last }: { readonly name: string; readonly last: number | null }) {
  return (
    <>
      <dt className="pw-clip" title={name}>
        {name}
      </dt>
      <dd className="pw-num pw-semi" data-metric={name}>
        {formatMetric(last)}
      </dd>
    </>
  );
}
