import { describe, expect, it } from 'vitest';
import { pipelineInputValue } from './pipeline-input-value.ts';

describe('pipelineInputValue', () => {
  it.each([
    ['a literal', 7, { type: 'integer', value: { kind: 'literal', value: 7 } }],
    ['a fraction', 0.5, { type: 'number', value: { kind: 'literal', value: 0.5 } }],
    ['data', { type: 'uri_file', path: './a.csv' }, { type: 'uri_file', value: { kind: 'data', reference: { path: './a.csv' } } }],
    ['data of no stated type', { path: './a' }, { type: 'uri_folder', value: { kind: 'data' } }],
    ['a declaration with a default', { type: 'number', default: 3 }, { type: 'number', value: { kind: 'literal', value: 3 } }],
    [
      'a declaration of data with a default',
      { type: 'uri_file', default: './a.csv' },
      { type: 'uri_file', value: { kind: 'data', reference: { path: './a.csv' } } },
    ],
    ['a declaration without a value', { type: 'mltable' }, { type: 'mltable', value: null, isOptional: false }],
    ['an optional declaration', { type: 'string', optional: true }, { type: 'string', value: null, isOptional: true }],
    ['nothing', null, { type: null, value: null }],
  ] as const)('reads %s', (_what, input, expected) => {
    expect(pipelineInputValue(input)).toMatchObject(expected);
  });
});
