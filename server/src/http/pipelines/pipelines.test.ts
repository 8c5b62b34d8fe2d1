import { describe, expect, it } from 'vitest';
import { Draft } from '@pipewright/shared/http/drafts.ts';
import { call, finishedRun, type ApiAnswer } from '../../testing/api.ts';
import { sharedTestServer } from '../../testing/test-server.ts';

const document = { type: 'pipeline', display_name: 'Prices', jobs: { a: { command: 'echo a', inputs: {}, outputs: {} } } };

describe('published pipelines', () => {
  const server = sharedTestServer();
  const create = async (body: Record<string, unknown>): Promise<string> => Draft.parse((await call(server(), '/api/drafts', { body })).body).id;
  const publish = async (body: Record<string, unknown>): Promise<ApiAnswer> => await call(server(), '/api/pipelines', { body });
  const relabel = async (draft: string, revision: number): Promise<ApiAnswer> => {
    const ops = [{ op: 'step.setField', step: 'a', field: 'display_name', value: `Revision ${revision}` }];
    return await call(server(), `/api/drafts/${draft}/ops`, {
      body: { clientId: 'tab', mutationId: `${draft}-${revision}`, ops },
      headers: { 'If-Match': `"${revision}"` },
    });
  };

  it('are immutable: versions count up, the same content again is the same version, a taken version is refused', async () => {
    const draft = await create({ document });
    expect(await publish({ draft, revision: 1, name: 'prices', description: 'First' })).toMatchObject({
      status: 201,
      body: { name: 'prices', version: '1', displayName: 'Prices', by: 'Ada' },
    });
    expect(await publish({ draft, revision: 1, name: 'prices' })).toMatchObject({ status: 200, body: { version: '1' } });
    await relabel(draft, 1);
    expect(await publish({ draft, revision: 1, name: 'prices' })).toMatchObject({ status: 409, body: { code: 'draft-moved-on' } });
    expect(await publish({ draft, revision: 2, name: 'prices', version: '1' })).toMatchObject({ status: 409, body: { code: 'version-taken' } });
    expect(await publish({ draft, revision: 2, name: 'prices' })).toMatchObject({ status: 201, body: { version: '2' } });
    const versions = await call(server(), '/api/pipelines/prices/versions');
    expect(versions.body).toMatchObject({
      items: [{ version: '2' }, { version: '1', description: 'First', document: { jobs: { a: { command: 'echo a' } } } }],
    });
    expect((await call(server(), '/api/pipelines')).body).toMatchObject({ items: [{ name: 'prices', version: '2' }] });
    expect((await call(server(), '/api/pipelines/nothing/versions')).status).toBe(404);
  });

  it('are another version where only a comment is another, and keep each as it was written', async () => {
    const text = 'type: pipeline\njobs:\n  a: { command: "true" } # one\n';
    const draft = await create({ document: { type: 'pipeline', jobs: { a: { command: 'true' } } } });
    const say = async (revision: number, value: string): Promise<ApiAnswer> =>
      await call(server(), `/api/drafts/${draft}/ops`, {
        body: { clientId: 'tab', mutationId: `text-${revision}`, ops: [{ op: 'text.set', value }] },
        headers: { 'If-Match': `"${revision}"` },
      });
    expect((await say(1, text)).status).toBe(200);
    expect(await publish({ draft, revision: 2, name: 'commented' })).toMatchObject({ status: 201, body: { version: '1' } });
    expect((await say(2, text.replace('# one', '# two'))).status).toBe(200);
    expect(await publish({ draft, revision: 3, name: 'commented', version: '1' })).toMatchObject({ status: 409, body: { code: 'version-taken' } });
    expect(await publish({ draft, revision: 3, name: 'commented' })).toMatchObject({ status: 201, body: { version: '2' } });
    expect(await publish({ draft, revision: 3, name: 'commented' })).toMatchObject({ status: 200, body: { version: '2' } });
    for (const [version, comment] of [
      ['1', '# one'],
      ['2', '# two'],
    ])
      expect(await (await fetch(`${server().url}/api/pipelines/commented/versions/${version}/export?as=yaml`)).text()).toContain(comment);
  });

  it('stand in the gallery, are cloned and run from there', async () => {
    const draft = await create({ document: { ...document, display_name: 'Standing' } });
    await publish({ draft, revision: 1, name: 'standing' });
    const gallery = (await call(server(), '/api/gallery')).body as { items: { name: string }[] };
    expect(gallery.items.find(({ name }) => name === 'standing')).toMatchObject({ kind: 'published', version: '1', displayName: 'Standing' });
    expect(await call(server(), '/api/gallery/standing/clone', { method: 'POST' })).toMatchObject({ status: 201, body: { name: 'Standing' } });
    const submitted = await call(server(), '/api/runs', { body: { pipeline: 'standing:1' } });
    expect(submitted).toMatchObject({ status: 201, body: { origin: { kind: 'pipeline', name: 'standing', version: '1' } } });
    const { id } = submitted.body as { id: string };
    expect((await finishedRun(server(), id)).run.status).toBe('completed');
    expect(await call(server(), '/api/runs', { body: { pipeline: 'standing:9' } })).toMatchObject({ status: 404 });
  });

  it('have no errors and a proper name', async () => {
    const broken = await create({
      document: { ...document, jobs: { a: { command: 'echo ${{inputs.x}}', inputs: { x: '${{parent.inputs.y}}' }, outputs: {} } } },
    });
    expect(await publish({ draft: broken, revision: 1, name: 'broken' })).toMatchObject({
      status: 422,
      body: { code: 'invalid-pipeline', problems: [{ code: 'unknown-pipeline-input', step: 'a' }] },
    });
    const draft = await create({ document });
    expect(await publish({ draft, revision: 1, name: 'not a name' })).toMatchObject({ status: 400 });
    expect(await publish({ draft: 'nobody', revision: 1, name: 'prices' })).toMatchObject({ status: 404 });
    expect((await call(server(), '/api/gallery')).body).not.toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ name: 'broken' })]) });
  });
});
