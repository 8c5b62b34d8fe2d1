import { join } from 'node:path';
import { mkdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { call } from '../testing/api.ts';
import { createPlace } from '../testing/place.ts';
import { readJson, runCli } from '../testing/run-cli.ts';
import { testServer } from '../testing/test-server.ts';

describe('pipewright import and export', () => {
  it('give back the file with its comments, and its paths from where it is put', async () => {
    const at = await createPlace();
    const imported = await runCli(['import', 'two.yml', '--name', 'Mine'], at);
    const [id = ''] = imported.stdout.split(/\s/);
    expect(imported).toMatchObject({ status: 0, stdout: `${id}  Mine\n` });
    await mkdir(join(at.cwd, 'elsewhere'));
    const exported = join(at.cwd, 'elsewhere', 'copy.yml');
    expect(await runCli(['export', `draft:${id}`, '-o', exported], at)).toMatchObject({ status: 0, stdout: '', stderr: '' });
    const text = await readFile(exported, 'utf8');
    expect(text).toContain('display_name: Mine # as lists show it');
    expect(text).toContain('  # says something\n  make:');
    expect(text).toContain('path: ../in.txt');
    expect(await runCli(['validate', exported], at)).toMatchObject({ status: 0, stdout: '' });
  });

  it('export a run as it was, and a published pipeline by name', async () => {
    const server = await testServer();
    const at = { ...(await createPlace()), home: server.home };
    await runCli(['run', 'two.yml', '--set', 'text=bye'], at);
    expect(await runCli(['export', 'run:1'], at)).toMatchObject({ status: 0, stdout: expect.stringContaining('\n  text: bye\n') });
    const { body } = await call(server, '/api/import', { body: { file: join(at.cwd, 'two.yml') } });
    const draft = body as { id: string; revision: number };
    await call(server, '/api/pipelines', { body: { draft: draft.id, revision: draft.revision, name: 'two_steps' } });
    expect(await runCli(['export', 'two_steps'], at)).toMatchObject({ status: 0, stdout: expect.stringContaining('display_name: Two steps') });
    expect(readJson(await runCli(['plan', 'two_steps:1', '--json'], at)).steps).toHaveLength(2);
    expect((await runCli(['ls', 'pipelines'], at)).stdout).toMatch(/^two_steps:1 .*\ndraft:\S+ .*Two steps\n$/);
  });

  it.each([
    [['export', 'nothing'], 'there is no published pipeline nothing'],
    [['export', 'draft:nothing'], 'there is no draft:nothing'],
    [['import', 'gone.yml'], 'the file gone.yml does not exist'],
  ])('answer %j with a sentence and 2', async (args, message) => {
    expect(await runCli(args, await createPlace())).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining(message) });
  });
});
