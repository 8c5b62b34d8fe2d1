import { applyDraftOps } from '@pipewright/shared/draft/apply-draft-ops.ts';
import { act, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { samplePipeline } from '../../../canvas/testing/sample-pipeline.ts';
import { useCommandRegistry } from '../../../ui/commands/command-registry.ts';
import { useCommandKeys } from '../../../ui/commands/use-command-keys.ts';
import { usePreferences } from '../../../ui/preferences.ts';
import { CanvasToolbar } from '../canvas/canvas-toolbar.tsx';
import { EditorCanvas } from '../canvas/editor-canvas.tsx';
import type { Editor } from '../store/editor-context.tsx';
import { openEditor, renderInEditor } from '../testing/render-in-editor.tsx';
import { PaperMenu } from './paper-menu.tsx';
import { usePaperCommands } from './use-paper-commands.ts';

const note = (x: number, text: string) => ({ x, y: 400, width: 100, height: 50, text });

let editor: Editor;
beforeEach(async () => {
  const applied = applyDraftOps(samplePipeline(), [
    { op: 'group.set', group: 'g', value: { title: 'Model', steps: ['train'] } },
    { op: 'note.set', note: 'a', value: note(0, '') },
    { op: 'note.set', note: 'b', value: note(200, 'b') },
  ]);
  if (!applied.ok) throw new Error(applied.message);
  editor = await openEditor(applied.content);
});
afterEach(() => {
  editor.saver[Symbol.dispose]();
  localStorage.clear();
  usePreferences.getState().setShortcuts({});
  useCommandRegistry.setState({ byOwner: new Map() });
});

function Commands() {
  useCommandKeys();
  usePaperCommands();
  return null;
}

const renderCanvas = async () =>
  await act(
    async () =>
      void renderInEditor(
        editor,
        <>
          <Commands />
          <EditorCanvas />
        </>,
      ),
  );
const state = () => editor.store.getState();
const cardOf = (id: string) => document.querySelector(`[data-note=${id}]`);

describe('a note', () => {
  it('is written in one entry for each visit, also where one goes straight to the next', async () => {
    await renderCanvas();
    const write = (text: string): void => void fireEvent.change(screen.getByRole('textbox', { name: 'Text of the note' }), { target: { value: text } });
    await act(async () => state().editNote('a'));
    for (const text of ['o', 'on', 'one']) write(text);
    await act(async () => state().editNote('b'));
    write('two');
    await act(async () => void state().undo());
    expect([state().content.layout.notes['a']?.text, state().content.layout.notes['b']?.text]).toEqual(['one', 'b']);
    await act(async () => void state().undo());
    expect(state().content.layout.notes['a']?.text).toBe('');
  });

  it('that is empty says how it is written, where it can be', async () => {
    await renderCanvas();
    expect(cardOf('a')?.textContent).toBe('Empty note: double click, or Enter, to write.');
    await act(async () => usePreferences.getState().setShortcuts({ 'editor.write-note': 'Q' }));
    expect(cardOf('a')?.textContent).toContain('or Q,');
    await act(async () => state().setReadOnly(true));
    expect(cardOf('a')?.textContent).toBe('Empty note');
  });

  it('that the toolbar adds lies in what is seen, not under the toolbar', () => {
    renderInEditor(
      editor,
      <section data-canvas>
        <CanvasToolbar />
      </section>,
    );
    const tool = screen.getByRole('button', { name: /^Add a note/ });
    fireEvent.pointerMove(tool, { clientX: 600, clientY: 480 });
    fireEvent.click(tool);
    const [added] = state().selectedNotes;
    // The canvas of these tests has no size.
    expect(state().content.layout.notes[added ?? '']).toMatchObject({ x: -168, y: 0 });
  });
});

describe('a group', () => {
  it('has the key of a pipeline only where no step is selected', () => {
    renderInEditor(editor, <Commands />);
    act(() => state().select({ steps: ['score'], groups: ['g'] }));
    fireEvent.keyDown(document.body, { key: 'e' });
    expect(state().collapsedGroups.size).toBe(0);
    act(() => state().select({ groups: ['g'] }));
    fireEvent.keyDown(document.body, { key: 'e' });
    expect(state().collapsedGroups).toEqual(new Set(['g']));
  });

  it('is ungrouped from a step in it, and from none beside it', () => {
    renderInEditor(editor, <Commands />);
    const isEnabled = () =>
      useCommandRegistry
        .getState()
        .byOwner.get('editor.paper')
        ?.find(({ id }) => id === 'editor.ungroup')?.isEnabled;
    act(() => state().select({ steps: ['score'] }));
    expect(isEnabled()).toBe(false);
    act(() => state().select({ steps: ['train'] }));
    expect(isEnabled()).toBe(true);
  });

  it('says in its menu the keys that a person gave', () => {
    usePreferences.getState().setShortcuts({ 'editor.collapse-group': 'Q' });
    renderInEditor(
      editor,
      <>
        <Commands />
        <PaperMenu overlay={{ kind: 'paper-menu', at: { x: 0, y: 0 }, of: { group: 'g' } }} />
      </>,
    );
    expect(screen.getByRole('menuitem', { name: /^Collapse into one box/ }).textContent).toBe('Collapse into one boxQ');
  });

  it('that is collapsed has, seen from furthest, no sign unless something has gone wrong', async () => {
    state().setCollapsed(['g'], true);
    state().setViewport({ x: 0, y: 0, zoom: 0.1 });
    await renderCanvas();
    const box = document.querySelector('[data-group=g]');
    expect(box?.getAttribute('data-level')).toBe('block');
    expect(box?.querySelector('svg')).toBeNull();
  });
});
