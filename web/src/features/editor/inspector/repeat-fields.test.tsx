import { Layout } from '@pipewright/shared/pipeline/layout.ts';
import { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Editor } from '../store/editor-context.tsx';
import { choose } from '../testing/form-hands.ts';
import { openEditor, renderInEditor } from '../testing/render-in-editor.tsx';
import { Inspector } from './inspector.tsx';

const document = Pipeline.parse({
  type: 'pipeline',
  jobs: {
    refine: {
      command: 'refine',
      inputs: { start: { type: 'uri_folder', path: './guess' }, rate: 0.1 },
      outputs: { better: { type: 'uri_folder' }, more: { type: 'boolean' } },
    },
    plain: { command: 'echo', outputs: { out: { type: 'uri_folder' } } },
  },
});

let editor: Editor;
beforeEach(async () => {
  editor = await openEditor({ document, layout: Layout.parse({}) }, {});
  renderInEditor(editor, <Inspector />);
});
afterEach(() => editor.saver[Symbol.dispose]());

const open = async (step: string): Promise<void> => {
  editor.store.getState().select({ steps: [step] });
  await userEvent.click(await screen.findByRole('button', { name: /^Control flow/ }));
};
const repeat = (): unknown => editor.store.getState().content.document.jobs['refine']?.repeat;

it('repeats a step while an output of it is true, with what a round hands on, so many times at most', async () => {
  await open('refine');
  await choose('Again while', 'more');
  expect(repeat()).toEqual({ while: 'more' });
  // Only what fits: a folder is no rate, and what asks for another round is not handed on.
  await userEvent.click(screen.getByRole('combobox', { name: 'What a round hands on' }));
  expect((await screen.findAllByRole('option')).map(({ textContent }) => textContent)).toEqual(['better → start']);
  await userEvent.click(screen.getByRole('option', { name: 'better → start' }));
  await userEvent.type(screen.getByRole('textbox', { name: 'at most' }), '20');
  expect(repeat()).toEqual({ while: 'more', feed: { start: 'better' }, max: 20 });
  await choose('Again while', 'always');
  expect(repeat()).toEqual({ while: true, feed: { start: 'better' }, max: 20 });
});

it('is not offered where no output says whether to go on', async () => {
  await open('plain');
  expect(screen.queryByRole('combobox', { name: 'Again while' })).toBeNull();
});
