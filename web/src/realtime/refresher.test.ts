import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { describe, expect, it, vi } from 'vitest';
import { createRefresher } from './refresher.ts';

/** A query whose fetches are finished by hand. */
function controlledQuery() {
  const client = new QueryClient();
  const waiting: (() => void)[] = [];
  let started = 0;
  let aborted = 0;
  const observer = new QueryObserver(client, {
    queryKey: ['things', 'list'],
    queryFn: ({ signal }) => {
      started += 1;
      signal.addEventListener('abort', () => {
        aborted += 1;
      });
      return new Promise<number>((resolve) => waiting.push(() => resolve(started)));
    },
  });
  const stop = observer.subscribe(() => {});
  return { client, stop, counts: () => ({ started, aborted }), finish: () => waiting.shift()?.() };
}

describe('createRefresher', () => {
  it('lets a fetch finish under a stream of events, and fetches once more for the last of them', async () => {
    const query = controlledQuery();
    const refresh = createRefresher(query.client);
    query.finish();
    await vi.waitFor(() => expect(query.client.getQueryData(['things', 'list'])).toBe(1));
    for (let event = 0; event < 50; event += 1) refresh(['things']);
    await vi.waitFor(() => expect(query.counts().started).toBe(2));
    query.finish();
    await vi.waitFor(() => expect(query.counts().started).toBe(3));
    query.finish();
    await vi.waitFor(() => expect(query.client.getQueryData(['things', 'list'])).toBe(3));
    expect(query.counts()).toEqual({ started: 3, aborted: 0 });
    query.stop();
  });
});
