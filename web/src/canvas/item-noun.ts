import type { Step } from '@pipewright/shared/pipeline/step.ts';
import { splitItemKey } from '@pipewright/shared/run/item-key.ts';
import type { ResolvedControl } from '@pipewright/shared/run/run-snapshot.ts';

/** What a loop consists of. */
export type ItemNoun = 'item' | 'trial' | 'round';

const titles = { item: 'Item', trial: 'Trial', round: 'Round' } as const satisfies Record<ItemNoun, string>;

export const itemNounOf = (step: Pick<Step, 'trial' | 'repeat' | 'type'>): ItemNoun =>
  step.trial !== undefined ? 'trial' : step.repeat !== undefined || step.type === 'do_while' ? 'round' : 'item';

/** `Item 2`: which of them, by its key. */
export const itemTitle = (noun: ItemNoun, key: string): string => `${titles[noun]} ${itemNumber(key)}`;

/** All of them: `Items`. */
export const itemsTitle = (noun: ItemNoun): string => `${titles[noun]}s`;

/** Its number among them, from 1, as it stands in its key after that of the loop. */
export const itemNumber = (key: string): number => splitItemKey(key)?.number ?? Number.NaN;

/** The same of a step as it ran. */
export const itemNounIn = (control: ResolvedControl | undefined): ItemNoun => (control?.sweep ? 'trial' : control?.repeat ? 'round' : 'item');
