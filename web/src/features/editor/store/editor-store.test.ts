import type { DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { dose } from '@pipewright/shared/testing/dose.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../model/travel.ts';
import { anyIntent, applied, emptyContent, opsOf } from '../testing/edits-at-random.ts';
import { createEditorStore } from './create-editor-store.ts';
import { nameGesture } from './name-gesture.ts';

const step = { command: 'true', inputs: {}, outputs: {} };
const start = applied(emptyContent, [{ op: 'step.add', step: 'a', value: step, position: { x: 0, y: 0 } }]);
const store = () => createEditorStore({ draftId: 'draft', content: start, components: {} });
const move = (x: number): DraftOp[] => [{ op: 'layout.move', step: 'a', to: { x, y: 0 } }];

describe('history', () => {
  it('takes back any sequence of edits and does it again', () => {
    fc.assert(
      fc.property(fc.array(anyIntent, { maxLength: 30 }), (intents) => {
        const editor = store();
        for (const intent of intents) editor.getState().edit(opsOf(editor.getState().content, intent), { label: intent.kind });
        const end = editor.getState().content;
        while (editor.getState().undo() !== null);
        expect(editor.getState().content).toEqual(start);
        while (editor.getState().redo() !== null);
        expect(editor.getState().content).toEqual(end);
      }),
      dose(200),
    );
  });

  it('folds a gesture into one entry', () => {
    const editor = store();
    for (const x of [8, 16, 24]) editor.getState().edit(move(x), { label: 'Move', gesture: 'drag:1' });
    expect(editor.getState().undoEntries).toHaveLength(1);
    editor.getState().undo();
    expect(editor.getState().content.layout.steps['a']).toEqual({ x: 0, y: 0 });
    editor.getState().redo();
    expect(editor.getState().content.layout.steps['a']).toEqual({ x: 24, y: 0 });
  });

  it('comes back to the first of several values that one edit puts in one place', () => {
    const editor = store();
    const start = editor.getState().content;
    editor.getState().edit([...move(8), ...move(16)], { label: 'Twice' });
    editor.getState().undo();
    expect(editor.getState().content).toEqual(start);
  });

  it('keeps 200 entries', () => {
    const editor = store();
    for (let x = 1; x <= 250; x += 1) editor.getState().edit(move(x), { label: 'Move' });
    expect(editor.getState().undoEntries).toHaveLength(200);
  });

  it('leaves what somebody else has changed since', () => {
    const editor = store();
    editor.getState().edit([...move(8), { op: 'step.setField', step: 'a', field: 'display_name', value: 'mine' }], { label: 'Both' });
    const theirs = applied(editor.getState().content, move(400));
    editor.getState().takeOver(theirs, new Map());
    editor.getState().undo();
    expect(editor.getState().content.layout.steps['a']).toEqual({ x: 400, y: 0 });
    expect(editor.getState().content.document.jobs['a']?.display_name).toBeUndefined();
  });

  it('follows a step that somebody renamed', () => {
    const editor = store();
    editor.getState().select({ steps: ['a'] });
    editor.getState().edit([{ op: 'step.setField', step: 'a', field: 'display_name', value: 'mine' }], { label: 'Rename' });
    const theirs = applied(editor.getState().content, [{ op: 'step.rename', step: 'a', to: 'b' }]);
    editor.getState().takeOver(theirs, new Map([['a', 'b']]));
    editor.getState().undo();
    expect(editor.getState().content.document.jobs['b']?.display_name).toBeUndefined();
    expect([...editor.getState().selectedSteps]).toEqual(['b']);
  });

  it('takes a step away that it added, and none that has taken its key since', () => {
    const add = (command: string): DraftOp => ({ op: 'step.add', step: 'b', value: { command, inputs: {}, outputs: {} } });
    const before = store();
    before.getState().edit([add('mine')], { label: 'Add' });
    // While nobody was here, others have renamed it, and added another one.
    const content = applied(before.getState().content, [{ op: 'step.rename', step: 'b', to: 'c' }, add('theirs')]);
    const editor = createEditorStore({ draftId: 'draft', content, components: {} });
    editor.getState().inheritHistory([before.getState()]);
    expect(editor.getState().undo()).toBeNull();
    expect(editor.getState().content).toEqual(content);
    expect(before.getState().undo()).toBe('Add');
  });

  it('that was made elsewhere is closed: what is done here is no part of its gestures, whatever they are called', () => {
    const before = store();
    before.getState().edit(move(8), { label: 'Move', gesture: 'drag:1' });
    before.getState().edit(move(16), { label: 'Undone', gesture: 'drag:2' });
    before.getState().undo();
    const editor = createEditorStore({ draftId: 'draft', content: before.getState().content, components: {} });
    editor.getState().inheritHistory([before.getState()]);
    expect(editor.getState().redoEntries).toMatchObject([{ label: 'Undone' }]);
    editor.getState().edit(move(24), { label: 'Move', gesture: 'drag:1' });
    expect(editor.getState().undoEntries).toHaveLength(2);
    expect(nameGesture('drag')).not.toBe(nameGesture('drag'));
  });

  it('of several windows is one, in the order in which it was done', () => {
    const entry = (label: string, time: number): HistoryEntry => ({ label, gesture: null, at: time, ops: [], inverse: [] });
    const editor = store();
    const of = (...undoEntries: HistoryEntry[]) => ({ undoEntries, redoEntries: [] });
    // A clock that was put back does not turn a window's own order round.
    editor.getState().inheritHistory([of(entry('a', 10), entry('d', 40)), of(entry('b', 20), entry('c', 15))]);
    expect(editor.getState().undoEntries.map(({ label }) => label)).toEqual(['a', 'b', 'c', 'd']);
    editor.getState().inheritHistory([of(...Array.from({ length: 200 }, (_, at) => entry('old', at)))]);
    expect(editor.getState().undoEntries).toHaveLength(200);
  });

  it('is not made by selecting, nor by an edit that does not apply', () => {
    const editor = store();
    editor.getState().select({ steps: ['a'] });
    expect(editor.getState().edit([{ op: 'step.remove', step: 'nobody' }], { label: 'Remove' })).toEqual({ ok: false, message: 'there is no step nobody' });
    expect(editor.getState().undoEntries).toEqual([]);
    expect(editor.getState().lastEdit).toBeNull();
  });
});
