import type { DraftInside } from '@pipewright/shared/http/drafts.ts';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { draftInsideQuery } from '../../../api/drafts.ts';
import { sampleComponents, samplePipeline } from '../../../canvas/testing/sample-pipeline.ts';
import type { Editor } from '../store/editor-context.tsx';
import { openEditor, renderInEditor } from '../testing/render-in-editor.tsx';
import { PublishDialog } from '../top-bar/publish-dialog.tsx';
import { InterfaceDialog } from './interface-dialog.tsx';
import { SaveComponentDialog } from './save-component-dialog.tsx';

const { document, layout } = samplePipeline();
const component = { name: 'sample', version: '1' };
const inside: DraftInside = { document, layout, components: sampleComponents, pipelines: [], file: null, component, prefix: '', way: [], lastRun: null };

let editor: Editor;
beforeEach(async () => {
  editor = { ...(await openEditor({ document, layout })), editedComponent: component };
});
afterEach(() => editor.saver[Symbol.dispose]());

/** Presses a button twice while the draft is still being saved: how often it was saved for that. */
async function pressTwice(dialog: ReactNode, button: string): Promise<number> {
  renderInEditor(editor, dialog, [[draftInsideQuery('draft', 'split').queryKey, inside]]);
  const flush = vi.spyOn(editor.saver, 'flush').mockReturnValue(new Promise(() => {}));
  onTestFinished(() => flush.mockRestore());
  const name = screen.queryByRole('textbox', { name: 'Name of seed' });
  if (name) await userEvent.type(name, '2');
  const save = await screen.findByRole('button', { name: button });
  await waitFor(() => expect(save).toHaveProperty('disabled', false));
  await userEvent.click(save);
  await userEvent.click(save);
  return flush.mock.calls.length;
}

it.each([
  ['a sub-pipeline with other inputs', <InterfaceDialog key="1" step="split" />, 'Save as new version'],
  ['an edited sub-pipeline', <SaveComponentDialog key="2" />, 'Save the version'],
  ['a pipeline', <PublishDialog key="3" />, 'Publish'],
])('keeps %s once, however often it is pressed', async (_, dialog, button) => {
  expect(await pressTwice(dialog, button)).toBe(1);
});
