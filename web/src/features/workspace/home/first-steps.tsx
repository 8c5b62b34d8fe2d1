import { ActionIcon, Tooltip } from '@mantine/core';
import { IconCircleCheckFilled, IconCircleDashed, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { draftsQuery } from '../../../api/drafts.ts';
import { pipelinesQuery } from '../../../api/pipelines.ts';
import { recentRunsQuery } from '../../../api/runs.ts';
import { usePreferences } from '../../../ui/preferences.ts';
import classes from '../workspace.module.css';
import { firstSteps } from './first-steps-taken.ts';

/** A short list for the first day; gone for good when dismissed or done. */
export function FirstSteps() {
  const isHidden = usePreferences((state) => state.areFirstStepsHidden);
  const taken = usePreferences((state) => state.firstSteps);
  const hide = usePreferences((state) => state.hideFirstSteps);
  const drafts = useQuery(draftsQuery()).data;
  const runs = useQuery(recentRunsQuery()).data;
  const published = useQuery(pipelinesQuery()).data;
  if (isHidden || !drafts || !runs || !published) return null;
  const steps = firstSteps({ drafts, runs, publishedCount: published.length, taken });
  const takenCount = steps.filter((step) => step.isTaken).length;
  if (takenCount === steps.length) return null;
  return (
    <section className={`pw-card ${classes.firstSteps}`} aria-label="First steps">
      <div className="pw-row">
        <strong className="pw-semi">First steps</strong>
        <span className="pw-sm pw-muted pw-num">
          {takenCount} of {steps.length}
        </span>
        <Tooltip label="Hide first steps">
          <ActionIcon aria-label="Hide first steps" onClick={hide} ml="auto">
            <IconX size={14} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
      </div>
      <ol className={classes.firstStepsList}>
        {steps.map((step) => (
          <li key={step.title} className={classes.firstStep}>
            {step.isTaken ? (
              <>
                <IconCircleCheckFilled size={15} className={classes.firstStepDone} aria-label="Done:" />
                {step.title}
              </>
            ) : (
              <>
                <IconCircleDashed size={15} stroke={1.8} aria-hidden />
                <Link to={step.to} className="pw-link">
                  {step.title}
                </Link>
              </>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
