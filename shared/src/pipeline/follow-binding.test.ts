import { describe, expect, it } from 'vitest';
import type { Binding } from '../expressions/binding.ts';
import { followBinding } from './follow-binding.ts';
import { Pipeline } from './pipeline.ts';

const given = (step: string, name: string): Binding => ({ source: 'step-input', step, name });

// b.from_a ──reads what──> a.data ──reads──> load.out          c.x <──> d.x
const document = Pipeline.parse({
  inputs: { rate: 1 },
  jobs: {
    load: { command: 'true', inputs: { file: { path: './x.csv' }, nothing: null }, outputs: { out: null } },
    a: { command: 'true', inputs: { data: '${{parent.jobs.load.outputs.out}}', rate: '${{parent.inputs.rate}}', n: 3, text: 'n-${{parent.inputs.rate}}' } },
    b: { command: 'true', inputs: { from_a: '${{parent.jobs.a.inputs.data}}' } },
    c: { command: 'true', inputs: { x: '${{parent.jobs.d.inputs.x}}' } },
    d: { command: 'true', inputs: { x: '${{parent.jobs.c.inputs.x}}' } },
  },
});

describe('followBinding', () => {
  it.each([
    ['through two inputs to an output', given('b', 'from_a'), { kind: 'step-output', step: 'load', name: 'out' }],
    ['to an input of the pipeline', given('a', 'rate'), { kind: 'pipeline-input', name: 'rate' }],
    ['to a literal', given('a', 'n'), { kind: 'content', step: 'a', name: 'n', content: { kind: 'literal', value: 3 } }],
    ['to data', given('load', 'file'), { kind: 'content', content: { kind: 'data' } }],
    ['to a text with bindings', given('a', 'text'), { kind: 'content', content: { kind: 'template' } }],
    ['to nothing where nothing stands', given('load', 'nothing'), { kind: 'content', content: { kind: 'absent' } }],
    ['to nothing where the input is not written down', given('load', 'toString'), { kind: 'content', content: { kind: 'absent' } }],
    ['no further than a circle', given('c', 'x'), { kind: 'circle' }],
    ['no further than a step that does not exist', given('constructor', 'x'), { kind: 'unknown-step', step: 'constructor' }],
  ])('goes %s', (_where, binding, source) => {
    expect(followBinding(document, binding)).toMatchObject(source);
  });
});
