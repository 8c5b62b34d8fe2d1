import { expect, it } from 'vitest';
import { Checkpoint, Draft } from '@pipewright/shared/http/drafts.ts';
import { call } from '../testing/api.ts';
import { testServer } from '../testing/test-server.ts';

it('marks what is done with the name that the browser sends, else with that of the settings', async () => {
  const server = await testServer();
  const { id } = Draft.parse((await call(server, '/api/drafts', { body: { name: 'Shared' } })).body);
  const keep = async (headers: Record<string, string>): Promise<string> =>
    Checkpoint.parse((await call(server, `/api/drafts/${id}/checkpoints`, { body: { name: 'kept' }, headers })).body).by;
  expect(await keep({})).toBe('Ada');
  expect(await keep({ 'Pipewright-Name': encodeURIComponent('Gräce H') })).toBe('Gräce H');
  expect(await keep({ 'Pipewright-Name': '%E0%A4' })).toBe('Ada');
  expect(await keep({ 'Pipewright-Name': 'x'.repeat(81) })).toBe('Ada');
  const { body } = await call(server, '/api/workspace', { headers: { 'Pipewright-Name': 'Grace' } });
  expect(body).toMatchObject({ displayName: 'Ada' });
});
