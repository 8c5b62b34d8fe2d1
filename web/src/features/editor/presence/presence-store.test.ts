import { expect, it, vi } from 'vitest';
import { nameOf, placeOf, stepsOf } from './place-words.ts';
import { createPresenceStore } from './presence-store.ts';

const grace = { window: 'g', name: 'Grace', steps: ['train'] };
const ada = { window: 'a', name: 'Ada', steps: ['train', 'score'] };

it('knows by step who has it selected, and keeps the list of a step that nothing has changed for', () => {
  const presence = createPresenceStore();
  presence.takeOver([grace, ada]);
  const before = presence.getState().namesAt;
  expect(Object.fromEntries(before)).toEqual({ train: ['Grace', 'Ada'], score: ['Ada'] });
  const heard = vi.fn();
  presence.subscribe(heard);
  presence.takeOver([grace, { ...ada, steps: ['train'] }]);
  expect(heard).toHaveBeenCalledOnce();
  expect(presence.getState().namesAt.get('train')).toBe(before.get('train'));
  expect(presence.getState().namesAt.has('score')).toBe(false);
});

it('says once where a person of several windows is, and of oneself which window', () => {
  const presence = createPresenceStore();
  presence.takeOver([grace, { window: 'h', name: 'Grace', steps: ['score', 'gone'] }, { ...ada, steps: [] }]);
  const [first, second] = presence.getState().people;
  if (!first || !second) throw new Error('expected two people');
  const steps = stepsOf(first, (step) => step !== 'gone');
  expect([nameOf(first, 'Ada'), placeOf(steps, (step) => step)]).toEqual(['Grace, in 2 windows', 'at 2 steps']);
  expect([nameOf(second, 'Ada'), placeOf([], (step) => step)]).toEqual(['You, in another window', 'looks at the pipeline']);
  expect([nameOf(first, 'Grace'), placeOf(['train'], () => 'Train model')]).toEqual(['You, in 2 other windows', 'at Train model']);
});
