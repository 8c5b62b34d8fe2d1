import { EditorView } from '@codemirror/view';
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { samplePipeline } from '../../../canvas/testing/sample-pipeline.ts';
import type { Editor } from '../store/editor-context.tsx';
import { openEditor, renderInEditor } from '../testing/render-in-editor.tsx';
import { YamlPane } from './yaml-pane.tsx';

let editor: Editor;
beforeEach(async () => {
  editor = await openEditor(samplePipeline());
});
afterEach(() => editor.saver[Symbol.dispose]());

/** The text as it is under the hands; jsdom has no layout, so keys are what they come to: changes of the document. */
function text() {
  const found = EditorView.findFromDOM(screen.getByRole('textbox', { name: 'YAML of Sample' }));
  if (!found) throw new Error('expected an editor');
  const replace = async (from: string, to: string): Promise<void> => {
    const at = found.state.doc.toString().indexOf(from);
    if (at < 0) throw new Error(`expected ${from} in the text`);
    await act(async () => found.dispatch({ changes: { from: at, to: at + from.length, insert: to }, userEvent: 'input.type' }));
  };
  return { read: () => found.state.doc.toString(), replace };
}

describe('YamlPane', () => {
  it('shows the pipeline as its file, and makes what is typed the pipeline', async () => {
    renderInEditor(editor, <YamlPane />);
    expect(screen.getByRole('status').textContent).toBe('The canvas shows what is written here.');
    expect(text().read()).toContain('component: azureml:split:1');
    await text().replace('fraction: 0.8', 'fraction: 0.25');
    await waitFor(() => expect(editor.store.getState().content.document.jobs['split']?.inputs['fraction']).toBe(0.25));
    expect(editor.store.getState().undoEntries).toHaveLength(1);
  });

  it('says on which line it cannot be read and why, keeps the pipeline meanwhile, and goes back to it', async () => {
    renderInEditor(editor, <YamlPane />);
    const before = editor.store.getState().content.document;
    const line = text().read().slice(0, text().read().indexOf('fraction: 0.8')).split('\n').length;
    await text().replace('fraction: 0.8', 'fraction: [0.8');
    const reason = await screen.findByRole('button', { name: /^Line \d+: / });
    expect(Number(/\d+/.exec(reason.textContent ?? '')?.[0])).toBeGreaterThanOrEqual(line);
    expect(editor.store.getState().content.document).toBe(before);
    expect(document.querySelector('.cm-lint-marker-error')).not.toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Back to what the canvas shows' }));
    await waitFor(() => expect(text().read()).toContain('fraction: 0.8\n'));
    expect(screen.getByRole('status').textContent).toBe('The canvas shows what is written here.');
  });

  it('marks what is wrong with the pipeline where it is written', async () => {
    editor.store
      .getState()
      .edit([{ op: 'step.setInput', step: 'score', input: 'model', value: '${{parent.jobs.nobody.outputs.model}}' }], { label: 'Break it' });
    renderInEditor(editor, <YamlPane />);
    await waitFor(() => expect(document.querySelector('.cm-lintRange-error')?.textContent).toContain('nobody'));
  });

  it('takes in what is changed on the canvas', async () => {
    renderInEditor(editor, <YamlPane />);
    await act(async () => void editor.store.getState().edit([{ op: 'pipeline.setInput', input: 'seed', value: 7 }], { label: 'Set the seed' }));
    await waitFor(() => expect(text().read()).toContain('seed: 7'));
  });
});
