import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { call, runToEnd } from '../../testing/api.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { sharedTestServer } from '../../testing/test-server.ts';

/** A pipeline of the step `make`, which puts out a text, with these words about its output. */
const making = (text: string, output: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
  document: {
    type: 'pipeline',
    jobs: { make: { command: `echo ${text} > \${{outputs.o}}/t.txt`, outputs: { o: { type: 'uri_folder', ...output } } } },
    ...more,
  },
});

const reading = (path: string) => ({
  document: { type: 'pipeline', jobs: { read: { command: 'ls ${{inputs.data}}', inputs: { data: { type: 'uri_folder', path } } } } },
});

describe('an output with a name', () => {
  const server = sharedTestServer();
  const get = async (path: string) => (await call(server(), `/api${path}`)).body;

  it('is an asset when its step is done, run or reused, and knows who made and who used it', async () => {
    const first = await runToEnd(server(), making('one', { name: 'letters' }));
    expect(first.run.status).toBe('completed');
    const again = await runToEnd(server(), making('one', { name: 'letters' }));
    expect(again.steps['make']?.status).toBe('reused');
    await runToEnd(server(), making('two', { name: 'letters' }));
    const used = await runToEnd(server(), reading('azureml:letters@latest'));
    expect(await get('/data/letters')).toMatchObject({
      items: [
        { version: '2', isLatest: true, source: 'run' },
        { version: '1', isLatest: false },
      ],
    });
    expect(await get('/data/letters/versions/1')).toMatchObject({
      reference: 'azureml:letters:1',
      origin: { run: first.run.id, step: 'make', port: 'o' },
      madeBy: [{ run: again.run.id }, { run: first.run.id, step: 'make', port: 'o' }],
      usedBy: { items: [] },
    });
    expect(await get('/data/letters/versions/latest')).toMatchObject({ version: '2', usedBy: { items: [{ run: used.run.id, step: 'read', port: 'data' }] } });
    expect(await get(`/runs/${used.run.id}/assets`)).toEqual({
      items: [{ kind: 'data', name: 'letters', version: '2', role: 'input', step: 'read', port: 'data' }],
    });
    const { problems } = (await call(server(), '/api/plan', { body: reading('azureml:letters') })).body as { problems: unknown[] };
    expect(problems).toContainEqual(expect.objectContaining({ severity: 'note', code: 'resolved-version', message: 'azureml:letters is version 2.' }));
  });

  it('fails its step where its version holds other content, and is warned of before', async () => {
    expect((await runToEnd(server(), making('one', { name: 'fixed', version: '3' }))).run.status).toBe('completed');
    expect((await runToEnd(server(), making('one', { name: 'fixed', version: '3' }))).run.status).toBe('completed');
    const request = making('other', { name: 'fixed', version: '3' });
    expect((await call(server(), '/api/plan', { body: request })).body).toMatchObject({
      problems: [{ severity: 'warning', code: 'version-taken', step: 'make', port: 'o' }],
    });
    const { run, steps } = await runToEnd(server(), request);
    expect(run.status).toBe('failed');
    expect(steps['make']).toMatchObject({ status: 'failed', failure: { reason: 'outputs', message: expect.stringContaining('fixed:3 holds other content') } });
    // What another step has put out, and is reused, cannot take it either.
    await runToEnd(server(), making('reused', {}));
    const reused = await runToEnd(server(), making('reused', { name: 'fixed', version: '3' }));
    expect(reused.steps['make']).toMatchObject({ status: 'failed', failure: { message: expect.stringContaining('The latest version is 3') } });
    expect((await call(server(), '/api/runs', { body: making('x', { name: 'a b' }) })).body).toMatchObject({
      problems: [{ severity: 'error', code: 'invalid-value' }],
    });
  });

  it('is told in the run that comes second, though both are done at the same moment', async () => {
    const ended = await Promise.all(['left', 'right'].map(async (text) => await runToEnd(server(), making(text, { name: 'raced', version: '1' }))));
    const [won, ...others] = ended.filter(({ run }) => run.status === 'completed');
    const lost = ended.find(({ run }) => run.status === 'failed');
    expect([won?.run.status, others]).toEqual(['completed', []]);
    expect(lost?.steps['make']).toMatchObject({ status: 'failed', failure: { message: expect.stringContaining('raced:1 holds other content') } });
    expect(await get('/data/raced/versions/1')).toMatchObject({ origin: { run: won?.run.id, step: 'make' }, madeBy: [{ run: won?.run.id }] });
  });

  it('lies where its path says as well, also when its step is reused', async () => {
    const folder = await tempFolder();
    const request = making('placed', { path: `${folder}/\${{output_name}}/\${{name}}` });
    const { run } = await runToEnd(server(), request);
    expect(await readFile(join(folder, 'o', `${run.id}.make`, 't.txt'), 'utf8')).toBe('placed\n');
    const again = await runToEnd(server(), request);
    expect(again.steps['make']?.status).toBe('reused');
    expect(await readFile(join(folder, 'o', `${again.run.id}.make`, 't.txt'), 'utf8')).toBe('placed\n');
    const store = making('stored', { path: 'azureml://datastores/${{default_datastore}}/paths/out' }, { settings: { default_datastore: 'azureml:box' } });
    expect((await runToEnd(server(), store)).run.status).toBe('completed');
    expect(await readFile(join(server().home, 'datastores/box/out/t.txt'), 'utf8')).toBe('stored\n');
    expect((await call(server(), '/api/runs', { body: making('x', { path: 'azureml://datastores/box/paths/../../../up' }) })).body).toMatchObject({
      problems: [{ code: 'invalid-output-path', message: expect.stringContaining('leads out of the datastore') }],
    });
    expect((await call(server(), '/api/runs', { body: making('x', { path: 'https://example.org/x' }) })).body).toMatchObject({
      problems: [{ code: 'invalid-output-path' }],
    });
  });

  it('of a pipeline becomes what the pipeline says that it is', async () => {
    const document = {
      type: 'pipeline',
      outputs: { best: { type: 'mlflow_model', name: 'best_model' } },
      jobs: { make: { command: 'echo m > ${{outputs.o}}/MLmodel', outputs: { o: '${{parent.outputs.best}}' } } },
    };
    expect((await runToEnd(server(), { document })).run.status).toBe('completed');
    expect(await get('/models/best_model')).toMatchObject({ items: [{ kind: 'model', type: 'mlflow_model', version: '1' }] });
  });
});

