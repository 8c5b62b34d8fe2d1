import { applyDraftOps } from '@pipewright/shared/draft/apply-draft-ops.ts';
import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { samplePipeline } from '../../../canvas/testing/sample-pipeline.ts';
import { openEditor, renderInEditor } from '../testing/render-in-editor.tsx';
import { OutputPortRow } from './output-port-row.tsx';

it('an output names the step that reads it, also where a collapsed group hides that', async () => {
  const applied = applyDraftOps(samplePipeline(), [{ op: 'group.set', group: 'g', value: { title: 'Model', steps: ['train'] } }]);
  if (!applied.ok) throw new Error(applied.message);
  const editor = await openEditor(applied.content);
  editor.store.getState().setCollapsed(['g'], true);
  const port = editor.derived
    .getState()
    .views.get('split')
    ?.outputs.find(({ name }) => name === 'first');
  if (!port) throw new Error('expected an output');
  renderInEditor(editor, <OutputPortRow stepKey="split" port={port} value={undefined} />);
  expect(screen.getByText(/^to /).textContent).toBe(`to ${editor.derived.getState().views.get('train')?.title}`);
  editor.saver[Symbol.dispose]();
});
