import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RegisteredComponent } from '@pipewright/shared/http/components.ts';
import { Draft, DraftInside } from '@pipewright/shared/http/drafts.ts';
import { call, runToEnd } from '../../testing/api.ts';
import { sharedTestServer } from '../../testing/test-server.ts';

const say = { command: 'cat code.txt > ${{outputs.out}}/said', code: './src', outputs: { out: '${{parent.outputs.out}}' } };
const component = {
  type: 'pipeline',
  name: 'said',
  version: '1',
  inputs: {},
  outputs: { out: { type: 'uri_folder' } },
  jobs: { say },
  'x-pipewright': { layout: { steps: { say: { x: 8, y: 16 } }, notes: {}, groups: {} } },
};

describe('a component that was made in the designer', () => {
  const server = sharedTestServer();

  it('takes along what lies beside its draft, keeps its layout, and runs', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pipewright-'));
    await mkdir(join(folder, 'src'));
    await writeFile(join(folder, 'src', 'code.txt'), 'from beside');
    await writeFile(join(folder, 'pipeline.yml'), 'type: pipeline\njobs: { a: { command: "true" } }\n');
    const { id: draft } = (await call(server(), '/api/import', { body: { file: join(folder, 'pipeline.yml') } })).body as { id: string };
    const made = await call(server(), '/api/components', { body: { component, draft } });
    await rm(folder, { recursive: true });
    expect(made.status).toBe(201);
    const { reference } = RegisteredComponent.parse(made.body);
    expect(reference).toBe('azureml:said:1');
    const other = { ...component, jobs: { say: { command: 'true' } } };
    expect(await call(server(), '/api/components', { body: { component: other } })).toMatchObject({ status: 409, body: { code: 'version-taken' } });

    const document = { type: 'pipeline', jobs: { sub: { component: reference, outputs: { out: null } } } };
    const { run } = await runToEnd(server(), { document });
    expect(run.status).toBe('completed');

    const { id } = Draft.parse((await call(server(), '/api/drafts', { body: { document } })).body);
    const inside = DraftInside.parse((await call(server(), `/api/drafts/${id}/inside/sub`)).body);
    expect(inside).toMatchObject({ component: { name: 'said', version: '1' }, layout: { steps: { say: { x: 8, y: 16 } } } });
    expect(inside.prefix).toMatch(/^\/.*\/$/);
  });

  it('opens as a draft to become the next version, the same draft as long as it is there', async () => {
    const opened = Draft.parse((await call(server(), '/api/components/said/1/edit', { method: 'POST' })).body);
    expect(opened).toMatchObject({ editedComponent: { name: 'said', version: '1' }, layout: { steps: { say: { x: 8, y: 16 } } } });
    expect((await call(server(), '/api/components/said/1/edit', { method: 'POST' })).body).toMatchObject({ id: opened.id });
    const { version: _first, ...next } = component;
    const second = await call(server(), '/api/components', { body: { component: { ...next, description: 'Second' }, draft: opened.id } });
    expect(second).toMatchObject({ status: 201, body: { version: '2', reference: 'azureml:said:2' } });
  });

  it('is a pipeline: others cannot be opened', async () => {
    expect(await call(server(), '/api/components/split_data/latest/edit', { method: 'POST' })).toMatchObject({ status: 422, body: { code: 'not-a-pipeline' } });
  });
});
