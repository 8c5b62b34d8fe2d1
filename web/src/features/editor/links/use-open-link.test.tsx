import { screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { samplePipeline } from '../../../canvas/testing/sample-pipeline.ts';
import { renderPage } from '../../../testing/render-page.tsx';
import { startTestBackend } from '../../../testing/test-backend.ts';
import { EditorProvider } from '../store/editor-context.tsx';
import { openEditor } from '../testing/render-in-editor.tsx';
import { useOpenLink } from './use-open-link.ts';

function Opening() {
  useOpenLink();
  return null;
}

async function open(query: string) {
  const editor = await openEditor(samplePipeline());
  const backend = await startTestBackend();
  const routes = {
    '/drafts/draft': (
      <EditorProvider value={editor}>
        <Opening />
      </EditorProvider>
    ),
  };
  const { address } = await renderPage({ backend, routes, at: `/drafts/draft${query}` });
  return { editor, address };
}

it('selects the steps of a link and brings them into view, on the canvas; the rest of the address stays', async () => {
  const { editor, address } = await open('?view=yaml&step=train,score&show=42');
  await waitFor(() => expect(address()).toBe('/drafts/draft?show=42'));
  expect([...editor.store.getState().selectedSteps]).toEqual(['train', 'score']);
  expect(editor.store.getState().revealedSteps).toEqual(['train', 'score']);
});

it('opens the row of a port', async () => {
  const { editor, address } = await open('?port=train.outputs.model');
  await waitFor(() => expect(address()).toBe('/drafts/draft'));
  expect([...editor.store.getState().selectedSteps]).toEqual(['train']);
  expect(editor.store.getState().shownField).toEqual({ step: 'train', name: 'model' });
});

it('says what is gone, and shows the rest', async () => {
  const { editor } = await open('?step=train,lost');
  await screen.findByText('1 step of the link is not in this draft any more.');
  expect([...editor.store.getState().selectedSteps]).toEqual(['train']);
});
