import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Imported, ImportedDraft } from '@pipewright/shared/http/imports.ts';
import { readYaml } from '@pipewright/shared/yaml/read-yaml.ts';
import { defaultCodeRules } from '../artifacts/code-rules.ts';
import { call, runToEnd, type ApiAnswer } from '../testing/api.ts';
import { zipOf } from '../testing/make-zip.ts';
import { oneStep, writeFiles } from '../testing/place.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { sharedTestServer, testServer, type TestServer } from '../testing/test-server.ts';
import { PartsCheck } from './check-parts.ts';

const pipeline = `type: pipeline
display_name: Brought # by hand
jobs:
  say:
    component: ./components/say.yml
    inputs: { words: ./words.txt }
    outputs: { out: }
`;
const say = `command: sh code.sh \${{inputs.words}} > \${{outputs.out}}/said
code: ../src
inputs: { words: { type: uri_file } }
outputs: { out: { type: uri_folder } }
`;
const whole = { 'pipeline.yml': pipeline, 'components/say.yml': say, 'src/code.sh': 'cat $1\n', 'words.txt': 'hello\n' };

async function upload(server: TestServer, path: string, bytes: Buffer): Promise<ApiAnswer> {
  const response = await fetch(`${server.url}${path}`, { method: 'POST', headers: { 'Content-Type': 'application/zip' }, body: new Uint8Array(bytes) });
  return { status: response.status, body: await response.json() };
}

const itemsOf = ({ body }: ApiAnswer): ImportedDraft[] => (body as Imported).items;

