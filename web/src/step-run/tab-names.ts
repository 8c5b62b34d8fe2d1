import { isLoop, type ResolvedControl, type ResolvedStep, type RunSnapshot } from '@pipewright/shared/run/run-snapshot.ts';
import { itemNounIn } from '../canvas/item-noun.ts';
import { stepOfKey, workerOf } from './step-of-key.ts';

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

const isTabName = (text: string): text is TabName => tabNames.some((name) => name === text);

/** What a loop consists of has a tab of its own. */
export const tabsOf = ({ control }: Pick<ResolvedStep, 'control'>): readonly TabName[] => {
  const own = loopTabOf(control);
  return tabNames.filter((name) => name === own || !loopTabs.some((tab) => tab === name));
};

const loopTabOf = (control: ResolvedControl | undefined): TabName | null => (isLoop(control) ? `${itemNounIn(control)}s` : null);

/** The one that was chosen, if the step has it; else its trials or items, for these are what it is about, or its log. */
export function shownTab(step: Pick<ResolvedStep, 'control'>, chosen: string | null): TabName {
  const tabs = tabsOf(step);
  return chosen !== null && isTabName(chosen) && tabs.includes(chosen) ? chosen : (tabs[0] ?? 'logs');
}

/** With which tab a step is opened; a pipeline inside the run has none, and keeps what was chosen for the steps after it. */
export function openingTab(snapshot: RunSnapshot, key: string, chosen: string | null): string {
  const step = stepOfKey(snapshot, workerOf(snapshot, key));
  return step ? shownTab(step, chosen) : (chosen ?? 'logs');
}

/** What a person has chosen: a tab other than the one with which the step opens. */
export function chosenTab(snapshot: RunSnapshot, key: string | null, tab: string | null): string | null {
  return key === null || tab === openingTab(snapshot, key, null) ? null : tab;
}
