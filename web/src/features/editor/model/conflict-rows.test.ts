import { removeSteps } from '@pipewright/shared/draft/compound-ops.ts';
import type { DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { describe, expect, it } from 'vitest';
import { samplePipeline } from '../../../canvas/testing/sample-pipeline.ts';
import { applied } from '../testing/edits-at-random.ts';
import { conflictRows } from './conflict-rows.ts';
import { keepStep } from './kept-step.ts';
import { overriddenOps } from './overridden-ops.ts';

const start = samplePipeline();
const set = (step: string, input: string, value: number): DraftOp => ({ op: 'step.setInput', step, input, value });

describe('edits that met others', () => {
  it('of a step that is gone come back with it, as it stood here, and what read it reads it again', () => {
    const mine = applied(start, [set('train', 'rate', 0.5), set('train', 'rounds', 9)]);
    const now = applied(start, removeSteps(start, new Set(['train'])));
    const step = keepStep(mine, 'train');
    const lost = ['rate', 'rounds'].map((input) => ({ op: set('train', input, 1), message: 'there is no step train', by: 'Ada', step }));
    const [row, ...others] = conflictRows({ lost, overridden: [] }, now);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ step: 'train', field: 'rate, rounds', by: 'Ada', stands: 'theirs', theirs: 'removed the step' });
    const restored = applied(now, [...(row?.ways[0]?.ops ?? [])]);
    expect(restored.document.jobs['train']).toEqual(mine.document.jobs['train']);
    expect(restored.document.jobs['score']?.inputs['model']).toBe('${{parent.jobs.train.outputs.model}}');
    expect(restored.layout.steps['train']).toEqual(start.layout.steps['train']);
  });

  it('over somebody else’s stand until theirs is taken', () => {
    const overridden = overriddenOps(
      [set('train', 'rate', 0.5), set('train', 'same', 1)],
      [
        { op: set('train', 'rate', 0.7), by: 'Ada' },
        { op: set('train', 'same', 1), by: 'Ada' },
        { op: set('split', 'seed', 3), by: 'Ada' },
      ],
    );
    expect(overridden).toEqual([{ op: set('train', 'rate', 0.5), theirs: set('train', 'rate', 0.7), by: 'Ada' }]);
    const [row] = conflictRows({ lost: [], overridden }, start);
    expect(row).toMatchObject({ mine: '0.5', theirs: '0.7', stands: 'mine' });
    expect(row?.ways.map(({ label, ops }) => [label, ops])).toEqual([
      ['Keep mine', []],
      ['Take theirs', [set('train', 'rate', 0.7)]],
    ]);
  });

  it('about where a step stands, and about the text, ask nobody', () => {
    const move = (x: number): DraftOp => ({ op: 'layout.move', step: 'train', to: { x, y: 0 } });
    expect(
      overriddenOps(
        [move(8), { op: 'text.set', value: 'a' }],
        [
          { op: move(16), by: 'Ada' },
          { op: { op: 'text.set', value: 'b' }, by: 'Ada' },
        ],
      ),
    ).toEqual([]);
  });
});
