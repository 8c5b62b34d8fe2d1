import type { DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { expect, it } from 'vitest';
import { emptyContent } from '../testing/edits-at-random.ts';
import { together, withConflicts, withoutRefusal, withRefusal } from './review-edits.ts';

const set = (field: string, value: string): DraftOp => ({ op: 'pipeline.setMeta', field, value });
const over = (field: string, mine: string, theirs: string) => ({ op: set(field, mine), theirs: set(field, theirs), by: 'they' });
const lost = { op: set('description', 'x'), message: 'gone', by: null, step: null };

it('has one report of a place, the last one, and what was lost beside it', () => {
  const first = withConflicts(null, { lost: [lost], overridden: [over('name', 'a', 'b'), over('description', 'c', 'd')] }, emptyContent);
  const second = withConflicts(first, { lost: [], overridden: [over('name', 'a', 'later')] }, emptyContent);
  expect(second?.overridden).toEqual([over('description', 'c', 'd'), over('name', 'a', 'later')]);
  expect(second?.lost).toHaveLength(1);
});

it('is nothing where there is nothing to look at', () => {
  expect(together(null, { lost: [], overridden: [], mine: emptyContent })).toBeNull();
  const refused = withRefusal(null, 'never', emptyContent);
  expect(withoutRefusal(refused)).toBeNull();
  expect(together(refused, { lost: [], overridden: [], mine: emptyContent })).toBe(refused);
});

it('keeps what was lost beside a refusal, and after it', () => {
  const before = together(null, { lost: [lost], overridden: [], mine: emptyContent });
  const refused = withRefusal(before, 'never', { ...emptyContent, text: 'newer' });
  expect(refused).toMatchObject({ lost: [lost], refusal: 'never', mine: { text: 'newer' } });
  expect(withoutRefusal(refused)).toMatchObject({ lost: [lost], refusal: null });
});
