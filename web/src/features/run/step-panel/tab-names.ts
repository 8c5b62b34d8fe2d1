export const tabNames = ['logs', 'metrics', 'outputs', 'parameters', 'why'] as const;
export type TabName = (typeof tabNames)[number];

export const tabTitles = {
  logs: 'Logs',
  metrics: 'Metrics',
  outputs: 'Outputs',
  parameters: 'Parameters',
  why: 'Why',
} as const satisfies Record<TabName, string>;

export const isTabName = (text: string): text is TabName => tabNames.some((name) => name === text);
