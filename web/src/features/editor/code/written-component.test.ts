import { CommandComponent } from '@pipewright/shared/component/leaf-component.ts';
import { expect, it } from 'vitest';
import { changesOf, rebasedOn, renamesIn, writtenOf } from './written-component.ts';

const componentWith = (inputs: object): CommandComponent => CommandComponent.parse({ command: 'true', inputs });

it('a component that was written on while a version of it was made is written of that version', () => {
  const sent = writtenOf(componentWith({ rate: { type: 'number' } }));
  const named = (name: string) => ({ ...sent, ports: sent.ports.map((port) => ({ ...port, name })) });
  const made = componentWith({ speed: { type: 'number' } });
  const since = rebasedOn(made, named('pace'), named('speed'));
  expect([...renamesIn(since)]).toEqual([['inputs speed', 'pace']]);
  expect(changesOf(made, since)).toEqual({ inputs: { pace: { type: 'number' } } });
  expect(changesOf(made, rebasedOn(made, named('speed'), named('speed')))).toBeNull();
});
