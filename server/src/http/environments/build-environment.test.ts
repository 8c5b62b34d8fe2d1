import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { call } from '../../testing/api.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { sharedTestServer } from '../../testing/test-server.ts';

describe('a build that is asked for', () => {
  const server = sharedTestServer();
  const build = async (definition: string): Promise<string> => {
    const file = join(await tempFolder(), 'environment.yml');
    await writeFile(file, definition);
    const { body } = await call(server(), '/api/register', { body: { file } });
    const { name, version } = body as { name: string; version: string };
    const answer = await fetch(`${server().url}/api/environments/${name}/${version}/build`, { method: 'POST' });
    expect([answer.status, answer.headers.get('Content-Type')]).toEqual([200, 'text/plain; charset=utf-8']);
    return await answer.text();
  };

  it('says at its end that it stands, or why it cannot', async () => {
    expect(await build('name: bare\nversion: 1\nrequirements: []\n')).toMatch(/Ready: the machine’s own Python has everything already\.\n$/);
    const failed = await build('name: future\nversion: 1\npython: "==3.99.*"\nrequirements: []\nx-pipewright: { resolution: strict }\n');
    expect(failed).toMatch(/^Failed: Python ==3\.99\.\* was asked for, strictly/);
    const listed = await call(server(), '/api/environments?search=future');
    expect(listed.body).toMatchObject({ items: [{ build: { status: 'failed' } }] });
  });

  it('may be of one that was written on the page, with a conda file in it', async () => {
    const conda_file = { dependencies: ['python=3.11', 'numpy=1.26', { pip: ['duckdb>=1.2'] }] };
    const made = await call(server(), '/api/environments', { body: { definition: { name: 'written', conda_file } } });
    expect(made).toMatchObject({ status: 201, body: { kind: 'environment', name: 'written', version: '1', outcome: 'registered' } });
    const [listed] = ((await call(server(), '/api/environments?search=written')).body as { items: { definition: unknown }[] }).items;
    expect(listed?.definition).toMatchObject({ python: '==3.11.*', requirements: ['duckdb>=1.2', 'numpy==1.26.*'] });
    const next = await call(server(), '/api/environments', { body: { definition: { name: 'written', requirements: [] } } });
    expect(next).toMatchObject({ status: 201, body: { version: '2' } });
    expect((await call(server(), '/api/environments', { body: { definition: { name: 'a b' } } })).status).toBe(422);
  });

  it('needs an environment that is there', async () => {
    expect((await call(server(), '/api/environments/nothing/1/build', { method: 'POST' })).status).toBe(404);
  });
});
