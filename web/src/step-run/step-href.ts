interface StepPlace {
  readonly run: string;
  readonly step: string;
  /** Unless said, what the step is about: its log, its trials, its items. */
  readonly tab?: string;
}

/** Where a step of a run is shown; its key may hold `/`. */
export const stepHref = ({ run, step, tab }: StepPlace): string => `/runs/${run}/steps/${encodeURIComponent(step)}${tab === undefined ? '' : `/${tab}`}`;
