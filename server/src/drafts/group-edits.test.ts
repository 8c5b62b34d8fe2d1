import { describe, expect, it } from 'vitest';
import type { DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import type { DraftEdit } from '@pipewright/shared/http/drafts.ts';
import { groupEdits } from './group-edits.ts';

const minute = (number: number): string => `2026-01-01T00:${String(number).padStart(2, '0')}:00.000Z`;
const edit = (revision: number, at: number, ops: DraftOp[], by = 'Ada'): DraftEdit => ({
  revision,
  clientId: by,
  mutationId: `m${revision}`,
  by,
  at: minute(at),
  ops,
});
const set = (step: string, input: string): DraftOp => ({ op: 'step.setInput', step, input, value: 1 });
const nothing = { renames: [], breaks: [] };

describe('edits of a draft', () => {
  it('are told as one while the same person makes them without a long pause, and nothing else happens', () => {
    const edits = [
      edit(6, 40, [set('a', 'x')]),
      edit(5, 20, [set('a', 'x')]),
      edit(4, 12, [set('a', 'y')]),
      edit(3, 11, [set('b', 'x')], 'Grace'),
      edit(2, 1, [set('a', 'x')]),
    ];
    expect(groupEdits(edits, nothing).map(({ by, count, since, at }) => [by, count, since, at])).toEqual([
      ['Ada', 1, minute(40), minute(40)],
      ['Ada', 2, minute(12), minute(20)],
      ['Grace', 1, minute(11), minute(11)],
      ['Ada', 1, minute(1), minute(1)],
    ]);
    expect(groupEdits(edits.slice(1, 3), { renames: [], breaks: [minute(15)] })).toHaveLength(2);
  });

  it('name each place once, the last one first; the text only where it is all', () => {
    const splice: DraftOp = { op: 'text.splice', at: 0, removed: '', inserted: 'x' };
    const [group] = groupEdits([edit(3, 2, [set('a', 'x'), splice]), edit(2, 1, [{ op: 'pipeline.setMeta', field: 'description' }, set('a', 'x')])], nothing);
    expect(group?.places).toEqual([
      { op: 'step.setInput', step: 'a', name: 'x' },
      { op: 'pipeline.setMeta', step: null, name: 'description' },
    ]);
    expect(groupEdits([edit(2, 1, [splice])], nothing)[0]?.places).toEqual([{ op: 'text.splice', step: null, name: null }]);
  });

  it('name a step by the key that it has now, also where another has taken its old one', () => {
    const rename = (step: string, to: string): DraftOp => ({ op: 'step.rename', step, to });
    const edits = [
      edit(5, 5, [set('a', 'new')]),
      edit(4, 4, [{ op: 'step.add', step: 'a', value: { inputs: {}, outputs: {} } }]),
      edit(3, 3, [rename('a', 'b')]),
      edit(2, 2, [set('a', 'old')]),
    ];
    const [group] = groupEdits(edits, { renames: [{ step: 'b', to: 'c' }], breaks: [] });
    expect(group?.places.map(({ op, step }) => `${op} ${step}`)).toEqual(['step.setInput a', 'step.add a', 'step.rename c', 'step.setInput c']);
  });
});
