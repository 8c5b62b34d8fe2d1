import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Draft } from '@pipewright/shared/http/drafts.ts';
import express from 'express';
import { expect, it, onTestFinished } from 'vitest';
import { call } from '../../testing/api.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { testServer } from '../../testing/test-server.ts';
import type { Services } from '../services.ts';
import { getDraftData } from './get-draft-data.ts';

async function table(): Promise<string> {
  const path = join(await tempFolder(), 'cars.csv');
  await writeFile(path, 'name,doors\nFiat,3\nOpel,5\n');
  return path;
}

it('data of a draft is shown by its first row and its columns, without what they hold', async () => {
  const server = await testServer();
  const path = await table();
  const { id } = Draft.parse((await call(server, '/api/drafts', { body: {} })).body);
  const shown = await call(server, `/api/drafts/${id}/data?${new URLSearchParams({ path, type: 'uri_file' }).toString()}`);
  expect(shown.body).toMatchObject({
    kind: 'table',
    rowCount: 2,
    rows: [['Fiat', 3]],
    columns: [
      { name: 'name', type: 'VARCHAR', kind: 'text' },
      { name: 'doors', type: 'BIGINT', kind: 'number' },
    ],
  });
  expect(JSON.stringify(shown.body)).not.toContain('histogram');
  const gone = await call(server, `/api/drafts/${id}/data?${new URLSearchParams({ path: `${path}.gone` }).toString()}`);
  expect(gone).toMatchObject({ status: 404, body: { code: 'not-here' } });
});

it('reading it is stopped when nobody waits for it any more', async () => {
  const path = await table();
  const asked = Promise.withResolvers<AbortSignal | undefined>();
  const previewer = { preview: async (_: unknown, signal?: AbortSignal) => (asked.resolve(signal), await new Promise<never>(() => {})) };
  // What the endpoint asks of all that a server has.
  const services = { previewer, store: { drafts: { get: async () => ({ folder: null }) } }, data: { find: async () => ({ kind: 'local', path }) } };
  const server = express()
    .get('/:id', getDraftData.serve(services as unknown as Services))
    .listen(0);
  onTestFinished(() => server.closeAllConnections());
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const leaving = new AbortController();
  const answer = fetch(`http://127.0.0.1:${port}/d1?path=cars`, { signal: leaving.signal });
  const signal = await asked.promise;
  leaving.abort();
  await expect(answer).rejects.toThrow();
  if (signal?.aborted === false) await once(signal, 'abort');
  expect(signal?.aborted).toBe(true);
});
