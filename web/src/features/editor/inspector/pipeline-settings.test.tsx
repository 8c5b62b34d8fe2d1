import { Layout } from '@pipewright/shared/pipeline/layout.ts';
import { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Editor } from '../store/editor-context.tsx';
import { choose, retype } from '../testing/form-hands.ts';
import { openEditor, renderInEditor } from '../testing/render-in-editor.tsx';
import { PipelineInspector } from './pipeline-inspector.tsx';

const document = Pipeline.parse({
  type: 'pipeline',
  settings: { continue_on_step_failure: true, max_parallel: 3, shiny: 'yes' },
  identity: { type: 'managed' },
  jobs: { load: { command: 'true' }, tidy: { command: 'true', display_name: 'Tidy up' } },
});

let editor: Editor;
beforeEach(async () => {
  editor = await openEditor({ document, layout: Layout.parse({}) });
  renderInEditor(editor, <PipelineInspector />);
});
afterEach(() => editor.saver[Symbol.dispose]());

const content = (): Pipeline => editor.store.getState().content.document;
const history = (): string[] => editor.store.getState().undoEntries.map(({ label }) => label);
const reset = (label: string): HTMLElement => screen.getByRole('button', { name: `Reset ${label} to the default` });

describe('the pipeline in the inspector', () => {
  it('is named and its settings are set as they are typed, each visit one entry', async () => {
    await retype('Pipeline name', 'Fares');
    await retype('Steps at once', '12');
    await retype('Default compute', 'azureml:cluster');
    await retype('Default datastore', 'lake');
    await choose('First step, which all others wait for', 'Tidy up');
    expect(content()).toMatchObject({
      display_name: 'Fares',
      settings: { max_parallel: 12, default_compute: 'azureml:cluster', default_datastore: 'lake', on_init: 'tidy' },
    });
    const entries = ['Rename the pipeline', 'Set how many steps run at once', 'Set the default compute', 'Set the default datastore', 'Set the first step'];
    expect(history()).toEqual(entries);
    for (const _ of entries) editor.store.getState().undo();
    expect(content()).toEqual(document);
  });

  it('goes back to a default that was written over, and to one that was only written down', async () => {
    expect(screen.queryByRole('button', { name: 'Reset Time limit to the default' })).toBeNull();
    await userEvent.click(reset('At once'));
    await userEvent.click(reset('On failure'));
    expect(content().settings).toEqual({ shiny: 'yes' });
    expect(history()).toEqual(['Reset at once', 'Reset on failure']);
  });

  it('says what the file holds that counts for nothing here', () => {
    expect(screen.getByText(/Kept for Azure, without effect here/).textContent).toMatch(/shiny, identity$/);
    expect(screen.getByText('Kept for Azure. Here every step runs on this machine.')).toBeTruthy();
  });
});
