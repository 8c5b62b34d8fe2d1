import type { Run } from '@pipewright/shared/http/runs.ts';
import type { StepFailure } from '@pipewright/shared/run/step-failure.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { useMemo } from 'react';
import { useMyName } from '../api/workspace.ts';
import { itemNounIn } from '../canvas/item-noun.ts';
import { stripOfRun } from '../canvas/step-strip.ts';
import { StatusWord } from '../ui/status/status-word.tsx';
import { StepTime } from './step-time.tsx';
import classes from './step-run.module.css';
import { UsageLine } from './usage-line.tsx';

interface StepStandingProps {
  readonly run: Run;
  readonly stepRun: StepRun;
}

/** The status with its cause; of a failure the whole story, in the order a person asks. */
export function StepStanding({ run, stepRun }: StepStandingProps) {
  const me = useMyName();
  const detail = useMemo(() => {
    const titleOf = (step: string): string => run.snapshot.steps[step]?.displayName ?? step;
    const itemNoun = itemNounIn(run.snapshot.steps[stepRun.key]?.control);
    return stripOfRun(stepRun, { titleOf, waitsFor: [], itemNoun, ahead: 0, me }).detail;
  }, [run, stepRun, me]);
  const failure = 'failure' in stepRun ? stepRun.failure : null;
  return (
    <div className={classes.standing} data-st={stepRun.status}>
      <div className="pw-row pw-sm">
        <StatusWord status={stepRun.status} />
        {!failure && <span className="pw-t2 pw-clip">{detail}</span>}
        <span className="pw-t2 pw-num" style={{ marginLeft: 'auto' }}>
          <StepTime step={stepRun} />
        </span>
      </div>
      {failure && <Failure failure={failure} />}
      {stepRun.usage && <UsageLine usage={stepRun.usage} />}
    </div>
  );
}

function Failure({ failure }: { readonly failure: StepFailure }) {
  const ending = failure.exitCode !== undefined ? `exit code ${failure.exitCode}` : failure.signal !== undefined ? `signal ${failure.signal}` : null;
  // What the engine says itself is a sentence, and no line of a log.
  const isQuoted = failure.firstError !== undefined && failure.firstError !== failure.message;
  return (
    <div className={classes.failureBox} role="group" aria-label="Failure">
      {isQuoted && <p className={classes.firstError}>{failure.firstError}</p>}
      <p className="pw-sm">
        {failure.message}
        {ending !== null && !failure.message.includes(ending) && <span className="pw-muted"> ({ending})</span>}
      </p>
      {failure.lastLines.length > 0 && (
        <details>
          <summary className="pw-xs pw-t2">Last lines</summary>
          <pre className={classes.lastLines}>{failure.lastLines.join('\n')}</pre>
        </details>
      )}
    </div>
  );
}
