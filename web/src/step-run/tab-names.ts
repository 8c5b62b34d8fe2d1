import type { ResolvedStep } from '@pipewright/shared/run/run-snapshot.ts';

const tabNames = ['trials', 'items', 'logs', 'metrics', 'outputs', 'parameters', 'why'] as const;
export type TabName = (typeof tabNames)[number];

export const tabTitles = {
  trials: 'Trials',
  items: 'Items',
  logs: 'Logs',
  metrics: 'Metrics',
  outputs: 'Outputs',
  parameters: 'Parameters',
  why: 'Why',
} as const satisfies Record<TabName, string>;

export const isTabName = (text: string): text is TabName => tabNames.some((name) => name === text);

/** Only a sweep has trials, and only another loop items. */
export const tabsOf = ({ control }: Pick<ResolvedStep, 'control'>): readonly TabName[] =>
  tabNames.filter((name) =>
    name === 'trials' ? control?.sweep !== undefined : name === 'items' ? control?.forEach != null || control?.repeat !== undefined : true,
  );
