// @vitest-environment node
import type { Reason } from '@pipewright/shared/run/reason.ts';
import { describe, expect, it } from 'vitest';
import { aRun, waitingStep } from '../testing/run-builders.ts';
import { comparedParts } from './compared-parts.ts';

const step = aRun([waitingStep('load'), waitingStep('train')]).snapshot.steps['train'];
const reason = (over: Pick<Reason, 'code'> & Partial<Reason>): Reason => ({ text: over.code, ...over });

describe('comparedParts', () => {
  it('splits what differs from what is the same as in the nearest run', () => {
    if (!step) throw new Error('Internal error: expected the step');
    const { differing, same, against } = comparedParts(step, [reason({ code: 'input-changed', subject: 'rate', run: '41' })]);
    expect(differing).toEqual(['Parameter rate']);
    expect(same).toEqual(['Command', 'Interface', 'Environment', 'Data in table', 'Outputs', 'Compute']);
    expect(against).toBe('41');
  });

  it('finds everything the same in a reused step', () => {
    if (!step) throw new Error('Internal error: expected the step');
    expect(comparedParts(step, [reason({ code: 'same', run: '41' })]).differing).toEqual([]);
  });

  it('compares nothing when there was nothing to compare with', () => {
    if (!step) throw new Error('Internal error: expected the step');
    expect(comparedParts(step, [reason({ code: 'never-ran' })])).toEqual({ differing: [], same: [], against: null });
  });
});
