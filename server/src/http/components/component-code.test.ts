import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { CodeText, ComponentCode, longestCodeText } from '@pipewright/shared/http/component-code.ts';
import { RegisteredComponent } from '@pipewright/shared/http/components.ts';
import { call, runToEnd } from '../../testing/api.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { sharedTestServer } from '../../testing/test-server.ts';

const component = {
  type: 'command',
  name: 'says',
  display_name: 'Says',
  command: 'bash say.sh > ${{outputs.out}}/said',
  outputs: { out: { type: 'uri_folder' } },
};
const files = { 'say.sh': 'cat words/text.txt\n', 'words/text.txt': 'first' };

describe('the code of a component', () => {
  const server = sharedTestServer();
  const code = async (path: string) => await call(server(), `/api/components/says/${path}`);
  const text = async (path: string): Promise<string | null> => CodeText.parse((await code(path)).body).text;

  beforeAll(async () => {
    const made = await call(server(), '/api/components', { body: { component, files } });
    expect(made).toMatchObject({ status: 201, body: { reference: 'azureml:says:1', component: { code: './code' } } });
  });

  it('is listed and read file by file, and nothing else can be named', async () => {
    expect((await code('1/code')).body).toEqual({
      files: [
        { path: 'say.sh', sizeBytes: 19 },
        { path: 'words/text.txt', sizeBytes: 5 },
      ],
      whyNotEdited: null,
    });
    expect(await text('1/code/words/text.txt')).toBe('first');
    for (const path of ['component.yml', '..%2Fcomponent.yml', 'words', '%2Fetc%2Fpasswd']) expect((await code(`1/code/${path}`)).status).toBe(404);
  });

  it('becomes the next version by files that change, come and go, and runs', async () => {
    const body = { files: { 'say.sh': 'cat words/more.txt\n', 'words/text.txt': null, 'words/more.txt': 'second' } };
    const made = await call(server(), '/api/components/says/1/code', { body });
    expect(made).toMatchObject({ status: 201, body: { version: '2', reference: 'azureml:says:2' } });
    expect(ComponentCode.parse((await code('2/code')).body).files.map(({ path }) => path)).toEqual(['say.sh', 'words/more.txt']);
    expect(await text('1/code/words/text.txt')).toBe('first');
    // The same again is no other version.
    expect(await call(server(), '/api/components/says/1/code', { body })).toMatchObject({ status: 201, body: { version: '2' } });
    const { run, steps } = await runToEnd(server(), { document: { type: 'pipeline', jobs: { say: { component: 'azureml:says:2', outputs: { out: null } } } } });
    expect(run.status).toBe('completed');
    const said = await fetch(`${server().url}/api/runs/${run.id}/steps/say/outputs/out/said`);
    expect([steps['say']?.status, await said.text()]).toEqual(['completed', 'second']);
  });

  it.each([
    ['a path that leads out', { '../out.txt': 'x' }, 400],
    ['a path from the root', { '/etc/out.txt': 'x' }, 400],
    ['a folder without a name', { 'a//b': 'x' }, 400],
    ['a name of more bytes than a file system takes', { [`${'ä'.repeat(150)}.txt`]: 'x' }, 400],
    ['more than a person writes', { 'long.txt': 'x'.repeat(longestCodeText + 1) }, 400],
    ['a file where a folder is', { words: 'x' }, 422],
    ['a file below a file', { 'say.sh/below': 'x' }, 422],
  ])('does not take %s', async (_, changed, status) => {
    expect((await call(server(), '/api/components/says/1/code', { body: { files: changed } })).status).toBe(status);
    expect((await call(server(), '/api/components/says/3')).status).toBe(404);
  });

  it.each([
    ['code', { code: 'MADE' }],
    ['code said as a file', { code: 'file:MADE' }],
    ['code above it', { code: '../../..' }],
    ['what is included', { additional_includes: ['SECRET'] }],
    ['an environment', { environment: { conda_file: 'SECRET/conda.yml' } }],
  ])('lies with a component that comes with its files: %s elsewhere is refused, and nothing is made there', async (_, fields) => {
    const elsewhere = await tempFolder();
    const [secret, made] = [join(elsewhere, 'secret'), join(elsewhere, 'made')];
    await mkdir(secret);
    await writeFile(join(secret, 'conda.yml'), 'dependencies: [python=3.11]\n');
    const placed = JSON.parse(JSON.stringify(fields).replaceAll('MADE', made).replaceAll('SECRET', secret)) as object;
    for (const given of [{}, { 'run.sh': 'true' }]) {
      const body = { component: { ...component, name: 'leads-out', ...placed }, files: given };
      expect(await call(server(), '/api/components', { body })).toMatchObject({ status: 422 });
    }
    expect((await call(server(), '/api/components/leads-out/1')).status).toBe(404);
    expect(await readdir(elsewhere)).toEqual(['secret']);
    expect(await readdir(secret)).toEqual(['conda.yml']);
  });

  it('has no folder for its code where there is no file: not at first, and not when the last one goes', async () => {
    const none = { ...component, name: 'bare', command: 'echo bare > ${{outputs.out}}/said' };
    expect(await call(server(), '/api/components', { body: { component: none, files: {} } })).toMatchObject({ status: 201 });
    expect((await call(server(), '/api/components/bare/1/code')).body).toMatchObject({ files: [] });
    for (const [version, files] of [
      [1, { 'a.txt': 'a' }],
      [2, { 'a.txt': null, 'b.txt': 'b' }],
      [3, { 'b.txt': null }],
    ] as const)
      expect(await call(server(), `/api/components/bare/${version}/code`, { body: { files } })).toMatchObject({ status: 201 });
    expect((await call(server(), '/api/components/bare/3/code')).body).toMatchObject({ files: [{ path: 'b.txt' }] });
    // As it was at first: no version more.
    expect((await call(server(), '/api/components/bare/4')).status).toBe(404);
  });

  it('may be written with file: before its path, and takes new files there', async () => {
    const named = { ...component, name: 'by-file', code: 'file:./src' };
    expect(await call(server(), '/api/components', { body: { component: named, files } })).toMatchObject({ status: 201 });
    const listed = async (version: number) => ComponentCode.parse((await call(server(), `/api/components/by-file/${version}/code`)).body).files;
    expect((await listed(1)).map(({ path }) => path)).toEqual(['say.sh', 'words/text.txt']);
    expect(await call(server(), '/api/components/by-file/1/code', { body: { files: { 'more.txt': 'more' } } })).toMatchObject({ status: 201 });
    expect((await listed(2)).map(({ path }) => path)).toEqual(['more.txt', 'say.sh', 'words/text.txt']);
  });

  it('of a component that comes with the product is read, and saved under another name only', async () => {
    const listed = ComponentCode.parse((await call(server(), '/api/components/python_script/latest/code')).body);
    expect(listed.whyNotEdited).not.toBeNull();
    expect(listed.files.map(({ path }) => path)).toEqual(expect.arrayContaining(['python_script.py', 'step.py']));
    const changed = { 'step.py': '# mine\n' };
    expect(await call(server(), '/api/components/python_script/latest/code', { body: { files: changed } })).toMatchObject({
      status: 409,
      body: { code: 'built-in' },
    });
    const made = await call(server(), '/api/components/python_script/latest/code', { body: { files: changed, name: 'my_script' } });
    expect(RegisteredComponent.parse(made.body)).toMatchObject({ name: 'my_script', version: '1', source: 'registered' });
    // Included files are changed where they are.
    expect(CodeText.parse((await call(server(), '/api/components/my_script/1/code/step.py')).body).text).toBe('# mine\n');
    expect((await call(server(), '/api/components/split_data/latest/code/nothing.py')).status).toBe(404);
  });

  it('becomes the next version by other inputs, outputs, command and environment, with what is not said kept, and runs', async () => {
    const folder = await tempFolder();
    const text =
      'type: command\nname: counts\ncommand: cat ${{inputs.text}} > ${{outputs.out}}/said\ninputs:\n  text: { type: uri_file, mode: ro_mount }\noutputs: { out: { type: uri_folder } }\n';
    await writeFile(join(folder, 'counts.yml'), text);
    expect((await call(server(), '/api/register', { body: { file: join(folder, 'counts.yml') } })).status).toBe(201);
    const save = async (declares: object, files = {}) => await call(server(), '/api/components/counts/1/code', { body: { files, declares } });
    const inputs = { text: { type: 'uri_file', mode: 'ro_mount' }, word: { type: 'string', default: 'two', enum: ['one', 'two'] } };
    const declares = { inputs, outputs: { result: { type: 'uri_folder' } }, command: 'echo ${{inputs.word}} > ${{outputs.result}}/said' };
    const made = await save({ ...declares, inputs: { word: inputs.word } });
    expect(made).toMatchObject({ status: 201, body: { version: '2', component: { inputs: { word: inputs.word }, outputs: declares.outputs } } });
    expect(RegisteredComponent.parse(made.body).component).not.toHaveProperty('code');
    const { run } = await runToEnd(server(), { document: { type: 'pipeline', jobs: { say: { component: 'azureml:counts:2', outputs: { result: null } } } } });
    const said = await fetch(`${server().url}/api/runs/${run.id}/steps/say/outputs/result/said`);
    expect([run.status, await said.text()]).toEqual(['completed', 'two\n']);

    expect(await save(declares, { 'more.txt': 'x' })).toMatchObject({ status: 201, body: { version: '3', component: { inputs, code: './code' } } });
    expect(await save({ environment: 'azureml:tables:1' })).toMatchObject({
      status: 201,
      body: { version: '4', component: { environment: 'azureml:tables:1' } },
    });
    const undeclared = await save({ command: 'echo ${{inputs.texte}}' });
    expect(undeclared).toMatchObject({ status: 422, body: { problems: [{ code: 'undeclared-placeholder' }] } });
    expect(JSON.stringify(undeclared.body)).toContain('Did you mean \\"text\\"?');
    for (const wrong of [{ environment: './conda.yml' }, { inputs: { 'a b': { type: 'string' } } }, { outputs: { a: { type: 'nothing' } } }, { code: '/etc' }])
      expect((await save(wrong)).status).toBe(400);
    expect((await call(server(), '/api/components/counts/5')).status).toBe(404);
  });

  it('of a file beside a draft is read, and becomes a registered version while the file stays as it is', async () => {
    const folder = await tempFolder();
    await mkdir(join(folder, 'src'));
    await writeFile(join(folder, 'src', 'run.py'), 'print(1)\n');
    await writeFile(join(folder, 'src', 'pixels.bin'), Buffer.from([1, 0, 2]));
    await writeFile(join(folder, 'own.yml'), '# mine\ntype: command\nname: own\nversion: 7\ncommand: python run.py\ncode: ./src\n');
    await writeFile(join(folder, 'pipeline.yml'), 'type: pipeline\njobs: { a: { component: ./own.yml } }\n');
    const { id } = (await call(server(), '/api/import', { body: { file: join(folder, 'pipeline.yml') } })).body as { id: string };
    const of = '?component=./own.yml';
    const pixels = CodeText.parse((await call(server(), `/api/drafts/${id}/code/pixels.bin${of}`)).body);
    expect(pixels).toMatchObject({ text: null, why: 'It is no text in UTF-8.', sizeBytes: 3 });
    const made = await call(server(), `/api/drafts/${id}/code${of}`, { body: { files: { 'run.py': 'print(2)\n' } } });
    expect(made).toMatchObject({ status: 201, body: { reference: 'azureml:own:1' } });
    expect(CodeText.parse((await call(server(), '/api/components/own/1/code/run.py')).body).text).toBe('print(2)\n');
    expect(await readFile(join(folder, 'src', 'run.py'), 'utf8')).toBe('print(1)\n');
    await symlink('/etc', join(folder, 'src', 'etc'));
    expect(await call(server(), `/api/drafts/${id}/code${of}`)).toMatchObject({ status: 422, body: { code: 'unreadable-files' } });
    expect((await call(server(), `/api/drafts/${id}/code?component=./gone.yml`)).status).toBe(404);
  });
});
