import type { CommentThread } from '@pipewright/shared/http/comments.ts';
import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ReactFlowProvider } from '@xyflow/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { samplePipeline } from '../../../canvas/testing/sample-pipeline.ts';
import { renderPage } from '../../../testing/render-page.tsx';
import { startTestBackend, type TestBackend } from '../../../testing/test-backend.ts';
import { type Editor, EditorProvider } from '../store/editor-context.tsx';
import { openEditor } from '../testing/render-in-editor.tsx';
import { CommentsPanel } from './comments-panel.tsx';
import { useFollowComments } from './use-follow-comments.ts';

const at = '2026-11-30T10:00:00.000Z';
const message = (id: string, by: string, text: string, mentions: string[] = []) => ({ id, by, at, editedAt: null, text, mentions });

let threads: CommentThread[];
let asked: string[];
let isDown: boolean;
let editor: Editor;
let backend: TestBackend;
beforeEach(async () => {
  sessionStorage.clear();
  threads = [
    { id: 'a', step: 'train', updatedAt: at, resolved: null, messages: [message('a1', 'Grace', 'After @split, or after @gone?', ['split', 'gone'])] },
    { id: 'b', step: 'lost', updatedAt: at, resolved: null, messages: [message('b1', 'Ada', 'Mine')] },
  ];
  [asked, isDown] = [[], false];
  editor = await openEditor(samplePipeline());
  backend = await startTestBackend(({ method, path, body }) => {
    if (path === '/api/workspace') return { version: '1', home: '/h', slots: 1, displayName: 'Ada' };
    if (!path.startsWith('/api/drafts/draft/comments')) return undefined;
    if (method === 'GET') return { items: threads, nextCursor: null };
    asked.push(`${method} ${path.replace('/api/drafts/draft/comments', '')} ${JSON.stringify(body ?? null)}`);
    if (isDown) return { status: 503, body: { type: 'about:blank', status: 503, code: 'down', title: 'It is down.' } };
    const [first, second] = threads;
    if (method === 'DELETE') return { thread: null };
    if (method === 'PATCH' && path.endsWith('/messages/b1')) return { ...second, messages: [message('b1', 'Ada', 'Said better')] };
    return { status: 200, body: { ...first, resolved: method === 'PATCH' ? { by: 'Ada', at } : null } };
  });
});

function Panel() {
  useFollowComments();
  return <CommentsPanel />;
}

async function show(isThere: () => Promise<unknown> = () => screen.findByText('Mine')): Promise<void> {
  const panel = (
    <EditorProvider value={editor}>
      <ReactFlowProvider>
        <Panel />
      </ReactFlowProvider>
    </EditorProvider>
  );
  await renderPage({ backend, routes: { '/': panel }, at: '/' });
  await isThere();
}
const selected = (): string[] => [...editor.store.getState().selectedSteps];

describe('the comments of a draft', () => {
  it('go to the steps that they mention and are about, and say which are gone', async () => {
    await show();
    const title = editor.derived.getState().views.get('split')?.title ?? '';
    await userEvent.click(screen.getByRole('button', { name: `@${title}` }));
    expect(selected()).toEqual(['split']);
    expect(screen.getByTitle('The step gone is gone').textContent).toBe('@gone (gone)');
    expect(screen.getByText('lost').closest('span.pw-mono')?.parentElement?.textContent).toBe('lost, a step that is gone');
    expect(Object.fromEntries(editor.openComments.getState().countAt)).toEqual({ train: 1, lost: 1 });
  });

  it('are made on the step that is selected, with the mention that was chosen from the list', async () => {
    await act(async () => editor.store.getState().select({ steps: ['train'] }));
    await show();
    const title = editor.derived.getState().views.get('train')?.title ?? '';
    const field = screen.getByRole('textbox', { name: `Comment on ${title}` });
    await userEvent.type(field, 'See @sco');
    await screen.findByRole('listbox', { name: 'Steps to mention' });
    await userEvent.keyboard('{Enter}now{Control>}{Enter}{/Control}');
    await waitFor(() => expect(asked).toEqual(['POST  {"step":"train","text":"See @score now"}']));
    await waitFor(() => expect(field).toHaveProperty('value', ''));
  });

  it('are not lost when they cannot be sent, nor when the panel is closed', async () => {
    isDown = true;
    await show();
    await userEvent.type(screen.getByRole('textbox', { name: 'Comment on the pipeline' }), 'Kept{Control>}{Enter}{/Control}');
    await screen.findByText('It is down.');
    expect(screen.getByRole('textbox', { name: 'Comment on the pipeline' })).toHaveProperty('value', 'Kept');
    window.dispatchEvent(new Event('pagehide'));
    expect(sessionStorage.getItem('pipewright.unsent-comments')).toContain('Kept');
  });

  it('are answered by all, and changed and deleted by who made them', async () => {
    await show();
    const [theirs, mine] = screen.getAllByRole('listitem');
    if (!theirs || !mine) throw new Error('expected two comments');
    expect(within(theirs).queryByRole('button', { name: 'What to do with your comment' })).toBeNull();
    await userEvent.click(within(theirs).getByRole('button', { name: 'Answer' }));
    await userEvent.keyboard('Yes{Control>}{Enter}{/Control}');
    await waitFor(() => expect(asked).toEqual(['POST /a/messages {"text":"Yes"}']));
    await userEvent.click(within(mine).getByRole('button', { name: 'What to do with your comment' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Delete' }));
    await waitFor(() => expect(screen.queryByText('Mine')).toBeNull());
    expect(asked.at(-1)).toBe('DELETE /b/messages/b1 null');
  });

  it('are reworded over a reload; the keyboard stays where they are', async () => {
    await show();
    const menu = 'What to do with your comment';
    const edit = async (): Promise<void> => {
      await userEvent.click(await screen.findByRole('button', { name: menu }));
      await userEvent.click(await screen.findByRole('menuitem', { name: 'Edit' }));
      await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Your comment'));
    };
    await edit();
    expect(document.activeElement).toHaveProperty('selectionStart', 'Mine'.length);
    await userEvent.keyboard('{Escape}');
    expect(document.activeElement?.getAttribute('aria-label')).toBe(menu);
    await edit();
    await userEvent.clear(screen.getByRole('textbox', { name: 'Your comment' }));
    cleanup();
    await show(() => screen.findByRole('textbox', { name: 'Your comment' }));
    const field = screen.getByRole('textbox', { name: 'Your comment' });
    expect(field).toHaveProperty('value', '');
    expect(document.activeElement).toBe(document.body);
    await userEvent.type(field, 'Said better{Control>}{Enter}{/Control}');
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe(menu));
    expect(asked.at(-1)).toBe('PATCH /b/messages/b1 {"text":"Said better"}');
    await userEvent.click(await screen.findByRole('button', { name: menu }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Delete' }));
    await waitFor(() => expect(screen.queryByText('Said better')).toBeNull());
    expect(document.activeElement?.closest('[data-comment]')?.getAttribute('data-comment')).toBe('a');
  });

  it('are resolved, and read anew when others have said something', async () => {
    await show();
    await userEvent.click(screen.getAllByRole('button', { name: 'Resolve' })[0] ?? document.body);
    await waitFor(() => expect(screen.getByRole('radio', { name: 'Resolved 1' })).toBeDefined());
    expect(editor.openComments.getState().countAt.has('train')).toBe(false);
    threads = [{ id: 'c', step: null, updatedAt: at, resolved: null, messages: [message('c1', 'Grace', 'News')] }];
    backend.sockets.emit('comments:changed', { draftId: 'draft' });
    await screen.findByText('News');
  });
});
