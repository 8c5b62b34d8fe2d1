import { expect, it } from 'vitest';
import { activityLines } from './activity-lines.ts';

const place = (op: string, step: string | null, name: string | null = null) => ({ op, step, name });

it('tells what was changed by the step it is of, each once', () => {
  const places = [
    place('step.setInput', 'split', 'fraction'),
    place('layout.move', 'split'),
    place('step.setField', 'split', 'display_name'),
    place('pipeline.setMeta', null, 'description'),
    place('pipeline.setInput', null, 'seed'),
    place('pipeline.other', null, null),
  ];
  expect(activityLines(places)).toEqual([
    { step: 'split', words: ['fraction', 'its place', 'name'] },
    { step: null, words: ['description', 'input seed', 'something else'] },
  ]);
});

it('of a step that came or went says only that', () => {
  const lines = activityLines([place('step.setInput', 'a', 'x'), place('step.add', 'a'), place('step.remove', 'b'), place('layout.move', 'b')]);
  expect(lines).toEqual([
    { step: 'a', words: ['added'] },
    { step: 'b', words: ['removed'] },
  ]);
});
