import { CommandComponent } from '@pipewright/shared/component/leaf-component.ts';
import { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { describe, expect, it } from 'vitest';
import { movesTo } from './version-moves.ts';

const component = (inputs: Record<string, string>): CommandComponent =>
  CommandComponent.parse({ command: 'true', inputs: Object.fromEntries(Object.entries(inputs).map(([name, type]) => [name, { type }])) });
const before = component({ a: 'number', b: 'uri_file' });
const document = Pipeline.parse({ jobs: { one: { component: 'azureml:c:1', inputs: { a: 1, b: './b.csv' } } } });
const to = (inputs: Record<string, string>, renames: [string, string][], chosen: [string, string | null][] = []) => {
  const replacement = { document, components: { 'azureml:c:1': before }, key: 'one', next: { reference: 'azureml:c:1', ports: component(inputs) } };
  return Object.fromEntries(movesTo(replacement, { renames: new Map(renames), chosen: new Map(chosen) }).map(({ name, to: goes }) => [name, goes]));
};

describe('where wires and values go in the version that was written', () => {
  it('is to the port under its new name, before any that only fits; what was chosen goes before both', () => {
    expect(to({ b: 'uri_file', speed: 'string' }, [['inputs a', 'speed']])).toEqual({ a: 'speed', b: 'b' });
    expect(to({ x: 'uri_file' }, [['inputs a', 'x']])).toEqual({ a: 'x', b: 'b' });
    expect(to({ b: 'uri_file', speed: 'number' }, [['inputs a', 'speed']], [['inputs a', null]])).toEqual({ a: null, b: 'b' });
  });
});
