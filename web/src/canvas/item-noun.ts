import type { Step } from '@pipewright/shared/pipeline/step.ts';
import type { ResolvedControl } from '@pipewright/shared/run/run-snapshot.ts';

/** What a loop consists of. */
export type ItemNoun = 'item' | 'trial' | 'round';

export const itemTitles = { item: 'Item', trial: 'Trial', round: 'Round' } as const satisfies Record<ItemNoun, string>;

export const itemNounOf = (step: Pick<Step, 'trial' | 'repeat' | 'type'>): ItemNoun =>
  step.trial !== undefined ? 'trial' : step.repeat !== undefined || step.type === 'do_while' ? 'round' : 'item';

/** The same of a step as it ran. */
export const itemNounIn = (control: ResolvedControl | undefined): ItemNoun => (control?.sweep ? 'trial' : control?.repeat ? 'round' : 'item');
