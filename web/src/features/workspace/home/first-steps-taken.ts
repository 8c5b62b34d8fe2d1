import type { DraftSummary } from '@pipewright/shared/http/drafts.ts';
import type { RunSummary } from '@pipewright/shared/run/run.ts';

export interface FirstStep {
  readonly title: string;
  readonly isTaken: boolean;
  /** Where it can be taken. */
  readonly to: string;
}

interface FirstStepsFacts {
  readonly drafts: readonly DraftSummary[];
  readonly runs: readonly RunSummary[];
  readonly publishedCount: number;
  /** Steps that leave no trace on the server, by name. */
  readonly taken: Readonly<Record<string, boolean>>;
}

/** What a newcomer does in the first minutes, each with whether it was done and where to do it. */
export function firstSteps({ drafts, runs, publishedCount, taken }: FirstStepsFacts): FirstStep[] {
  const [draft] = drafts;
  const [run] = runs;
  const toDraft = draft ? `/drafts/${draft.id}` : '/gallery';
  const toRun = run ? `/runs/${run.id}` : toDraft;
  const isPartial = ({ counts }: RunSummary): boolean => (counts.reused ?? 0) > 0 && (counts.completed ?? 0) > 0;
  return [
    { title: 'Clone or import a pipeline', isTaken: drafts.length > 0, to: '/gallery' },
    { title: 'Run it', isTaken: runs.length > 0, to: toDraft },
    { title: 'Change a parameter, run again', isTaken: runs.some(isPartial), to: toDraft },
    { title: 'See why a step was reused', isTaken: taken['why'] === true, to: toRun },
    { title: 'Preview data on a port', isTaken: taken['preview'] === true, to: toRun },
    { title: 'Publish a pipeline', isTaken: publishedCount > 0, to: toDraft },
  ];
}
