import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { call } from '../testing/api.ts';
import { makeZip, zipOf } from '../testing/make-zip.ts';
import { createPlace, twoSteps } from '../testing/place.ts';
import { runCli } from '../testing/run-cli.ts';
import { testServer } from '../testing/test-server.ts';

describe('pipewright import', () => {
  it('takes a folder and an archive: what was found goes to stderr, the drafts to stdout', async () => {
    const server = await testServer();
    const at = { ...(await createPlace({ 'sub/one.yml': twoSteps.replace('./in.txt', './gone.txt') })), home: server.home };
    await writeFile(join(at.cwd, 'all.zip'), zipOf({ 'p/two.yml': twoSteps, 'p/in.txt': 'data\n' }));
    const { status, stdout, stderr } = await runCli(['import', 'sub', 'all.zip'], at);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^\S+ {2}Two steps\n\S+ {2}Two steps\n$/);
    expect(stderr).toBe('sub/one.yml:5:27: warning ./gone.txt is not there.\n');
    expect(await runCli(['import', 'all.zip', '--name', 'Mine'], at)).toMatchObject({ status: 0, stdout: expect.stringContaining('  Mine\n') });
  });

  it('makes nothing of files of which one is refused, and ends with 2 and its place', async () => {
    const server = await testServer();
    const at = {
      ...(await createPlace({ 'bad.yml': 'jobs:\n  a: { command: x }\n  a: { command: y }\n', 'sub/out.yml': twoSteps.replace('./in.txt', '../in.txt') })),
      home: server.home,
    };
    await writeFile(
      join(at.cwd, 'slip.zip'),
      makeZip([
        { name: 'two.yml', text: twoSteps },
        { name: '../in.txt', text: 'evil' },
      ]),
    );
    const expectRefused = async (args: readonly string[], stderr: string): Promise<void> =>
      expect(await runCli(['import', ...args], at)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining(stderr) });
    await expectRefused(['two.yml', 'bad.yml'], 'bad.yml:3:3: error This is not readable YAML: the key a stands here a second time.');
    await expectRefused(['sub'], 'sub/out.yml:5:27: error ../in.txt leads out of what is imported.');
    await expectRefused(['slip.zip'], 'slip.zip: The archive holds "../in.txt", whose path leads out of the folder. Nothing of it is unpacked.');
    expect((await server.store.drafts.list({ limit: 10 })).items).toEqual([]);
    expect(await readdir(join(server.home, 'imports'))).toEqual([]);
  });

  it('says the same of a file whether a server owns the data folder or nobody does', async () => {
    const text = 'jobs:\n  a:\n    component: azureml:sample_data:1\n    inputs: { dataset: cars }\n  b:\n    component: azureml:sample_dat:1\n';
    const at = await createPlace({ 'p.yml': text, 'broken.yml': 'jobs: [\n' });
    const [alone, refused] = [await runCli(['import', 'p.yml'], at), await runCli(['import', 'broken.yml'], at)];
    const server = await testServer({ home: at.home });
    const withServer = await runCli(['import', 'p.yml'], at);
    expect(alone).toMatchObject({ status: 0, stderr: withServer.stderr, stdout: expect.stringMatching(/^\w+ {2}p\n$/) });
    expect(alone.stderr).toContain('sample_dat');
    expect(await runCli(['import', 'broken.yml'], at)).toEqual(refused);
    expect(refused.status).toBe(2);
    const { items } = (await call(server, '/api/drafts')).body as { items: { name: string; problemCount: number }[] };
    expect(items.map(({ name, problemCount }) => [name, problemCount])).toEqual([
      ['p', 1],
      ['p', 1],
    ]);
  });
});
