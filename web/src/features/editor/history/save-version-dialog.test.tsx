import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { samplePipeline } from '../../../canvas/testing/sample-pipeline.ts';
import type { Editor } from '../store/editor-context.tsx';
import type { Overlay } from '../store/ui-slice.ts';
import { openEditor, renderInEditor } from '../testing/render-in-editor.tsx';
import { SaveVersionDialog } from './save-version-dialog.tsx';

let editor: Editor;
beforeEach(async () => {
  editor = await openEditor(samplePipeline());
});
afterEach(() => editor.saver[Symbol.dispose]());

/** What lies open after a version is saved, with a server that does something else meanwhile. */
async function openAfterSaving(meanwhile: () => void): Promise<Overlay | null> {
  editor.store.getState().open({ kind: 'save-version' });
  const checkpoint = { id: 'c', at: '2026-11-30T10:00:00.000Z', name: 'Good', revision: 1, by: '' };
  const saving = vi.spyOn(globalThis, 'fetch').mockImplementation(async () => {
    meanwhile();
    return Promise.resolve(Response.json(checkpoint, { status: 201 }));
  });
  onTestFinished(() => saving.mockRestore());
  renderInEditor(editor, <SaveVersionDialog />);
  const save = screen.getByRole('button', { name: 'Save' });
  await userEvent.click(save);
  await waitFor(() => expect([saving.mock.calls.length, save.hasAttribute('data-loading')]).toEqual([1, false]));
  return editor.store.getState().overlay;
}

it('closes when the version is saved', async () => {
  expect(await openAfterSaving(() => {})).toBeNull();
});

it('closes nothing that was opened since', async () => {
  expect(await openAfterSaving(() => editor.store.getState().open({ kind: 'find' }))).toEqual({ kind: 'find' });
});
