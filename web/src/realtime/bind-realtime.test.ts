// @vitest-environment node
import type { RunSummary } from '@pipewright/shared/run/run.ts';
import { QueryObserver } from '@tanstack/react-query';
import { describe, expect, it, vi } from 'vitest';
import { createQueryClient } from '../api/query-client.ts';
import { runKeys } from '../api/runs.ts';
import { aSummary } from '../testing/run-builders.ts';
import { startTestBackend, type TestBackend } from '../testing/test-backend.ts';
import { bindRealtime } from './bind-realtime.ts';

async function boundPage(backend: TestBackend, items: readonly RunSummary[]) {
  const joined = new Promise<void>((resolve) => {
    backend.sockets.on('connection', (client) => {
      client.on('watch', async ({ room }, acknowledge) => {
        await client.join(room);
        acknowledge({ ok: true });
        resolve();
      });
    });
  });
  const socket = await backend.connect();
  const client = createQueryClient();
  const fetchList = vi.fn(async () => items);
  new QueryObserver(client, { queryKey: runKeys.recent(), queryFn: fetchList }).subscribe(() => {});
  await vi.waitFor(() => expect(client.getQueryData(runKeys.recent())).toBeDefined());
  bindRealtime(socket, client);
  await joined;
  const tell = (runs: readonly RunSummary[]): boolean => backend.sockets.to('runs').emit('runs:changed', { runs });
  return { client, socket, fetchList, tell };
}

describe('bindRealtime', () => {
  it('writes a known run into the list without asking the server', async () => {
    const backend = await startTestBackend();
    const { client, tell, fetchList } = await boundPage(backend, [aSummary({ id: '7', lastSeq: 3 })]);
    tell([aSummary({ id: '7', status: 'cancelling', lastSeq: 4 })]);
    await vi.waitFor(() => expect(client.getQueryData<RunSummary[]>(runKeys.recent())?.[0]?.status).toBe('cancelling'));
    expect(fetchList).toHaveBeenCalledTimes(1);
  });

  it('does not go back to an older state', async () => {
    const backend = await startTestBackend();
    const { client, tell } = await boundPage(backend, [aSummary({ id: '7', lastSeq: 9 }), aSummary({ id: '8', lastSeq: 1 })]);
    tell([aSummary({ id: '7', status: 'queued', lastSeq: 2 }), aSummary({ id: '8', status: 'cancelling', lastSeq: 2 })]);
    await vi.waitFor(() => expect(client.getQueryData<RunSummary[]>(runKeys.recent())?.[1]?.status).toBe('cancelling'));
    expect(client.getQueryData<RunSummary[]>(runKeys.recent())?.[0]?.status).toBe('running');
  });

  it('reads the list anew for a run that it does not know', async () => {
    const backend = await startTestBackend();
    const { tell, fetchList } = await boundPage(backend, [aSummary({ id: '7' })]);
    tell([aSummary({ id: '8' })]);
    await vi.waitFor(() => expect(fetchList).toHaveBeenCalledTimes(2));
  });

  it('refreshes everything once after the connection came back', async () => {
    const backend = await startTestBackend();
    const { socket, fetchList } = await boundPage(backend, [aSummary({ id: '7' })]);
    const isBack = new Promise((resolve) => socket.once('connect', () => resolve(null)));
    for (const connection of backend.sockets.sockets.sockets.values()) connection.conn.close();
    await isBack;
    await vi.waitFor(() => expect(fetchList).toHaveBeenCalledTimes(2));
  });
});
