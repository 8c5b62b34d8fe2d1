import { describe, expect, it } from 'vitest';
import type { PlannedStep } from '@pipewright/shared/run/plan.ts';
import type { StepStrip } from '../../../canvas/step-strip.ts';
import { draftStrip, type StripFacts } from './draft-strip.ts';
import { plainStripFacts } from '../testing/plain-strip-facts.ts';

const plain = plainStripFacts;
const planned = (decision: PlannedStep['decision'], text: string, code: PlannedStep['reasons'][number]['code'] = 'input-changed'): PlannedStep => ({
  key: 'train',
  displayName: 'Train',
  decision,
  reasons: [{ code, text }],
  donor: decision === 'reuse' ? { run: '38', step: 'train' } : null,
  expectedMs: null,
});
const ran: StepStrip = { status: 'completed', look: 'completed', word: 'Completed', detail: '193 × 25', isDetailCode: false, time: null };
const said = (facts: Partial<StripFacts>): string => {
  const { word, detail } = draftStrip({ ...plain, ...facts });
  return `${word} · ${detail}`;
};

describe('what a step of a draft says of itself', () => {
  it('is what the next run does with it, and why', () => {
    const cause = { text: 'fraction 0.70 → 0.75', origin: null };
    expect(said({ planned: planned('run', ''), cause })).toBe('Will run · fraction 0.70 → 0.75');
    expect(draftStrip({ ...plain, planned: planned('run', ''), cause: { text: 'because Split changes', origin: 'split' } })).toMatchObject({ origin: 'split' });
    expect(said({ planned: planned('reuse', 'same') })).toBe('Will reuse · from run 38');
    expect(said({ run: { id: '42', strip: ran }, planned: planned('run', ''), cause, isStale: true })).toBe('Will run · fraction 0.70 → 0.75');
    expect(said({ run: { id: '42', strip: ran }, planned: planned('run', ''), cause, change: 'changed' })).toBe('Will run · fraction 0.70 → 0.75');
    expect(said({ run: { id: '42', strip: ran }, planned: planned('reuse', 'same'), isSuperseded: true })).toBe('Will reuse · from run 38');
  });

  it('is what came of it while nothing has changed', () => {
    expect(said({ run: { id: '42', strip: ran }, planned: planned('reuse', 'same') })).toBe('Completed · 193 × 25');
  });

  it('tells a step that the run never knew from one that it left out', () => {
    expect(said({ run: { id: '42', strip: null }, change: 'added', planned: planned('run', 'never ran before') })).toBe('Not run · added after run 42');
    expect(said({ run: { id: '42', strip: null } })).toBe('Not run · not part of run 42');
    expect(said({ run: { id: '42', strip: null }, planned: planned('reuse', 'same') })).toBe('Will reuse · from run 38');
  });
});
