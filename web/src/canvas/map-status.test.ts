import { expect, it } from 'vitest';
import { constantFact } from './fact.ts';
import type { StepNode } from './flow-graph.ts';
import { rememberedStatus } from './map-status.ts';
import type { StepStrip } from './step-strip.ts';

const failed: StepStrip = { status: 'failed', look: 'failed', word: 'Failed', detail: '', isDetailCode: false, time: null };
const box = { id: 'g', title: 'Model', color: undefined, steps: ['train'] };
// Nothing of the view is looked at.
const node = (data: Partial<StepNode['data']>) => ({ id: 'node', data: data as StepNode['data'] });

it('the map shows a step by its own status, and a collapsed group by the worst of its steps', () => {
  const statusOf = rememberedStatus({
    status: () => constantFact('running'),
    groups: { strip: (steps) => constantFact(steps === box.steps ? failed : { ...failed, status: 'none' }), isSelectable: true, expand: () => {} },
  });
  expect([statusOf(node({})), statusOf(node({ box }))]).toEqual(['running', 'failed']);
});
