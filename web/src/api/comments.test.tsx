import type { CommentThread } from '@pipewright/shared/http/comments.ts';
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { expect, it, onTestFinished, vi } from 'vitest';
import { commentsQuery, useChangeComments } from './comments.ts';

const at = '2026-11-30T10:00:00.000Z';
const threadOf = (id: string): CommentThread => ({
  id,
  step: null,
  updatedAt: at,
  resolved: null,
  messages: [{ id: `${id}1`, by: 'Ada', at, editedAt: null, text: id, mentions: [] }],
});

it('reads the comments, where they were not read, instead of taking the new one for all of them', async () => {
  let isDown = true;
  const fetching = vi.spyOn(globalThis, 'fetch').mockImplementation(async (_path, init) => {
    if (init?.method === 'POST') return Promise.resolve(Response.json(threadOf('new')));
    return Promise.resolve(isDown ? Response.json({}, { status: 503 }) : Response.json({ items: [threadOf('new'), threadOf('old')], nextCursor: null }));
  });
  onTestFinished(() => fetching.mockRestore());
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const Around = ({ children }: { readonly children: ReactNode }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>;
  const { result } = renderHook(() => ({ said: useQuery(commentsQuery('d')), change: useChangeComments('d') }), { wrapper: Around });
  await waitFor(() => expect(result.current.said.isError).toBe(true));
  isDown = false;
  await act(async () => await result.current.change.mutateAsync({ kind: 'start', step: null, text: 'new' }));
  await waitFor(() => expect(result.current.said.data?.map(({ id }) => id)).toEqual(['new', 'old']));
});
