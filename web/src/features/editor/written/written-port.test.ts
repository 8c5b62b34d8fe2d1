import { InputDefinition, OutputDefinition } from '@pipewright/shared/component/ports.ts';
import { describe, expect, it } from 'vitest';
import { definitionOf, isRightPort, newPort, portOf, whatIsWrongWith, type WrittenPort } from './written-port.ts';

const input = (definition: object, change: Partial<WrittenPort> = {}): WrittenPort => ({
  ...portOf('inputs', 'rate', InputDefinition.parse(definition)),
  ...change,
});
const wrongOf = (port: WrittenPort) => Object.fromEntries(Object.entries(whatIsWrongWith(port, [port])).filter(([, why]) => why !== null));

describe('a port as it is written', () => {
  it.each([
    { type: 'number', default: 0.5, min: 0, max: 1, description: 'How fast', 'x-pipewright': { unit: '%' } },
    { type: 'boolean', default: 'True' },
    { type: 'string', default: '', optional: true },
    { type: 'string', default: null, optional: false, enum: ['a', 'b'] },
    { type: 'uri_file', default: './data.csv', mode: 'ro_mount' },
  ])('says what it was made of, as long as nothing is written: %j', (definition) => {
    expect(definitionOf(input(definition))).toEqual(definition);
    expect(definitionOf(input(definition, { name: 'other' }))).toEqual(definition);
    expect(wrongOf(input(definition))).toEqual({});
  });

  it('keeps what is not written, and of a default its spelling', () => {
    const definition = { type: 'string', default: '', 'x-pipewright': { format: 'sql' } };
    expect(definitionOf(input(definition, { description: ' Which ' }))).toEqual({ ...definition, description: 'Which' });
    expect(definitionOf(input({ type: 'uri_file', mode: 'ro_mount', default: './a.csv' }, { type: 'string', fallback: 'a' }))).toEqual({
      type: 'string',
      default: 'a',
    });
    expect(definitionOf(portOf('outputs', 'out', OutputDefinition.parse({ type: 'uri_file', mode: 'upload' })))).toEqual({ type: 'uri_file', mode: 'upload' });
  });

  it('reads numbers, truths and choices in its type, and only what the type has', () => {
    const typed = { fallback: '2', min: '1', max: '9', choices: ['1', '2'], isOptional: true };
    expect(definitionOf({ ...newPort('inputs', 'n', 'integer'), ...typed })).toEqual({ type: 'integer', default: 2, min: 1, max: 9, enum: [1, 2] });
    expect(definitionOf({ ...newPort('inputs', 'n', 'string'), ...typed })).toEqual({ type: 'string', default: '2', enum: ['1', '2'] });
    expect(definitionOf({ ...newPort('inputs', 'n', 'boolean'), ...typed, fallback: 'TRUE' })).toEqual({ type: 'boolean', default: true });
    expect(definitionOf({ ...newPort('inputs', 'n', 'uri_file'), ...typed })).toEqual({ type: 'uri_file', optional: true });
  });

  it('says what is wrong at the field', () => {
    const number = newPort('inputs', 'n', 'number');
    expect(wrongOf({ ...number, fallback: 'x', min: 'y', max: 'z', choices: ['1', 'two'] })).toEqual({
      fallback: 'That is no number',
      min: 'That is no number',
      max: 'That is no number',
      choices: 'two is no number',
    });
    expect(wrongOf({ ...number, fallback: '5', min: '3', max: '1' })).toEqual({ fallback: 'It must be between 3 and 1', max: 'Less than the least' });
    expect(wrongOf({ ...number, fallback: '5', choices: ['3'] })).toEqual({ fallback: 'Not among the choices' });
    expect(wrongOf({ ...number, name: 'home' })).toEqual({ name: 'home is a variable of every shell' });
    expect(wrongOf({ ...number, name: 'a b' })).toEqual({ name: 'Letters, digits and _ only, not beginning with a digit' });
    const twice = [number, { ...number, type: 'string' as const }];
    expect(twice.every((port) => isRightPort(whatIsWrongWith(port, [number, newPort('outputs', 'n', 'uri_file')])))).toBe(true);
    expect(whatIsWrongWith(number, twice).name).toBe('There is another one');
  });
});
