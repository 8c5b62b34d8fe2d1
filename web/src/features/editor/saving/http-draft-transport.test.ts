import { expect, it, onTestFinished, vi } from 'vitest';
import { createHttpDraftTransport } from './http-draft-transport.ts';

it('lets only what is short in bytes outlive its page: a browser refuses the rest', async () => {
  const asked: (boolean | undefined)[] = [];
  const fetching = vi.spyOn(globalThis, 'fetch').mockImplementation((_, init) => {
    asked.push(init?.keepalive);
    return Promise.reject(new TypeError('Failed to fetch'));
  });
  onTestFinished(() => fetching.mockRestore());
  const describe = (value: string) => ({
    clientId: 'c',
    mutationId: 'm',
    revision: 1,
    ops: [{ op: 'pipeline.setMeta' as const, field: 'description', value }],
  });
  const transport = createHttpDraftTransport('d');
  for (const value of ['short', 'ш'.repeat(40_000), 'x'.repeat(70_000)]) expect(await transport.send(describe(value))).toEqual({ kind: 'unreachable' });
  expect(asked).toEqual([true, false, false]);
});
