import { QueryClientProvider, QueryObserver } from '@tanstack/react-query';
import { renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { expect, it, onTestFinished, vi } from 'vitest';
import { draftKeys } from '../../../api/drafts.ts';
import { createQueryClient } from '../../../api/query-client.ts';
import { SocketProvider } from '../../../realtime/socket.ts';
import { aSummary } from '../../../testing/run-builders.ts';
import { startTestBackend } from '../../../testing/test-backend.ts';
import { useInsideAnew } from './use-inside-anew.ts';

it('reads what is inside of a draft anew when a run of it begins, not whenever one changes', async () => {
  const backend = await startTestBackend();
  const socket = await backend.connect();
  const client = createQueryClient();
  const read = vi.fn(async () => 'inside');
  onTestFinished(new QueryObserver(client, { queryKey: [...draftKeys.detail('d1'), 'inside', 'train'], queryFn: read }).subscribe(() => {}));
  await vi.waitFor(() => expect(client.isFetching()).toBe(0));
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <QueryClientProvider client={client}>
      <SocketProvider value={socket}>{children}</SocketProvider>
    </QueryClientProvider>
  );
  renderHook(() => useInsideAnew('d1'), { wrapper });
  const heard = vi.fn();
  socket.on('runs:changed', heard);
  const tell = async (id: string, draft: string) => {
    heard.mockClear();
    backend.sockets.emit('runs:changed', { runs: [aSummary({ id, draft })] });
    await vi.waitFor(() => expect([heard.mock.calls.length, client.isFetching()]).toEqual([1, 0]));
    return read.mock.calls.length;
  };
  expect(await tell('7', 'd1')).toBe(2);
  expect(await tell('7', 'd1')).toBe(2);
  expect(await tell('8', 'other')).toBe(2);
  expect(await tell('9', 'd1')).toBe(3);
});
