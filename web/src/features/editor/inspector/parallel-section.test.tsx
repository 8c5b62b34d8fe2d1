import { Layout } from '@pipewright/shared/pipeline/layout.ts';
import { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Editor } from '../store/editor-context.tsx';
import { choose, retype } from '../testing/form-hands.ts';
import { openEditor, renderInEditor } from '../testing/render-in-editor.tsx';
import { Inspector } from './inspector.tsx';

const document = Pipeline.parse({
  type: 'pipeline',
  jobs: {
    score: {
      type: 'parallel',
      input_data: '${{inputs.files}}',
      mini_batch_size: '2',
      inputs: { files: { type: 'uri_folder', path: './in' }, more: { type: 'uri_folder', path: './more' } },
      outputs: { rows: { type: 'uri_file' } },
      retry_settings: { max_retries: 3, timeout: 30 },
      task: { type: 'run_function', code: './src', entry_script: 'batch.py' },
    },
  },
});

let editor: Editor;
beforeEach(async () => {
  editor = await openEditor({ document, layout: Layout.parse({}) }, {});
  editor.store.getState().select({ steps: ['score'] });
  renderInEditor(editor, <Inspector />);
});
afterEach(() => editor.saver[Symbol.dispose]());

const score = (): Record<string, unknown> => ({ ...editor.store.getState().content.document.jobs['score'] });

describe('the form of a parallel step', () => {
  it('says which input is split, and how', async () => {
    await choose('Input that is split', 'more');
    await retype('Mini-batch size', '100kb');
    await retype('At once', '4');
    await retype('May fail', '5');
    expect(score()).toMatchObject({
      input_data: '${{inputs.more}}',
      mini_batch_size: '100kb',
      max_concurrency_per_instance: 4,
      mini_batch_error_threshold: 5,
    });
    await userEvent.clear(screen.getByRole('textbox', { name: 'At once' }));
    expect(score()).not.toHaveProperty('max_concurrency_per_instance');
  });

  it('changes one of the retries and keeps the other', async () => {
    await retype('Tries again', '1');
    expect(score()['retry_settings']).toEqual({ max_retries: 1, timeout: 30 });
    await userEvent.clear(screen.getByRole('textbox', { name: 'Tries again' }));
    expect(score()['retry_settings']).toEqual({ timeout: 30 });
  });

  it('says what works on a mini-batch, and where its rows go; one visit is one entry of the history', async () => {
    await retype('Script', 'score.py');
    await choose('Output that gets all rows', 'rows');
    expect(score()['task']).toEqual({ type: 'run_function', code: './src', entry_script: 'score.py', append_row_to: '${{outputs.rows}}' });
    expect(editor.store.getState().undoEntries).toHaveLength(2);
    editor.store.getState().undo();
    editor.store.getState().undo();
    expect(score()['task']).toMatchObject({ entry_script: 'batch.py' });
  });
});
