import type { DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { describe, expect, it } from 'vitest';
import { applied, emptyContent } from '../testing/edits-at-random.ts';
import { createEditorStore } from '../store/create-editor-store.ts';
import { subjectOf } from './describe-entry.ts';

const step = { command: 'true', inputs: {}, outputs: {} };
const start = applied(emptyContent, [{ op: 'step.add', step: 'a', value: step, position: { x: 0, y: 0 } }]);
const move = (x: number): DraftOp[] => [{ op: 'layout.move', step: 'a', to: { x, y: 0 } }];

function editorAfter(...places: number[]) {
  const editor = createEditorStore({ draftId: 'draft', content: start, components: {} });
  for (const x of places) editor.getState().edit(move(x), { label: `Move to ${x}` });
  const place = () => editor.getState().content.layout.steps['a']?.x;
  const labels = () => [editor.getState().undoEntries, editor.getState().redoEntries].map((entries) => entries.map(({ label }) => label).join(', '));
  return { editor, place, labels };
}

describe('going through the history', () => {
  it('goes back several entries at once, and forth again, each staying one', () => {
    const { editor, place, labels } = editorAfter(8, 16, 24, 32);
    expect(editor.getState().travel({ direction: 'back', left: 1 })).toBe(3);
    expect(place()).toBe(8);
    expect(labels()).toEqual(['Move to 8', 'Move to 32, Move to 24, Move to 16']);
    expect(editor.getState().travel({ direction: 'forth', left: 1 })).toBe(2);
    expect(place()).toBe(24);
    expect(labels()).toEqual(['Move to 8, Move to 16, Move to 24', 'Move to 32']);
  });

  it('is one edit for whoever saves it', () => {
    const { editor } = editorAfter(8, 16);
    const edits: unknown[] = [];
    editor.subscribe((state, before) => state.lastEdit !== before.lastEdit && edits.push(state.lastEdit?.ops));
    editor.getState().travel({ direction: 'back', left: 0 });
    expect(edits).toEqual([[...move(8), ...move(0)]]);
  });

  it('passes over an entry whose places somebody else has changed since', () => {
    const { editor, labels } = editorAfter(8);
    editor.getState().edit([{ op: 'step.setField', step: 'a', field: 'display_name', value: 'A' }], { label: 'Rename' });
    editor.getState().edit(move(16), { label: 'Move to 16' });
    editor.getState().takeOver(applied(editor.getState().content, move(400)), new Map());
    expect(editor.getState().undo()).toBe('Rename');
    expect(labels()).toEqual(['Move to 8', 'Rename']);
    expect(editor.getState().undo()).toBeNull();
    expect(labels()).toEqual(['', 'Rename']);
  });

  it('goes nowhere in a draft that is read-only', () => {
    const { editor, place } = editorAfter(8);
    editor.getState().setReadOnly(true);
    expect(editor.getState().travel({ direction: 'back', left: 0 })).toBe(0);
    expect(place()).toBe(8);
  });
});

it('says what an entry was about', () => {
  const titleOf = (key: string): string => (key === 'a' ? 'Split data' : key);
  expect(subjectOf(move(8), titleOf)).toBe('Split data');
  expect(subjectOf([...move(8), { op: 'layout.move', step: 'b' }], titleOf)).toBe('2 steps');
  expect(
    subjectOf(
      [
        { op: 'step.setInput', step: 'b', input: 'x' },
        { op: 'step.remove', step: 'a' },
      ],
      titleOf,
    ),
  ).toBe('Split data');
  expect(subjectOf([{ op: 'pipeline.setMeta', field: 'description', value: '' }], titleOf)).toBe('');
});
