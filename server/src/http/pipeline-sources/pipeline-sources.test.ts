import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { call, runToEnd } from '../../testing/api.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { sharedTestServer } from '../../testing/test-server.ts';

const good =
  'type: pipeline\ndisplay_name: From a file\njobs:\n  a:\n    command: cat ${{inputs.data}}\n    inputs:\n      data: { type: uri_file, path: ./data.txt }\n';

async function pipelineFile(text: string): Promise<string> {
  const file = join(await tempFolder(), 'pipeline.yml');
  await writeFile(file, text);
  return file;
}

describe('a pipeline that is named, not drafted', () => {
  const server = sharedTestServer();

  it('is validated: every problem with file, line and column; an unreadable file is a problem too', async () => {
    const file = await pipelineFile('type: pipeline\njobs:\n  a:\n    command: echo ${{inputs.x}}\n    inputs:\n      x: ${{parent.jobs.b.outputs.y}}\n');
    const { status, body } = await call(server(), '/api/validate', { body: { file } });
    expect(status).toBe(200);
    expect(body).toMatchObject({ problems: [{ severity: 'error', code: 'unknown-step', step: 'a', port: 'x', file, line: 6, column: 7 }] });
    const broken = await pipelineFile('jobs:\n  a: [\n');
    expect(await call(server(), '/api/validate', { body: { file: broken } })).toMatchObject({
      status: 200,
      body: { problems: [{ code: 'yaml-syntax', file: broken }] },
    });
  });

  it('lacks data: a warning when it is validated, an error when it is to run', async () => {
    const file = await pipelineFile(good);
    const missing = { code: 'missing-file', step: 'a', port: 'data', file };
    expect((await call(server(), '/api/validate', { body: { file } })).body).toMatchObject({ problems: [{ ...missing, severity: 'warning' }] });
    expect((await call(server(), '/api/plan', { body: { file } })).body).toMatchObject({ steps: [], problems: [{ ...missing, severity: 'error' }] });
    expect(await call(server(), '/api/runs', { body: { file } })).toMatchObject({
      status: 422,
      body: { code: 'invalid-pipeline', problems: [{ ...missing, severity: 'error' }] },
    });
    await writeFile(join(file, '..', 'data.txt'), 'x');
    expect((await call(server(), '/api/validate', { body: { file } })).body).toEqual({ problems: [] });
    const { run } = await runToEnd(server(), { file });
    expect(run).toMatchObject({ status: 'completed', name: 'From a file', origin: { kind: 'file', file } });
  });

  it('is imported as a draft that still finds its files', async () => {
    const file = await pipelineFile(good);
    await writeFile(join(file, '..', 'data.txt'), 'x');
    const imported = await call(server(), '/api/import', { body: { file, name: 'Imported' } });
    expect(imported).toMatchObject({ status: 201, body: { name: 'Imported', problems: [], document: { jobs: { a: {} } } } });
    const { id } = imported.body as { id: string };
    expect((await call(server(), `/api/drafts/${id}/plan`, { body: {} })).body).toMatchObject({ steps: [{ key: 'a' }], problems: [] });
    expect(await call(server(), '/api/import', { body: { file, force: true } })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('force') },
    });
    const broken = await pipelineFile('jobs: nothing\n');
    expect(await call(server(), '/api/import', { body: { file: broken } })).toMatchObject({
      status: 422,
      body: { code: 'invalid-pipeline', problems: [{ file: broken }] },
    });
  });

  it('is one file, document, published pipeline or sample', async () => {
    const document = { type: 'pipeline', jobs: { a: { command: 'true' } } };
    expect(await call(server(), '/api/plan', { body: {} })).toMatchObject({ status: 400, body: { detail: expect.stringContaining('exactly one of file') } });
    expect(await call(server(), '/api/plan', { body: { document, gallery: 'x' } })).toMatchObject({ status: 400 });
    expect(await call(server(), '/api/plan', { body: { document, colour: 'red' } })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('colour') },
    });
    expect(await call(server(), '/api/plan', { body: { file: 'relative.yml' } })).toMatchObject({
      status: 400,
      body: { title: 'Give the whole path of the file' },
    });
    expect(await call(server(), '/api/plan', { body: { file: '/nowhere/pipeline.yml' } })).toMatchObject({ status: 404 });
    expect(await call(server(), '/api/plan', { body: { gallery: 'nothing' } })).toMatchObject({ status: 404 });
    expect(await call(server(), '/api/plan', { body: { pipeline: 'nothing' } })).toMatchObject({ status: 404 });
    expect(await call(server(), '/api/plan', { body: { document, inputs: { nothing: 1 } } })).toMatchObject({
      body: { problems: [{ code: 'unknown-pipeline-input' }] },
    });
    expect((await call(server(), '/api/plan', { body: { gallery: 'fuel-economy' } })).body).toMatchObject({ problems: [] });
  });
});
