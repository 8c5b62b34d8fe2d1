import { join } from 'node:path';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { call, runToEnd } from '../testing/api.ts';
import { createPlace, twoSteps } from '../testing/place.ts';
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

  it('keep comments when the file is gone, through a version, its clone and a run', async () => {
    const server = await testServer();
    const at = { ...(await createPlace()), home: server.home };
    const says = { status: 0, stdout: expect.stringContaining('  # says something\n  make:') };
    const { body: imported } = await call(server, '/api/import', { body: { file: join(at.cwd, 'two.yml') } });
    await rm(join(at.cwd, 'two.yml'));
    const draft = imported as { id: string; revision: number; text: string };
    expect(draft.text).toBe(twoSteps);
    await call(server, '/api/pipelines', { body: { draft: draft.id, revision: draft.revision, name: 'two_steps' } });
    expect(await runCli(['export', 'two_steps'], at)).toMatchObject(says);
    const { body: cloned } = await call(server, '/api/gallery/two_steps/clone', { body: {} });
    expect(await runCli(['export', `draft:${(cloned as { id: string }).id}`], at)).toMatchObject(says);
    await runToEnd(server, { pipeline: 'two_steps' });
    expect(await runCli(['export', 'run:1'], at)).toMatchObject(says);
    const { body: again } = await call(server, '/api/runs/1/clone', { body: {} });
    expect(await runCli(['export', `draft:${(again as { id: string }).id}`], at)).toMatchObject(says);
  });

  it('keep comments through edits, and refuse other words for some that are not there', async () => {
    const server = await testServer();
    const at = { ...(await createPlace()), home: server.home };
    const { body: imported } = await call(server, '/api/import', { body: { file: join(at.cwd, 'two.yml') } });
    const { id } = imported as { id: string };
    const edit = async (revision: number, ops: unknown[]) =>
      await call(server, `/api/drafts/${id}/ops`, { body: { clientId: 'tab', mutationId: `m${revision}`, ops }, headers: { 'If-Match': `"${revision}"` } });
    const splice = { op: 'text.splice', at: 0, removed: '', inserted: '# mine\n' };
    expect(await edit(1, [{ op: 'step.setField', step: 'make', field: 'compute', value: 'local' }, splice])).toMatchObject({ status: 200 });
    const { stdout } = await runCli(['export', `draft:${id}`], at);
    expect(stdout).toMatch(/^# mine\ntype: pipeline\ndisplay_name: Two steps # as lists show it\n/);
    expect(stdout).toContain('    compute: local\n');
    expect(await edit(2, [{ op: 'text.splice', at: 9, removed: 'nowhere', inserted: '' }])).toMatchObject({
      status: 422,
      body: { detail: 'Operation 1: the text reads otherwise there by now.' },
    });
  });

  it('give back the file letter for letter while nobody moves a step, and where they are once somebody has', async () => {
    const server = await testServer();
    const original = `# x-pipewright: layout\n${twoSteps}`;
    const at = { ...(await createPlace({ 'two.yml': original })), home: server.home };
    const { body: imported } = await call(server, '/api/import', { body: { file: join(at.cwd, 'two.yml') } });
    const { id } = imported as { id: string };
    const exported = async () => await runCli(['export', `draft:${id}`, '-o', join(at.cwd, 'copy.yml'), '--force'], at);
    expect(await exported()).toMatchObject({ status: 0 });
    expect(await readFile(join(at.cwd, 'copy.yml'), 'utf8')).toBe(original);
    const ops = [{ op: 'layout.move', step: 'make', to: { x: 160, y: 40 } }];
    await call(server, `/api/drafts/${id}/ops`, { body: { clientId: 'tab', mutationId: 'm', ops }, headers: { 'If-Match': '"1"' } });
    expect(await exported()).toMatchObject({ status: 0 });
    const text = await readFile(join(at.cwd, 'copy.yml'), 'utf8');
    expect(text.startsWith(original)).toBe(true);
    expect(text.slice(original.length)).toMatch(/^x-pipewright:\n  layout:/);
  });

  it.each([
    [['export', 'nothing'], 'there is no published pipeline nothing'],
    [['export', 'draft:nothing'], 'there is no draft:nothing'],
    [['import', 'gone.yml'], 'the file gone.yml does not exist'],
  ])('answer %j with a sentence and 2', async (args, message) => {
    expect(await runCli(args, await createPlace())).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining(message) });
  });
});
