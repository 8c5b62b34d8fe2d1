import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { writeStepOutputUri } from '@pipewright/shared/asset/asset-reference.ts';
import { RunSummary } from '@pipewright/shared/run/run.ts';
import { call, finishedRun } from '../../testing/api.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { sharedTestServer } from '../../testing/test-server.ts';

const made = {
  type: 'command',
  name: 'joins',
  display_name: 'Joins words',
  command: 'bash join.sh ${{inputs.word}} ${{inputs.data}} > ${{outputs.out}}/said',
  inputs: { word: { type: 'string' }, data: { type: 'uri_folder' } },
  outputs: { out: { type: 'uri_folder' } },
};
const files = { 'join.sh': 'echo $1; cat $2/*\n' };

describe('a component that is tried before it is a version', () => {
  const server = sharedTestServer();
  let draft = '';
  const test = async (body: object) => await call(server(), `/api/drafts/${draft}/test`, { body });
  const tested = async (body: object) => {
    const answer = await test(body);
    expect(answer.status).toBe(201);
    return await finishedRun(server(), RunSummary.parse(answer.body).id);
  };
  const said = async (run: string): Promise<string> => await (await fetch(`${server().url}/api/runs/${run}/steps/joins/outputs/out/said`)).text();

  beforeEach(async () => {
    draft = ((await call(server(), '/api/drafts', { body: { document: { type: 'pipeline', jobs: {} } } })).body as { id: string }).id;
  });

  it('runs by itself on what the draft has and on what a step of an earlier run put out; the draft stays as it is', async () => {
    const folder = await tempFolder();
    await mkdir(join(folder, 'data'));
    await writeFile(join(folder, 'data', 'a.txt'), 'from the draft\n');
    const make = '{ command: "echo made > ${{outputs.out}}/made", outputs: { out: { type: uri_folder } } }';
    await writeFile(join(folder, 'pipeline.yml'), `type: pipeline\njobs:\n  make: ${make}\n`);
    draft = ((await call(server(), '/api/import', { body: { file: join(folder, 'pipeline.yml') } })).body as { id: string }).id;
    const before = (await call(server(), `/api/drafts/${draft}`)).body;
    const first = await tested({ of: { made }, files, inputs: { word: 'one', data: { type: 'uri_folder', path: './data' } } });
    expect(first.run).toMatchObject({
      status: 'completed',
      name: 'Test of Joins words',
      origin: { kind: 'test', draft, component: 'joins' },
      snapshot: { components: { './component.yml': { name: 'joins' } } },
    });
    expect(await said(first.run.id)).toBe('one\nfrom the draft\n');
    const made2 = RunSummary.parse((await call(server(), `/api/drafts/${draft}/runs`, { body: {} })).body);
    await finishedRun(server(), made2.id);
    const data = { type: 'uri_folder', path: writeStepOutputUri({ run: made2.id, step: 'make', output: 'out' }) };
    const second = await tested({ of: { made }, files, inputs: { word: 'two', data } });
    expect(await said(second.run.id)).toBe('two\nmade\n');
    expect((await call(server(), `/api/drafts/${draft}`)).body).toMatchObject({ revision: (before as { revision: number }).revision });
    const ofDraft = (await call(server(), `/api/runs?draft=${draft}`)).body as { items: { id: string }[] };
    expect(ofDraft.items.map(({ id }) => id)).toEqual([made2.id]);
    expect((await call(server(), '/api/components/joins/latest')).status).toBe(404);
  });

  it('of a step of the draft, with what is changed of it', async () => {
    expect((await call(server(), '/api/components', { body: { component: made, files } })).status).toBe(201);
    const declares = { inputs: { word: made.inputs.word }, command: 'bash join.sh ${{inputs.word}} . > ${{outputs.out}}/said' };
    const body = { of: { component: 'azureml:joins:1', declares }, files: { 'join.sh': 'echo again $1\n' }, inputs: { word: 'three' } };
    expect(await said((await tested(body)).run.id)).toBe('again three\n');
    expect((await call(server(), '/api/components/joins/2')).status).toBe(404);
  });

  it('says why it cannot be run, and leaves nothing', async () => {
    const there = async (): Promise<string[]> => await readdir(join(server().home, 'uploads'));
    const before = await there();
    const lacking = await test({ of: { made }, files, inputs: { word: 'one' } });
    expect(lacking).toMatchObject({ status: 422, body: { title: 'The component cannot be run', problems: [{ code: 'missing-input', port: 'data' }] } });
    const undeclared = await test({ of: { made: { ...made, command: 'echo ${{inputs.nothing}}' } }, files, inputs: {} });
    expect(undeclared).toMatchObject({ status: 422, body: { problems: [{ code: 'undeclared-placeholder' }] } });
    const gone = { type: 'uri_folder', path: writeStepOutputUri({ run: '1', step: 'nothing', output: 'out' }) };
    expect(JSON.stringify((await test({ of: { made }, files, inputs: { word: 'one', data: gone } })).body)).toContain('run 1 has no step nothing');
    expect(await test({ of: { made: { ...made, code: '/etc' } }, files, inputs: {} })).toMatchObject({ status: 422 });
    expect((await test({ of: { component: 'azureml:nothing:1' }, files: {}, inputs: {} })).status).toBe(404);
    expect(await there()).toEqual(before);
  });
});
