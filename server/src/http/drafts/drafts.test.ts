import { describe, expect, it } from 'vitest';
import { Draft } from '@pipewright/shared/http/drafts.ts';
import { call, finishedRun, type ApiAnswer } from '../../testing/api.ts';
import { sharedTestServer, testServer } from '../../testing/test-server.ts';

const echo = (text: string) => ({ command: `echo ${text}`, inputs: {}, outputs: {} });
const addStep = (step: string) => ({ op: 'step.add', step, value: echo(step), position: { x: 0, y: 0 } });
const setLabel = (step: string, value: string) => ({ op: 'step.setField', step, field: 'display_name', value });

describe('drafts', () => {
  const server = sharedTestServer();
  let mutation = 0;
  const create = async (body: Record<string, unknown> = { name: 'New' }): Promise<Draft> => Draft.parse((await call(server(), '/api/drafts', { body })).body);
  const save = async (id: string, revision: number, ops: unknown[], mutationId = `m${(mutation += 1)}`): Promise<ApiAnswer> =>
    await call(server(), `/api/drafts/${id}/ops`, { body: { clientId: 'tab', mutationId, ops }, headers: { 'If-Match': `"${revision}"` } });

  it('begin empty or from a document, whose steps get a place', async () => {
    const empty = await create();
    expect(empty).toMatchObject({ name: 'New', revision: 1, document: { jobs: {} }, lastRun: null });
    const given = await create({ document: { type: 'pipeline', display_name: 'Given', jobs: { a: echo('a'), b: echo('b') } } });
    expect(Object.keys(given.layout.steps)).toEqual(['a', 'b']);
    expect(given.name).toBe('Given');
    expect(await call(server(), '/api/drafts', { body: { document: { jobs: [echo('a')] } } })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('jobs') },
    });
  });

  it('take edits from the revision they are based on, and tell the next one and what is wrong', async () => {
    const { id } = await create();
    const first = await save(id, 1, [addStep('a'), { op: 'step.setInput', step: 'a', input: 'x', value: '${{parent.jobs.b.outputs.y}}' }]);
    expect(first).toMatchObject({ status: 200, body: { revision: 2, problems: [{ code: 'unknown-step', step: 'a' }] } });
    expect((await save(id, 2, [{ op: 'step.setInput', step: 'a', input: 'x' }])).body).toEqual({ revision: 3, problems: [] });
    const opened = await fetch(`${server().url}/api/drafts/${id}`);
    expect(opened.headers.get('etag')).toBe('"3"');
    expect(await opened.json()).toMatchObject({ revision: 3, document: { jobs: { a: { command: 'echo a' } } }, layout: { steps: { a: { x: 0, y: 0 } } } });
  });

  it('answer an edit from an old revision with what is needed to rebase', async () => {
    const { id } = await create();
    const theirs = [addStep('a')];
    await save(id, 1, theirs, 'theirs');
    const conflict = await save(id, 1, [addStep('b')]);
    expect(conflict).toMatchObject({ status: 412, body: { currentRevision: 2, full: false, opsSince: [{ revision: 2, mutationId: 'theirs', ops: theirs }] } });
    expect((await call(server(), `/api/drafts/${id}`)).body).toMatchObject({ revision: 2 });
  });

  it('count a repeated edit once, however late it comes again', async () => {
    const { id } = await create();
    expect((await save(id, 1, [addStep('a')], 'once')).body).toMatchObject({ revision: 2 });
    await save(id, 2, [setLabel('a', 'A')]);
    expect(await save(id, 1, [addStep('a')], 'once')).toMatchObject({ status: 200, body: { revision: 2 } });
    expect((await call(server(), `/api/drafts/${id}`)).body).toMatchObject({ revision: 3 });
  });

  it('take many edits at once as if they came one after the other', async () => {
    const { id } = await create();
    await save(id, 1, [addStep('a')]);
    const answers = await Promise.all(Array.from({ length: 10 }, async (_, index) => await save(id, 2, [setLabel('a', String(index))])));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 412)).toHaveLength(9);
    expect((await call(server(), `/api/drafts/${id}`)).body).toMatchObject({ revision: 3 });
  });

  it('refuse edits that cannot be read, do not fit, or do not say what they are based on', async () => {
    const { id } = await create();
    const body = { clientId: 'tab', mutationId: 'x', ops: [addStep('a')] };
    expect(await call(server(), `/api/drafts/${id}/ops`, { body })).toMatchObject({ status: 428, body: { code: 'revision-required' } });
    expect(await call(server(), `/api/drafts/${id}/ops`, { body, headers: { 'If-Match': '*' } })).toMatchObject({ status: 400 });
    expect(await save(id, 1, [{ op: 'step.explode', step: 'a' }])).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    expect(await save(id, 1, [addStep('a'), setLabel('nobody', 'x')])).toMatchObject({
      status: 422,
      body: { code: 'invalid-operation', detail: expect.stringMatching(/^Operation 2: .*nobody/) },
    });
    expect(await save('nobody', 1, [addStep('a')])).toMatchObject({ status: 404 });
    expect((await call(server(), `/api/drafts/${id}`)).body).toMatchObject({ revision: 1, document: { jobs: {} } });
  });

  it('are put out of sight and brought back', async () => {
    const { id } = await create({ name: 'Short-lived' });
    expect((await call(server(), `/api/drafts/${id}`, { method: 'DELETE' })).status).toBe(200);
    expect((await call(server(), `/api/drafts/${id}`)).status).toBe(404);
    expect((await call(server(), `/api/drafts/${id}`, { method: 'DELETE' })).status).toBe(404);
    expect(await save(id, 1, [addStep('a')])).toMatchObject({ status: 409, body: { code: 'draft-archived' } });
    expect(JSON.stringify((await call(server(), '/api/drafts?limit=500')).body)).not.toContain('Short-lived');
    expect(await call(server(), `/api/drafts/${id}/restore`, { method: 'POST' })).toMatchObject({ status: 200, body: { name: 'Short-lived' } });
    expect(await call(server(), '/api/drafts/nobody/restore', { method: 'POST' })).toMatchObject({ status: 404 });
  });

  it('are listed latest edit first, by page, with what a card shows', async () => {
    const older = await create({
      document: { type: 'pipeline', display_name: 'Older', jobs: { a: echo('a'), b: { ...echo('b'), inputs: { x: '${{parent.jobs.zz.outputs.y}}' } } } },
    });
    await create({ name: 'Newer' });
    await save(older.id, 1, [setLabel('a', 'A')]);
    const first = await call(server(), '/api/drafts?limit=1');
    expect(first.body).toMatchObject({ items: [{ name: 'Older', stepCount: 2, problemCount: 1, by: 'Ada', thumbnail: { steps: [{}, {}] } }] });
    const { nextCursor } = first.body as { nextCursor: string };
    expect((await call(server(), `/api/drafts?limit=1&cursor=${encodeURIComponent(nextCursor)}`)).body).toMatchObject({ items: [{ name: 'Newer' }] });
    expect(await call(server(), '/api/drafts?limit=0')).toMatchObject({ status: 400 });
  });

  it('are kept under a name, as they stood', async () => {
    const { id } = await create();
    await save(id, 1, [addStep('a')]);
    const kept = await call(server(), `/api/drafts/${id}/checkpoints`, { body: { name: 'One step' } });
    expect(kept).toMatchObject({ status: 201, body: { name: 'One step', revision: 2, by: 'Ada' } });
    await save(id, 2, [{ op: 'step.remove', step: 'a' }]);
    const { id: checkpoint } = kept.body as { id: string };
    expect((await call(server(), `/api/drafts/${id}/checkpoints`)).body).toMatchObject({ items: [{ id: checkpoint }] });
    expect((await call(server(), `/api/drafts/${id}/checkpoints/${checkpoint}`)).body).toMatchObject({ document: { jobs: { a: echo('a') } } });
    expect((await call(server(), `/api/drafts/${id}/checkpoints/other`)).status).toBe(404);
    expect((await call(server(), '/api/drafts/nobody/checkpoints')).status).toBe(404);
    const renamed = await call(server(), `/api/drafts/${id}/checkpoints/${checkpoint}`, { method: 'PATCH', body: { name: 'Better' } });
    expect(renamed).toMatchObject({ status: 200, body: { id: checkpoint, name: 'Better', kind: 'named' } });
    expect((await call(server(), `/api/drafts/${id}/checkpoints/other`, { method: 'PATCH', body: { name: 'x' } })).status).toBe(404);
  });

  it('are kept by themselves as they stood before the fiftieth edit, and a name keeps such a one for good', async () => {
    const { id } = await create();
    for (let revision = 1; revision <= 50; revision += 1) await save(id, revision, [revision === 1 ? addStep('a') : setLabel('a', String(revision))]);
    const { items } = (await call(server(), `/api/drafts/${id}/checkpoints`)).body as { items: { id: string }[] };
    expect(items).toMatchObject([{ kind: 'automatic', name: '', revision: 50 }]);
    const [kept] = items;
    expect((await call(server(), `/api/drafts/${id}/checkpoints/${kept?.id}`)).body).toMatchObject({ document: { jobs: { a: { display_name: '49' } } } });
    const renamed = await call(server(), `/api/drafts/${id}/checkpoints/${kept?.id}`, { method: 'PATCH', body: { name: 'Good' } });
    expect(renamed.body).toMatchObject({ kind: 'named', name: 'Good' });
  });

  it('know the versions published from them, and those of the pipeline that they were cloned from', async () => {
    const { id } = await create({ document: { type: 'pipeline', display_name: 'Known', jobs: { a: echo('a') } } });
    await call(server(), '/api/pipelines', { body: { draft: id, revision: 1, name: 'known' } });
    const ofDraft = { items: [{ name: 'known', version: '1', draft: id }] };
    expect((await call(server(), `/api/drafts/${id}/published`)).body).toMatchObject(ofDraft);
    const clone = Draft.parse((await call(server(), '/api/gallery/known/clone', { method: 'POST' })).body);
    expect((await call(server(), `/api/drafts/${clone.id}/published`)).body).toMatchObject(ofDraft);
    expect((await call(server(), '/api/pipelines/known/versions/1')).body).toMatchObject({ document: { jobs: { a: echo('a') } }, components: {} });
    expect((await call(server(), '/api/pipelines/known/versions/7')).status).toBe(404);
    expect((await call(server(), '/api/drafts/nobody/published')).status).toBe(404);
  });
});

