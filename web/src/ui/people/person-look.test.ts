import { expect, it } from 'vitest';
import { initialsOf, personColour } from './person-look.ts';

it('shortens a name to the first letters of its first and last word', () => {
  expect(['Ada Lovelace', 'ada', 'grace.b.hopper', '  Élodie  ', '李 小龙', ''].map(initialsOf)).toEqual(['AL', 'A', 'GH', 'É', '李小', '']);
});

it('gives a name the same colour whatever its case, and names several', () => {
  expect(personColour('Ada')).toBe(personColour('ada'));
  const names = ['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara', 'Donald', 'Radia', 'Ken'];
  expect(new Set(names.map(personColour)).size).toBeGreaterThan(4);
});
