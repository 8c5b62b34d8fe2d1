import { isSameButInputs } from '@pipewright/shared/graph/changed-values.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';

interface SectionProps {
  readonly stepKey?: string;
  readonly step: Step;
  readonly ports?: unknown;
}

/** For sections that show nothing of what goes into the step: while a parameter is typed they stay as they are. */
export const showsSame = (a: SectionProps, b: SectionProps): boolean => a.stepKey === b.stepKey && a.ports === b.ports && isSameButInputs(a.step, b.step);
