import type { ResolvedControl, ResolvedStep } from '@pipewright/shared/run/run-snapshot.ts';
import { itemNounIn } from '../canvas/item-noun.ts';

const loopTabs = ['trials', 'items', 'rounds'] as const;
const tabNames = [...loopTabs, 'logs', 'metrics', 'outputs', 'parameters', 'why'] as const;
export type TabName = (typeof tabNames)[number];

export const tabTitles = {
  trials: 'Trials',
  items: 'Items',
  rounds: 'Rounds',
  logs: 'Logs',
  metrics: 'Metrics',
  outputs: 'Outputs',
  parameters: 'Parameters',
  why: 'Why',
} as const satisfies Record<TabName, string>;

export const isTabName = (text: string): text is TabName => tabNames.some((name) => name === text);

/** What a loop consists of has a tab of its own. */
export const tabsOf = ({ control }: Pick<ResolvedStep, 'control'>): readonly TabName[] => {
  const own = loopTabOf(control);
  return tabNames.filter((name) => name === own || !loopTabs.some((tab) => tab === name));
};

function loopTabOf(control: ResolvedControl | undefined): TabName | null {
  const isLoop = control !== undefined && (control.forEach !== null || control.repeat !== undefined || control.sweep !== undefined);
  return isLoop ? `${itemNounIn(control)}s` : null;
}
