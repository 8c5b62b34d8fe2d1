import type { Component } from '@pipewright/shared/component/component.ts';
import type { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider, type QueryKey } from '@tanstack/react-query';
import { render, type RenderResult } from '@testing-library/react';
import { ReactFlowProvider } from '@xyflow/react';
import type { ReactNode } from 'react';
import { MemoryRouter } from 'react-router';
import { sampleComponents } from '../../../canvas/testing/sample-pipeline.ts';
import { createOpenCommentsStore } from '../comments/open-comments.ts';
import { createPresenceStore } from '../presence/presence-store.ts';
import type { Journal } from '../saving/journal.ts';
import { openDraft } from '../saving/open-draft.ts';
import { createDerivedStore } from '../store/derived-store.ts';
import { type Editor, EditorProvider } from '../store/editor-context.tsx';
import { FakeDraftServer } from './fake-draft-server.ts';

/** Keeps nothing: for tests that are not about what survives. */
const forgetful: Journal = {
  write: async () => {},
  remove: async () => {},
  takeLeft: async () => ({ estates: [], others: [] }),
  takeWhenGone: async () => null,
  canTellWindows: false,
  claim: () => ({ release: () => {}, markLeft: () => {} }),
};

/** An open draft on a server in memory. */
export async function openEditor(content: DraftContent, components: Readonly<Record<string, Component>> = sampleComponents): Promise<Editor> {
  const server = new FakeDraftServer(content);
  const { store, saver, draftId, editedComponent } = await openDraft({ draftId: 'draft', clientId: 'test', transport: server.transport(), journal: forgetful });
  store.getState().learnComponents(components);
  return {
    draftId,
    store,
    saver,
    editedComponent,
    derived: createDerivedStore(store, saver.view).store,
    presence: createPresenceStore(),
    openComments: createOpenCommentsStore(),
  };
}

/** What the server has said before, by the key under which it is asked for. */
type Answers = readonly (readonly [QueryKey, unknown])[];

/** A part of the designer with everything that it stands in; nothing is asked of a server. */
export function renderInEditor(editor: Editor, part: ReactNode, answers: Answers = []): RenderResult {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, enabled: false } } });
  for (const [key, answer] of answers) client.setQueryData(key, answer);
  return render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <MemoryRouter>
          <EditorProvider value={editor}>
            <ReactFlowProvider>{part}</ReactFlowProvider>
          </EditorProvider>
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );
}
