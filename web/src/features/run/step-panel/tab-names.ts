import type { ResolvedStep } from '@pipewright/shared/run/run-snapshot.ts';

const tabNames = ['trials', 'logs', 'metrics', 'outputs', 'parameters', 'why'] as const;
export type TabName = (typeof tabNames)[number];

export const tabTitles = {
  trials: 'Trials',
  logs: 'Logs',
  metrics: 'Metrics',
  outputs: 'Outputs',
  parameters: 'Parameters',
  why: 'Why',
} as const satisfies Record<TabName, string>;

export const isTabName = (text: string): text is TabName => tabNames.some((name) => name === text);

/** Only a sweep has trials. */
export const tabsOf = ({ control }: Pick<ResolvedStep, 'control'>): readonly TabName[] =>
  control?.sweep ? tabNames : tabNames.filter((name) => name !== 'trials');