describe('imports', () => {
  const server = sharedTestServer();
  const brought = async (): Promise<string[]> => (await readdir(join(server().home, 'imports')).catch(() => [])).filter((name) => name !== '.trash');
  const drafts = async (): Promise<number> => ((await call(server(), '/api/drafts')).body as { items: unknown[] }).items.length;
  /** Refused, with nothing left behind. */
  const expectRefused = async (work: () => Promise<ApiAnswer>, problem: Record<string, unknown>): Promise<void> => {
    const before = { drafts: await drafts(), brought: await brought() };
    expect(await work()).toMatchObject({ status: 422, body: { problems: expect.arrayContaining([expect.objectContaining(problem)]) } });
    expect({ drafts: await drafts(), brought: await brought() }).toEqual(before);
  };
  const importFile = async (file: string): Promise<ApiAnswer> => await call(server(), '/api/imports', { body: { files: [file] } });
  const place = async (files: Readonly<Record<string, string>>): Promise<string> => {
    const folder = await tempFolder();
    await writeFiles(folder, files);
    return folder;
  };

  it('unpack an archive into the workspace, and the draft runs from there', async () => {
    const answer = await upload(
      server(),
      '/api/imports/archive',
      zipOf(Object.fromEntries(Object.entries(whole).map(([name, text]) => [`project/${name}`, text]))),
    );
    expect(answer).toMatchObject({
      status: 201,
      body: { items: [{ name: 'Brought', file: 'project/pipeline.yml', problems: [], missing: [], canAddFiles: true }] },
    });
    const [item] = itemsOf(answer);
    const submitted = await call(server(), `/api/drafts/${item?.id}/runs`, { body: {} });
    expect(submitted.status).toBe(201);
    const yaml = await fetch(`${server().url}/api/drafts/${item?.id}/export?as=yaml`);
    expect(await yaml.text()).toContain('display_name: Brought # by hand');
    expect(yaml.headers.get('content-disposition')).toBe('attachment; filename=brought.yml');
  });

  it('take back what was exported as an archive: the same document, and it runs', async () => {
    const folder = await place(whole);
    const [first] = itemsOf(await importFile(join(folder, 'pipeline.yml')));
    const zip = Buffer.from(await (await fetch(`${server().url}/api/drafts/${first?.id}/export`)).arrayBuffer());
    await rm(folder, { recursive: true });
    const [second] = itemsOf(await upload(server(), '/api/imports/archive', zip));
    const documentOf = async (id = ''): Promise<unknown> => ((await call(server(), `/api/drafts/${id}`)).body as { document: unknown }).document;
    expect(await documentOf(second?.id)).toEqual(JSON.parse(JSON.stringify(await documentOf(first?.id))));
    const folderOfSecond = (await server().store.drafts.list({ limit: 1 })).items[0]?.folder ?? '';
    const { run } = await runToEnd(server(), { file: join(folderOfSecond, 'pipeline.yml') });
    expect(run.status).toBe('completed');
  });

  it('make a draft of every pipeline in a folder that no other one uses, and the folder stays where it is', async () => {
    const inner = 'type: pipeline\njobs:\n  a: { command: "true" }\n';
    const folder = await place({
      ...whole,
      'more/two.yml': 'jobs:\n  n: { component: ../inner.yml }\n',
      'inner.yml': inner,
      'data.yml': 'type: uri_file\npath: ./words.txt\n',
    });
    const answer = await importFile(folder);
    expect(itemsOf(answer).map(({ file, name }) => [file, name])).toEqual([
      [join(folder, 'more/two.yml'), 'two'],
      [join(folder, 'pipeline.yml'), 'Brought'],
    ]);
    expect(await call(server(), '/api/import', { body: { file: folder } })).toMatchObject({
      status: 422,
      body: { title: expect.stringContaining('name one of them') },
    });
    await expectRefused(async () => await call(server(), '/api/imports', { body: { files: [join(folder, 'pipeline.yml'), join(folder, 'data.yml')] } }), {
      code: 'not-a-pipeline',
    });
  });

  it('say what is missing of a text, with its place, and take it when a folder is added, from wherever it was chosen', async () => {
    const text = pipeline.replace('./components', '../components').replace('./words', '../../far/words');
    const [item] = itemsOf(await call(server(), '/api/imports', { body: { text } }));
    expect(item).toMatchObject({ name: 'Brought', file: 'pipeline.yml', canAddFiles: true, problems: [] });
    expect(item?.missing).toMatchObject([{ kind: 'component', path: '../components/say.yml', step: 'say', file: 'pipeline.yml', line: 5, column: 5 }]);
    const none = await upload(server(), `/api/drafts/${item?.id}/files`, zipOf({ 'other/x.txt': 'x' }));
    expect(none).toMatchObject({ status: 422, body: { title: expect.stringContaining('None of the missing parts') } });
    const parts = { 'me/repo/components/say.yml': say, 'me/repo/src/code.sh': 'cat $1\n', 'me/far/words.txt': 'hi\n' };
    const added = await upload(server(), `/api/drafts/${item?.id}/files`, zipOf(parts));
    expect(added).toMatchObject({ status: 200, body: { missing: [], problems: [] } });
    expect(await call(server(), `/api/drafts/${item?.id}/runs`, { body: {} })).toMatchObject({ status: 201 });
  });

  it('take a step that does not say yet what it runs, and say which one', async () => {
    const folder = await place({ 'p.yml': 'jobs:\n  a: { command: "true" }\n  b:\n    type: command\n' });
    const [item] = itemsOf(await importFile(join(folder, 'p.yml')));
    expect(item?.problems).toMatchObject([
      { severity: 'error', code: 'missing-command', step: 'b', line: 3, message: expect.stringMatching(/^b .*no command/) },
    ]);
  });

  it('never take files for a draft that names them where they lie', async () => {
    const folder = await place(whole);
    const [item] = itemsOf(await importFile(join(folder, 'pipeline.yml')));
    expect(item?.canAddFiles).toBe(false);
    expect(await upload(server(), `/api/drafts/${item?.id}/files`, zipOf({ 'a.txt': '' }))).toMatchObject({ status: 422 });
  });

  const zipped = (files: Readonly<Record<string, string>>) => async (): Promise<ApiAnswer> =>
    await upload(server(), '/api/imports/archive', zipOf({ ...whole, ...files }));

  it.each<[string, Readonly<Record<string, string>>, Record<string, unknown>]>([
    ['code', { 'components/say.yml': say.replace('../src', '../../..') }, { code: 'leaves-folder', file: 'components/say.yml', line: 2, column: 1 }],
    ['code by its whole path', { 'components/say.yml': say.replace('../src', '/etc') }, { code: 'leaves-folder', line: 2 }],
    ['included files', { 'components/say.yml': `${say}additional_includes: [../../x]\n` }, { code: 'leaves-folder', line: 5 }],
    ['data', { 'pipeline.yml': pipeline.replace('./words', '../words') }, { code: 'leaves-folder', file: 'pipeline.yml', line: 6 }],
    ['a component', { 'pipeline.yml': pipeline.replace('./components', '../components') }, { code: 'leaves-folder', file: 'pipeline.yml', line: 5 }],
  ])('refuse an archive whose paths leave it: %s', async (_what, files, problem) => {
    await expectRefused(zipped(files), { severity: 'error', ...problem });
  });

  it('refuse a folder whose paths or links leave it, where the file alone may name them', async () => {
    const folder = await place({ 'repo/jobs/p.yml': pipeline.replace('./components', '../components').replace('./words', '../words') });
    await writeFiles(join(folder, 'repo'), { 'components/say.yml': say, 'src/code.sh': 'cat $1\n', 'words.txt': 'x' });
    await expectRefused(async () => await importFile(join(folder, 'repo/jobs')), { code: 'leaves-folder', file: join(folder, 'repo/jobs/p.yml'), line: 5 });
    expect(await importFile(join(folder, 'repo/jobs/p.yml'))).toMatchObject({ status: 201, body: { items: [{ problems: [], missing: [] }] } });
    await symlink(folder, join(folder, 'repo/src/out'));
    await expectRefused(async () => await importFile(join(folder, 'repo/jobs/p.yml')), {
      code: 'unreadable-files',
      message: expect.stringContaining('leads out of its folder'),
      line: 2,
    });
    await rm(join(folder, 'repo/src'), { recursive: true });
    await symlink(folder, join(folder, 'repo/src'));
    await expectRefused(async () => await importFile(join(folder, 'repo')), { code: 'leaves-folder' });
  });

  it.each<[string, string, Record<string, unknown>]>([
    [
      'code that is the whole machine',
      oneStep('true').replace('    command', '    code: /\n    command'),
      { code: 'unreadable-files', line: 3, column: 5, message: expect.stringContaining('the whole machine') },
    ],
    ['a NUL byte', 'jobs:\n  a: "\0"\n', { code: 'yaml-syntax', line: 2, column: 7 }],
    ['a key twice', 'jobs:\n  a: { command: x }\n  a: { command: y }\n', { code: 'yaml-syntax', line: 3, column: 3 }],
    ['a key that is no name', 'jobs:\n  a-b: { command: x }\n', { code: 'invalid-key', line: 2, column: 3 }],
    ['an input that is no name', 'jobs:\n  a:\n    command: x\n    inputs: { 1st: 2 }\n', { code: 'invalid-key', line: 4, column: 15 }],
    [
      'aliases that stand for too much',
      `a: &a [x, x, x, x, x, x, x, x, x, x]\n${'bcdefgh'
        .split('')
        .map((key, index) => `${key}: &${key} [${Array.from({ length: 10 }, () => `*${'abcdefgh'[index]}`).join(', ')}]\n`)
        .join('')}jobs: {}\n`,
      { code: 'yaml-syntax', line: 1 },
    ],
    ['ten megabytes', `jobs: {}\n${`# ${'x'.repeat(1000)}\n`.repeat(10_500)}`, { code: 'yaml-syntax', message: expect.stringContaining('10 MB') }],
    [
      'brackets ten thousand deep',
      `jobs: ${'['.repeat(10_000)}${']'.repeat(10_000)}\n`,
      { code: 'yaml-syntax', message: expect.stringContaining('nested too deeply') },
    ],
    ['lists ten thousand deep', `jobs:\n  ${'- '.repeat(10_000)}x\n`, { code: 'yaml-syntax', message: expect.stringContaining('nested too deeply') }],
  ])('refuse %s, as a file and as a text', async (_what, text, problem) => {
    const folder = await place({ 'bad.yml': text });
    await expectRefused(async () => await importFile(join(folder, 'bad.yml')), problem);
    const { message: _own, code: _other, ...same } = problem;
    await expectRefused(async () => await call(server(), '/api/imports', { body: { text } }), { severity: 'error', ...same });
    await expectRefused(zipped({ 'components/say.yml': text.startsWith('jobs:\n  a') ? text : `x: 1\n${text}` }), { severity: 'error' });
  });

  it('refuse a pipeline that contains itself, directly and through others', async () => {
    const nested = (file: string): string => `type: pipeline\njobs:\n  n: { component: ./${file} }\n`;
    const folder = await place({ 'self.yml': nested('self.yml'), 'a.yml': nested('b.yml'), 'b.yml': nested('c.yml'), 'c.yml': nested('a.yml') });
    for (const file of ['self.yml', 'a.yml'])
      await expectRefused(async () => await importFile(join(folder, file)), { code: 'contains-itself', message: expect.stringContaining('contains itself') });
  });

  it('refuse code of two gigabytes, and say what is in it', async () => {
    const folder = await place({ 'p.yml': oneStep('true').replace('    command', '    code: ./src\n    command'), 'src/main.py': '', 'src/data/big.bin': '' });
    await truncate(join(folder, 'src/data/big.bin'), 2_000_000_000);
    await expectRefused(async () => await importFile(join(folder, 'p.yml')), {
      code: 'unreadable-files',
      line: 3,
      column: 5,
      message: expect.stringContaining('Most of it: data/ (2.00 GB)'),
    });
    await writeFile(join(folder, 'src/.gitignore'), 'data/\n');
    expect(await importFile(join(folder, 'p.yml'))).toMatchObject({ status: 201 });
  });

  it('notice a component that changes while it is imported', async () => {
    const folder = await place(whole);
    const check = new PartsCheck({ root: null, rules: defaultCodeRules, whyNotFetched: () => null });
    const value = readYaml(pipeline).value;
    await check.check({ value, file: join(folder, 'pipeline.yml'), folder, locate: (problems) => [...problems], definition: null });
    expect(await check.changedMeanwhile()).toEqual([]);
    await writeFiles(folder, { 'components/say.yml': say.replace('said', 'told') });
    const file = join(folder, 'components/say.yml');
    expect(await check.changedMeanwhile()).toMatchObject([
      { severity: 'error', code: 'changed-meanwhile', file, message: expect.stringContaining('changed while it was being imported') },
    ]);
  });

  it('do not wait for a pipe where a file is named', async () => {
    const component = 'jobs:\n  a: { component: ./pipe }\n';
    const environment = 'jobs:\n  a: { command: echo, environment: { conda_file: ./pipe } }\n';
    const folder = await place({ 'component.yml': component, 'environment.yml': environment });
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    for (const [name, message] of [
      ['component.yml', 'component ./pipe'],
      ['environment.yml', 'conda file ./pipe'],
    ] as const) {
      const file = join(folder, name);
      expect((await importFile(file)).status).toBe(201);
      expect((await call(server(), '/api/plan', { body: { file } })).body).toMatchObject({
        problems: [{ line: 2, message: expect.stringContaining(message) }],
      });
    }
  });

  it('make a draft of what can be mended on the canvas, with what is wrong', async () => {
    const [item] = itemsOf(
      await call(server(), '/api/imports', {
        body: { text: 'jobs:\n  a:\n    command: cat ${{inputs.x}}\n    inputs: { x: "${{parent.jobs.b.outputs.y}}" }\n' },
      }),
    );
    expect(item?.problems).toMatchObject([{ severity: 'error', code: 'unknown-step', line: 4 }]);
  });

  it('are kept by gc while a draft, also one that was put away, looks into them; what nobody looks into goes', async () => {
    const own = await testServer();
    const [item] = itemsOf(await upload(own, '/api/imports/archive', zipOf(whole)));
    const imports = join(own.home, 'imports');
    await writeFiles(imports, { 'left-behind/x': 'x', '.received-1.zip': 'x' });
    await call(own, `/api/drafts/${item?.id}`, { method: 'DELETE' });
    await call(own, '/api/gc', { body: { keepDays: 0 } });
    // What was brought just now may have no draft yet.
    expect((await readdir(imports)).length).toBe(3);
    expect(
      await readFile(join(imports, (await readdir(imports)).find((name) => !name.startsWith('.') && name !== 'left-behind') ?? '', 'words.txt'), 'utf8'),
    ).toBe('hello\n');
  });
});

describe('addresses of private networks', () => {
  it('are refused where the configuration forbids them, with their place', async () => {
    const server = await testServer({ network: { isFetched: true, arePrivateAllowed: false, maxBytes: 1000 } });
    const text = 'jobs:\n  a:\n    command: cat ${{inputs.x}}\n    inputs:\n      x: { type: uri_file, path: "http://167837955/x.csv" }\n';
    expect(await call(server, '/api/imports', { body: { text } })).toMatchObject({
      status: 422,
      body: { problems: [{ severity: 'error', code: 'forbidden-address', line: 5, message: expect.stringContaining('10.1.1.3') }] },
    });
    const folder = await tempFolder();
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'p.yml'), text);
    const { body } = await call(server, '/api/validate', { body: { file: join(folder, 'p.yml') } });
    expect(body).toMatchObject({ problems: [{ severity: 'error', code: 'forbidden-address', line: 5 }] });
  });
});
