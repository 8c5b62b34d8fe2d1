import type { Checkpoint } from '@pipewright/shared/http/drafts.ts';
import { QueryClientProvider } from '@tanstack/react-query';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createQueryClient } from '../../../api/query-client.ts';
import { samplePipeline } from '../../../canvas/testing/sample-pipeline.ts';
import type { Editor } from '../store/editor-context.tsx';
import { openEditor, renderInEditor } from '../testing/render-in-editor.tsx';
import { VersionsTab } from './versions-tab.tsx';

const first: Checkpoint = { id: 'c1', revision: 3, name: 'First', at: '2026-11-20T10:00:00.000Z', by: 'ada', kind: 'named', run: null };

let editor: Editor;
let isDown: boolean;
let asked: string[];
beforeEach(async () => {
  [isDown, asked] = [false, []];
  vi.stubGlobal('fetch', async (path: string, { method = 'GET' }: RequestInit = {}) => {
    const what = path.replace(/^.*\/drafts\/draft\//, '').replace(/\?.*$/, '');
    asked.push(`${method} ${what}`);
    const reply = method === 'PATCH' ? first : { items: what === 'checkpoints' ? [first] : [], nextCursor: null };
    return new Response(JSON.stringify(isDown ? { type: 'about:blank', status: 503, code: 'down', title: 'It is down.' } : reply), {
      status: isDown ? 503 : 200,
    });
  });
  editor = await openEditor(samplePipeline());
});
afterEach(() => {
  vi.unstubAllGlobals();
  editor.saver[Symbol.dispose]();
});

const show = () =>
  renderInEditor(
    editor,
    <QueryClientProvider client={createQueryClient()}>
      <VersionsTab />
    </QueryClientProvider>,
  );
const menu = () => screen.getByRole('button', { name: 'What to do with First' });
async function rename() {
  await userEvent.click(await screen.findByRole('button', { name: 'What to do with First' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Rename…' }));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Name of First' })));
}

describe('the versions of a draft', () => {
  it('give the keyboard back when one has been renamed, or was left as it is called', async () => {
    show();
    await rename();
    await userEvent.keyboard('{Escape}');
    expect(document.activeElement).toBe(menu());
    await rename();
    await userEvent.keyboard('Second{Enter}');
    expect(document.activeElement).toBe(menu());
    await waitFor(() => expect(asked.filter((each) => each.startsWith('PATCH'))).toEqual(['PATCH checkpoints/c1']));
  });

  it('are all read again when they could not be read', async () => {
    isDown = true;
    show();
    await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(asked.filter((each) => each === 'GET checkpoints' || each === 'GET published')).toHaveLength(4));
  });
});
