import { expect, it } from 'vitest';
import { peopleOf } from './presence.ts';

it('counts the windows of a person as one person, in the order in which they came', () => {
  const window = (name: string, id: string) => ({ window: id, name, steps: [] });
  const people = peopleOf([window('Grace', '1'), window('Ada', '2'), window('Grace', '3')]);
  expect(people.map(({ name, windows }) => [name, windows.map((one) => one.window)])).toEqual([
    ['Grace', ['1', '3']],
    ['Ada', ['2']],
  ]);
});
