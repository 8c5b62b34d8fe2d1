import { Layout } from '@pipewright/shared/pipeline/layout.ts';
import { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useCommandKeys } from '../../../ui/commands/use-command-keys.ts';
import type { Editor } from '../store/editor-context.tsx';
import { openEditor, renderInEditor } from '../testing/render-in-editor.tsx';
import { PipelineInspector } from './pipeline-inspector.tsx';

const document = Pipeline.parse({ type: 'pipeline', inputs: { rate: 0.1, seed: 42, folds: 5 }, outputs: { model: null, report: null }, jobs: {} });

let editor: Editor;
beforeEach(async () => {
  editor = await openEditor({ document, layout: Layout.parse({}) });
  renderInEditor(editor, <Page />);
});
afterEach(() => editor.saver[Symbol.dispose]());

function Page() {
  useCommandKeys();
  return <PipelineInspector />;
}

const order = (side: 'inputs' | 'outputs') => Object.keys(editor.store.getState().content.document[side]).join(' ');
const history = () => editor.store.getState().undoEntries.map(({ label }) => label);
const button = (name: string) => screen.getByRole('button', { name });

describe('the inputs and outputs of the pipeline', () => {
  it('are moved by their buttons, each press one entry, and not beyond their ends', async () => {
    await userEvent.click(button('Move the input folds up'));
    await userEvent.click(button('Move the input rate down'));
    await userEvent.click(button('Move the output model up'));
    await userEvent.click(button('Move the output model down'));
    expect([order('inputs'), order('outputs')]).toEqual(['folds rate seed', 'report model']);
    expect(history()).toEqual(['Move the input folds', 'Move the input rate', 'Move the output model']);
    for (const _ of history()) editor.store.getState().undo();
    expect([order('inputs'), order('outputs')]).toEqual(['rate seed folds', 'model report']);
  });

  it('are moved by Alt with the arrows from anywhere in them, and keep the keyboard', async () => {
    const name = screen.getByRole('textbox', { name: 'Name of the input rate' });
    name.focus();
    await userEvent.keyboard('{Alt>}{ArrowDown}{ArrowDown}{ArrowDown}{ArrowUp}{/Alt}');
    expect([order('inputs'), window.document.activeElement]).toEqual(['seed rate folds', name]);
    button('Remove the output report').focus();
    await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}');
    expect([order('outputs'), history().length]).toEqual(['report model', 4]);
  });

  it('stay where they are when they get another name, and come back to where they were removed from', async () => {
    const name = screen.getByRole('textbox', { name: 'Name of the input seed' });
    await userEvent.clear(name);
    await userEvent.type(name, 'start{Enter}');
    expect(order('inputs')).toBe('rate start folds');
    await userEvent.click(button('Remove the input rate'));
    editor.store.getState().undo();
    editor.store.getState().undo();
    expect(order('inputs')).toBe('rate seed folds');
  });
});