describe('a name', () => {
  const server = sharedTestServer();
  const post = async (path: string, body: unknown = {}) => await call(server(), `/api${path}`, { body });

  it('is given to an output of a run, to an upload, and to what lies at a path, with what is said of it', async () => {
    const { run } = await runToEnd(server(), making('one', {}));
    const output = { run: run.id, step: 'make', port: 'o' };
    const said = { description: '# One', tags: { team: 'blue' } };
    expect(await post('/register', { kind: 'data', name: 'one', output, ...said })).toMatchObject({
      status: 201,
      body: { version: '1', outcome: 'registered' },
    });
    expect(await post('/register', { kind: 'data', name: 'one', output })).toMatchObject({ body: { version: '1', outcome: 'unchanged' } });
    expect((await call(server(), '/api/data/one/versions/1')).body).toMatchObject({ ...said, origin: output, madeBy: [{ run: run.id }] });
    expect(await post('/register', { kind: 'data', name: 'one', output: { ...output, port: 'gone' } })).toMatchObject({ status: 404 });
    const sent = await fetch(`${server().url}/api/uploads/12345678-ab/in/a.csv`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/octet-stream' },
      body: 'x\n1\n',
    });
    expect(sent.status).toBe(201);
    expect(await post('/register', { kind: 'data', name: 'sent', upload: '12345678-ab' })).toMatchObject({ status: 201 });
    expect(await (await fetch(`${server().url}/api/data/sent/versions/1/content/a.csv`)).text()).toBe('x\n1\n');
    expect(await post('/register', { kind: 'data', name: 'sent', upload: '12345678-ab' })).toMatchObject({ status: 404 });
    expect((await call(server(), '/api/data/cars/versions/latest/content?view=preview')).body).toMatchObject({ kind: 'table' });
  });

  it('is archived and brought back; a version is found exactly all the same, with a warning', async () => {
    const folder = await tempFolder();
    for (const text of ['a', 'b']) {
      await writeFile(join(folder, 't.txt'), text);
      await post('/register', { kind: 'data', name: 'notes', path: folder });
    }
    expect(await post('/data/notes/archive', { versions: ['2'] })).toMatchObject({ status: 200, body: { versions: ['2'] } });
    expect((await call(server(), '/api/data/notes/versions/latest')).body).toMatchObject({ version: '1' });
    expect((await call(server(), '/api/data?search=notes')).body).toMatchObject({ items: [{ version: '1' }] });
    expect((await post('/plan', reading('azureml:notes:2'))).body).toMatchObject({ problems: [{ severity: 'warning', code: 'archived-asset' }] });
    expect(await post('/data/notes/archive')).toMatchObject({ body: { versions: ['1'] } });
    expect((await post('/plan', reading('azureml:notes'))).body).toMatchObject({
      problems: [{ severity: 'error', message: expect.stringContaining('all versions of notes are archived') }],
    });
    expect(await post('/data/notes/restore')).toMatchObject({ status: 200 });
    expect((await call(server(), '/api/data/notes/versions/latest')).body).toMatchObject({ version: '2' });
    expect(await post('/data/notes/archive', { versions: ['9'] })).toMatchObject({ status: 404 });
    expect((await post('/plan', reading('azureml:note'))).body).toMatchObject({ problems: [{ message: expect.stringContaining('Did you mean "notes"?') }] });
  });

  it('has words that may be changed, unless it comes with the product', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 't.txt'), 'words');
    await post('/register', { kind: 'model', name: 'words', path: folder });
    const patch = async (path: string, body: unknown) => await call(server(), `/api${path}`, { method: 'PATCH', body });
    expect(await patch('/models/words/versions/1', { description: 'better', tags: { a: 'b' } })).toMatchObject({
      status: 200,
      body: { description: 'better', tags: { a: 'b' } },
    });
    expect(await patch('/models/words/versions/1', { version: '2' })).toMatchObject({ status: 400 });
    expect(await patch('/data/cars/versions/1', { description: 'x' })).toMatchObject({ status: 409, body: { code: 'built-in' } });
    const put = await call(server(), '/api/models/words/labels/production', { method: 'PUT', body: { version: '1' } });
    expect(put).toMatchObject({ status: 200 });
    expect((await call(server(), '/api/models/words/versions/@production')).body).toMatchObject({ version: '1', labels: ['production'] });
    expect(await call(server(), '/api/models/word')).toMatchObject({ status: 404, body: { detail: 'Did you mean "words"?' } });
  });
});