describe('a draft that is run', () => {
  it('is planned and run as it was looked at, kept as a checkpoint once, and shows its newest run', async () => {
    const server = await testServer();
    const { id } = Draft.parse(
      (await call(server, '/api/drafts', { body: { document: { type: 'pipeline', display_name: 'Echo', jobs: { a: echo('a') } } } })).body,
    );
    expect(await call(server, `/api/drafts/${id}/plan`, { body: { revision: 1 } })).toMatchObject({
      status: 200,
      body: { steps: [{ key: 'a', decision: 'run' }] },
    });
    expect(await call(server, `/api/drafts/${id}/runs`, { body: { revision: 7 } })).toMatchObject({ status: 409, body: { code: 'draft-moved-on' } });
    const submitted = await call(server, `/api/drafts/${id}/runs`, { body: { revision: 1 } });
    expect(submitted).toMatchObject({ status: 201, body: { id: '1', status: 'queued', name: 'Echo', origin: { kind: 'draft', draft: id, revision: 1 } } });
    expect((await finishedRun(server, '1')).run.status).toBe('completed');
    await call(server, `/api/drafts/${id}/runs`, { body: {} });
    await finishedRun(server, '2');
    expect((await call(server, `/api/drafts/${id}`)).body).toMatchObject({ lastRun: { id: '2', status: 'completed' } });
    expect((await call(server, `/api/drafts/${id}/checkpoints`)).body).toMatchObject({ items: [{ kind: 'run', run: '1', revision: 1 }] });
    expect((await call(server, `/api/runs?draft=${id}`)).body).toMatchObject({ items: [{ id: '2' }, { id: '1' }] });
    const clone = await call(server, '/api/runs/1/clone', { method: 'POST' });
    expect(clone).toMatchObject({ status: 201, body: { name: 'Echo', revision: 1, document: { jobs: { a: { command: 'echo a' } } } } });
    expect((await call(server, '/api/runs/77/clone', { method: 'POST' })).status).toBe(404);
  });

  it('does not run with problems, and says which', async () => {
    const server = await testServer();
    const document = {
      type: 'pipeline',
      jobs: { a: { ...echo('a'), inputs: { x: '${{parent.jobs.b.outputs.y}}' } }, c: { component: 'azureml:no_such:1', inputs: {}, outputs: {} } },
    };
    const { id } = Draft.parse((await call(server, '/api/drafts', { body: { document } })).body);
    const refused = await call(server, `/api/drafts/${id}/runs`, { body: {} });
    expect(refused).toMatchObject({
      status: 422,
      body: {
        code: 'invalid-pipeline',
        problems: [
          { code: 'unknown-step', step: 'a' },
          { code: 'unregistered-component', step: 'c' },
        ],
      },
    });
    expect((await call(server, '/api/runs')).body).toEqual({ items: [], nextCursor: null });
  });
});
