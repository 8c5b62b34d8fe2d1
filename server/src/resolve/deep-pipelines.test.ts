import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Draft, DraftInside, DraftOpsAccepted } from '@pipewright/shared/http/drafts.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { describe, expect, it } from 'vitest';
import { call, runToEnd } from '../testing/api.ts';
import { writeFiles } from '../testing/place.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { sharedTestServer } from '../testing/test-server.ts';

/** Three pipelines inside one another, each with a step of its own beside the next: `a`, `a/b`, `a/b/c`. */
const top = `type: pipeline
inputs:
  rate: 0.5
  where: { type: string, default: small }
outputs:
  model: { type: uri_folder, name: deep_model }
jobs:
  a:
    component: ./one/a.yml
    inputs: { rate: '\${{parent.inputs.rate}}', compute: '\${{parent.inputs.where}}' }
    outputs: { model: '\${{parent.outputs.model}}' }
  after:
    command: cat \${{inputs.model}}/m
    inputs: { model: '\${{parent.jobs.a.outputs.model}}' }
`;
const interfaceText = `inputs:
  rate: { type: number, max: 1 }
  depth: { type: integer, default: 3 }
  extra: { type: uri_file, optional: true }
  word: { type: string, optional: true }
  compute: { type: string, default: other }
outputs:
  model: { type: uri_folder }
`;
const handOn = "rate: '${{parent.inputs.rate}}', extra: '${{parent.inputs.extra}}', word: '${{parent.inputs.word}}', compute: '${{parent.inputs.compute}}'";
const a = `type: pipeline
name: a
${interfaceText}jobs:
  side:
    command: echo \${{inputs.rate}} >> \${{outputs.o}}/o
    inputs: { rate: '\${{parent.inputs.rate}}' }
    outputs: { o: }
  b:
    component: ../two/b.yml
    inputs: { ${handOn}, depth: 7 }
    outputs: { model: '\${{parent.outputs.model}}' }
`;
const b = `type: pipeline
name: b
${interfaceText}jobs:
  side:
    command: echo \${{inputs.depth}} > \${{outputs.o}}/o
    inputs: { depth: '\${{parent.inputs.depth}}' }
    outputs: { o: }
  c:
    component: ../three/c.yml
    inputs: { ${handOn}, depth: '\${{parent.inputs.depth}}' }
    outputs: { model: '\${{parent.outputs.model}}' }
`;
const c = `type: pipeline
name: c
${interfaceText}jobs:
  fit:
    component: ./fit.yml
    compute: \${{parent.inputs.compute}}
    inputs: { ${handOn.split(', compute')[0]}, depth: '\${{parent.inputs.depth}}' }
    outputs: { model: '\${{parent.outputs.model}}' }
`;
const fit = `command: >-
  echo rate=\${{inputs.rate}} depth=\${{inputs.depth}} $[[extra=\${{inputs.extra}}]] $[[word=\${{inputs.word}}]] > \${{outputs.model}}/m
inputs:
  rate: { type: number }
  depth: { type: integer }
  extra: { type: uri_file, optional: true }
  word: { type: string, optional: true }
outputs: { model: { type: uri_folder } }
`;
const all = { 'pipeline.yml': top, 'one/a.yml': a, 'two/b.yml': b, 'three/c.yml': c, 'three/fit.yml': fit };

async function project(files: Readonly<Record<string, string>> = {}): Promise<{ readonly file: string; readonly folder: string }> {
  const folder = await tempFolder();
  await writeFiles(folder, { ...all, ...files });
  return { folder, file: join(folder, 'pipeline.yml') };
}

