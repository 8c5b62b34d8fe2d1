import { isStepEnded } from '@pipewright/shared/run/status.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { IconHourglass, IconTableOff } from '@tabler/icons-react';
import { EmptyState } from '../ui/feedback/empty-state.tsx';
import { statusWord } from '../ui/status/status-looks.ts';

interface MissingOutputProps {
  readonly stepRun: StepRun | undefined;
  readonly title: string;
}

/** Why there is nothing to see yet, and when there will be. */
export function MissingOutput({ stepRun, title }: MissingOutputProps) {
  if (!stepRun) {
    return <EmptyState icon={IconTableOff} title="No data yet" hint={`Run the pipeline, and what ${title} puts out shows here.`} />;
  }
  if (isStepEnded(stepRun.status)) {
    return (
      <EmptyState icon={IconTableOff} title="There is no output" hint={`${title} ended ${statusWord(stepRun.status).toLowerCase()} and put nothing out.`} />
    );
  }
  return (
    <EmptyState
      icon={IconHourglass}
      title="Not there yet"
      hint={`${title} is ${statusWord(stepRun.status).toLowerCase()}. Its data shows here as soon as it is done.`}
    />
  );
}
