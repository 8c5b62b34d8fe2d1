import { describe, expect, it } from 'vitest';
import { DataType, ScalarType, type PortType } from './port-type.ts';
import { describeRefusal, isToleratedInFiles, whyNotConnect } from './why-not-connect.ts';

const types: readonly PortType[] = [...DataType.options, ...ScalarType.options];

/** What each type may feed besides itself. */
const feeds: Readonly<Record<PortType, readonly PortType[]>> = {
  uri_file: [],
  uri_folder: ['path'],
  path: ['uri_folder'],
  mltable: ['uri_folder', 'path'],
  mlflow_model: ['uri_folder', 'path', 'custom_model'],
  custom_model: ['uri_folder', 'path'],
  triton_model: ['uri_folder', 'path'],
  string: [],
  boolean: ['string'],
  number: ['string'],
  integer: ['number', 'string'],
};

describe('whyNotConnect', () => {
  it.each(types)('lets %s feed what the table says and nothing else', (from) => {
    const allowed = types.filter((to) => whyNotConnect({ type: from }, { type: to }) === null);
    expect(allowed.toSorted()).toEqual([from, ...feeds[from]].toSorted());
  });

  it('wants the kinds of custom models to agree', () => {
    const untrained = { type: 'custom_model', kind: 'untrained_model' } as const;
    expect(whyNotConnect(untrained, untrained)).toBeNull();
    expect(whyNotConnect(untrained, { type: 'custom_model' })).toBeNull();
    const refusal = whyNotConnect({ type: 'custom_model', kind: 'transformation' }, untrained);
    expect(refusal && describeRefusal(refusal)).toBe('it gives a transformation, the input takes an untrained model');
    expect(whyNotConnect({ type: 'custom_model' }, untrained)).toMatchObject({ code: 'kind-mismatch' });
  });

  it('tolerates in files what differs only in the type of data', () => {
    const tolerated = (from: PortType, to: PortType): boolean => {
      const refusal = whyNotConnect({ type: from }, { type: to });
      return refusal !== null && isToleratedInFiles(refusal);
    };
    expect(tolerated('uri_file', 'mltable')).toBe(true);
    expect(tolerated('uri_file', 'string')).toBe(false);
    expect(tolerated('number', 'uri_folder')).toBe(false);
  });
});