describe('pipelines three deep', () => {
  const server = sharedTestServer();
  const textOf = async (run: string, step: string, port: string, file: string): Promise<string> =>
    await (await fetch(`${server().url}/api/runs/${run}/steps/${encodeURIComponent(step)}/outputs/${port}/${file}`)).text();
  const problemsOf = async (file: string): Promise<Problem[]> =>
    ((await call(server(), '/api/validate', { body: { file } })).body as { problems: Problem[] }).problems;

  it('hand on what they are given, the default of the level that says another, and nothing for what is optional', async () => {
    const { run, steps } = await runToEnd(server(), { file: (await project()).file });
    expect(run.status).toBe('completed');
    expect(Object.keys(steps)).toEqual(['a/side', 'a/b/side', 'a/b/c/fit', 'after']);
    expect(await textOf(run.id, 'a/b/c/fit', 'model', 'm')).toBe('rate=0.5 depth=7\n');
    expect(run.snapshot.steps['a/b/c/fit']?.inputs).toMatchObject({
      rate: { kind: 'literal', value: 0.5, pipelineInput: 'rate' },
      extra: { kind: 'absent' },
      word: { kind: 'absent' },
    });
  });

  it('have an optional input inside once it is given at the top', async () => {
    const { file, folder } = await project({
      'pipeline.yml': top.replace(
        "rate: '${{parent.inputs.rate}}',",
        "rate: '${{parent.inputs.rate}}', word: hello, extra: { type: uri_file, path: ./x.txt },",
      ),
      'x.txt': 'x\n',
    });
    const { run } = await runToEnd(server(), { file });
    expect(await textOf(run.id, 'a/b/c/fit', 'model', 'm')).toMatch(/^rate=0\.5 depth=7 extra=\S+ word=hello\n$/);
    expect(run.snapshot.steps['a/b/c/fit']?.inputs['extra']).toMatchObject({ kind: 'data', path: join(folder, 'x.txt') });
  });

  it('run where an input of the outermost says', async () => {
    const { run } = await runToEnd(server(), { file: (await project()).file, inputs: { where: 'azureml:big' } });
    expect(run.snapshot.steps['a/b/c/fit']?.notes).toEqual([expect.stringContaining('Compute big')]);
    expect(run.snapshot.steps['a/b/side']?.notes.join('')).not.toContain('Compute big');
  });

  it('register under the name at the top what a step three levels down has made', async () => {
    const { run } = await runToEnd(server(), { file: (await project()).file });
    expect(run.snapshot.outputs).toEqual({ model: { step: 'a/b/c/fit', output: 'model' } });
    const { body } = await call(server(), '/api/data?limit=100');
    expect(body).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ name: 'deep_model', origin: expect.objectContaining({ step: 'a/b/c/fit', port: 'model' }) })]),
    });
    const reading = {
      type: 'pipeline',
      jobs: { r: { command: 'cat ${{inputs.d}}/m', inputs: { d: { type: 'uri_folder', path: 'azureml:deep_model@latest' } } } },
    };
    expect((await runToEnd(server(), { document: reading })).run.status).toBe('completed');
  });

  it('run anew only what a changed parameter reaches', async () => {
    const { file, folder } = await project();
    await runToEnd(server(), { file });
    expect((await runToEnd(server(), { file })).run.counts).toEqual({ reused: 4 });
    await writeFiles(folder, { 'one/a.yml': a.replace('depth: 7', 'depth: 8') });
    const { steps } = await runToEnd(server(), { file });
    expect(Object.fromEntries(Object.entries(steps).map(([key, { status }]) => [key, status]))).toEqual({
      'a/side': 'reused',
      'a/b/side': 'completed',
      'a/b/c/fit': 'completed',
      after: 'completed',
    });
    expect(steps['a/b/c/fit']).toMatchObject({ reasons: [{ code: 'input-changed', subject: 'depth', before: '7', after: '8' }] });
    const other = await runToEnd(server(), { file, inputs: { rate: 0.25 } });
    expect(other.run.counts).toEqual({ completed: 3, reused: 1 });
    expect(other.steps['a/b/side']?.status).toBe('reused');
  });

  it('run in part by the keys of any level', async () => {
    const { file } = await project();
    await runToEnd(server(), { file });
    const keysOf = async (part: Record<string, unknown>): Promise<string[]> => Object.keys((await runToEnd(server(), { file, ...part })).steps);
    expect(await keysOf({ to: 'a/b' })).toEqual(['a/b/side', 'a/b/c/fit']);
    expect(await keysOf({ only: ['a/b/c'] })).toEqual(['a/b/c/fit']);
    expect(await keysOf({ from: 'a/b/c/fit' })).toEqual(['a/b/c/fit', 'after']);
    expect(await keysOf({ from: 'a/b/c', to: 'after' })).toEqual(['a/b/c/fit', 'after']);
  });

  it('are found inside a component that was registered, whose folder is gone', async () => {
    const { folder } = await project();
    expect(await call(server(), '/api/register', { body: { file: join(folder, 'one/a.yml') } })).toMatchObject({ status: 201 });
    await rm(folder, { recursive: true });
    const document = {
      type: 'pipeline',
      outputs: { m: { type: 'uri_folder' } },
      jobs: { whole: { component: 'azureml:a:1', inputs: { rate: 1 }, outputs: { model: '${{parent.outputs.m}}' } } },
    };
    const { run, steps } = await runToEnd(server(), { document });
    expect(Object.keys(steps)).toEqual(['whole/side', 'whole/b/side', 'whole/b/c/fit']);
    expect(run.snapshot.outputs).toEqual({ m: { step: 'whole/b/c/fit', output: 'model' } });
    expect(await textOf(run.id, 'whole/b/c/fit', 'model', 'm')).toBe('rate=1 depth=7\n');
  });

  it('refuse to contain themselves, from any level back to any other', async () => {
    const back = c.replace('jobs:\n', 'jobs:\n  again: { component: ../two/b.yml, inputs: { rate: 1 } }\n');
    expect(await problemsOf((await project({ 'three/c.yml': back })).file)).toMatchObject([
      { severity: 'error', code: 'contains-itself', step: 'a/b/c/again', message: expect.stringMatching(/contains itself: .*b\.yml → .*c\.yml → .*b\.yml/) },
    ]);
  });

  it('say what is wrong three levels down with its own file, line and column', async () => {
    const { file, folder } = await project({ 'three/c.yml': c.replace('parent.inputs.depth', 'parent.inputs.dept') });
    const [problem, ...others] = await problemsOf(file);
    expect(others).toEqual([]);
    const at = c.split('\n').findIndex((line) => line.includes("depth: '")) + 1;
    expect(problem).toMatchObject({ code: 'unknown-pipeline-input', step: 'a/b/c/fit', port: 'depth', file: join(folder, 'three/c.yml'), line: at });
    expect(problem?.column).toBeGreaterThan(1);
    const broken = await project({ 'three/c.yml': c.replace('  fit:\n', '  fit: [\n') });
    expect(await problemsOf(broken.file)).toMatchObject([{ severity: 'error', file: join(broken.folder, 'three/c.yml'), line: expect.any(Number) }]);
    const component = await project({ 'three/fit.yml': fit.replace('inputs.depth', 'inputs.dept') });
    expect(await problemsOf(component.file)).toMatchObject([{ code: 'invalid-component', step: 'a/b/c/fit', file: join(component.folder, 'three/fit.yml') }]);
  });

  it('tell a draft what is wrong in their files after each of its edits', async () => {
    const { file, folder } = await project();
    const draft = (await call(server(), '/api/import', { body: { file } })).body as Draft;
    expect(draft.problems).toEqual([]);
    let revision = draft.revision;
    const edit = async (): Promise<DraftOpsAccepted> => {
      const ops = [{ op: 'step.setField', step: 'after', field: 'display_name', value: `After ${revision}` }];
      const body = { clientId: 'test', mutationId: `m${revision}`, ops };
      const answer = await call(server(), `/api/drafts/${draft.id}/ops`, { body, headers: { 'If-Match': `"${revision}"` } });
      expect(answer.status).toBe(200);
      const accepted = answer.body as DraftOpsAccepted;
      revision = accepted.revision;
      return accepted;
    };
    await writeFiles(folder, { 'three/c.yml': c.replace('parent.inputs.depth', 'parent.inputs.dept') });
    expect((await edit()).problems).toMatchObject([
      { code: 'unknown-pipeline-input', step: 'a/b/c/fit', file: join(folder, 'three/c.yml'), line: expect.any(Number), column: expect.any(Number) },
    ]);
    await writeFiles(folder, { 'three/c.yml': c });
    expect((await edit()).problems).toEqual([]);
  });

  it('are opened level by level from a draft, each with its file and the way to it', async () => {
    const { file } = await project();
    const draft = (await call(server(), '/api/import', { body: { file } })).body as Draft;
    const inside = async (key: string): Promise<DraftInside> =>
      (await call(server(), `/api/drafts/${draft.id}/inside/${encodeURIComponent(key)}`)).body as DraftInside;
    expect(await inside('a/b')).toMatchObject({
      pipelines: ['c'],
      file: expect.stringContaining('two/b.yml'),
      way: [{ key: '' }, { key: 'a' }, { key: 'a/b' }],
    });
    expect(Object.keys((await inside('a/b/c')).document.jobs)).toEqual(['fit']);
    expect(await call(server(), `/api/drafts/${draft.id}/inside/${encodeURIComponent('a/b/x')}`)).toMatchObject({ status: 404 });
  });
});
