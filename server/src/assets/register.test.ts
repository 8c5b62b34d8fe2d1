import { open, readdir, readFile, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { describe, expect, it, onTestFinished } from 'vitest';
import { codeRulesOf } from '../config.ts';
import { call, runToEnd } from '../testing/api.ts';
import { writeFiles } from '../testing/place.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { sharedTestServer, testServer } from '../testing/test-server.ts';
import { registerEnvironment } from './register-environment.ts';

const readStep = (path: string, type = 'uri_file') => ({
  document: { type: 'pipeline', jobs: { read: { command: 'cat ${{inputs.data}}', inputs: { data: { type, path } } } } },
});

describe('registering', () => {
  const server = sharedTestServer();
  const register = async (body: unknown) => await call(server(), '/api/register', { body });
  const logOf = async (run: string, step: string): Promise<string> =>
    ((await (await fetch(`${server().url}/api/runs/${run}/steps/${encodeURIComponent(step)}/logs`)).json()) as { text: string }).text;

  it('takes data in by bytes: what is changed afterwards is not the asset', async () => {
    const folder = await tempFolder();
    const file = join(folder, 'letters.txt');
    await writeFile(file, 'abc\n');
    const request = { kind: 'data', name: 'letters', path: file };
    expect(await register(request)).toMatchObject({ status: 201, body: { kind: 'data', version: '1', outcome: 'registered' } });
    expect(await register(request)).toMatchObject({ status: 201, body: { version: '1', outcome: 'unchanged' } });
    await writeFile(file, 'xyz\n');
    expect(await register({ ...request, version: '1' })).toMatchObject({
      status: 409,
      body: { code: 'version-taken', title: expect.stringContaining('never changed') },
    });
    expect(await register(request)).toMatchObject({ status: 201, body: { version: '2', outcome: 'registered' } });
    await rm(file);
    for (const [reference, text] of [
      ['azureml:letters:1', 'abc'],
      ['azureml:letters@latest', 'xyz'],
      ['azureml:letters', 'xyz'],
    ] as const) {
      const { run } = await runToEnd(server(), readStep(reference));
      expect(run.status).toBe('completed');
      expect(await logOf(run.id, 'read')).toContain(`${text}\n`);
    }
    expect((await call(server(), '/api/plan', { body: readStep('azureml:letters:9') })).body).toMatchObject({
      problems: [{ severity: 'error', code: 'unknown-asset', message: expect.stringContaining('latest version is 2') }],
    });
    const { body } = await call(server(), '/api/data?limit=100');
    expect(body).toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ name: 'letters', version: '2', source: 'registered' })]) });
  });

  it('gives a step the file under the name that it came with, a copy of it too', async () => {
    const folder = await tempFolder();
    await writeFiles(folder, { 'net.keras': 'weights\n' });
    await register({ kind: 'model', name: 'net', path: join(folder, 'net.keras') });
    await register({ kind: 'model', name: 'net-copy', path: 'azureml:net:1' });
    for (const name of ['net', 'net-copy']) {
      const command = 'cat ${{inputs.model}}; basename ${{inputs.model}}';
      const job = { command, inputs: { model: { type: 'custom_model', path: `azureml:${name}:1` } }, tags: { of: name } };
      const { run } = await runToEnd(server(), { document: { type: 'pipeline', jobs: { read: job } }, force: true });
      expect(await logOf(run.id, 'read')).toContain('weights\nnet.keras\n');
      const { headers } = await fetch(`${server().url}/api/models/${name}/versions/1/content`);
      expect(headers.get('content-disposition')).toContain('net.keras');
    }
  });

  it('reads Azure’s own files of data, models and environments', async () => {
    const folder = await tempFolder();
    await writeFiles(folder, {
      'd/part.csv': 'a\n',
      'data.yml': '$schema: https://example.org/latest/data.schema.json\nname: table\nversion: 7\ntype: uri_folder\npath: ./d\ntags:\n',
      'model.yml': '$schema: https://example.org/latest/model.schema.json\nname: best\ntype: custom_model\npath: ./d\n',
      'env.yml': 'name: tools\nversion: 4\nimage: any\nconda_file:\n  dependencies: [python>=3.8]\n',
      'wrong.yml': 'type: uri_file\npath: ./nothing.txt\nname: [1]\n',
    });
    expect(await register({ file: join(folder, 'data.yml') })).toMatchObject({ status: 201, body: { kind: 'data', name: 'table', version: '7' } });
    expect(await register({ file: join(folder, 'model.yml') })).toMatchObject({ status: 201, body: { kind: 'model', name: 'best', version: '1' } });
    expect(await register({ file: join(folder, 'env.yml') })).toMatchObject({ status: 201, body: { kind: 'environment', name: 'tools', version: '4' } });
    expect(await register({ file: join(folder, 'wrong.yml') })).toMatchObject({
      status: 422,
      body: { problems: [{ line: 3, file: join(folder, 'wrong.yml') }] },
    });
    expect(await register({ file: join(folder, 'nothing.yml') })).toMatchObject({ status: 404 });
    const { run } = await runToEnd(server(), {
      document: {
        type: 'pipeline',
        jobs: { a: { command: 'true', environment: 'azureml:tools:4', inputs: { m: { type: 'custom_model', path: 'azureml:best@latest' } } } },
      },
    });
    expect(run.status).toBe('completed');
  });

  it('takes in a copy of what a client of MLflow has logged, or of a model by MLflow’s name for it', async () => {
    const mlflow = async (path: string, body: unknown) => (await call(server(), `/mlflow/api/2.0/mlflow/${path}`, { body })).body;
    const { run_id: id } = Object(await mlflow('runs/create', { experiment_id: '0' })).run.info;
    const bytes = `${server().url}/mlflow/api/2.0/mlflow-artifacts/artifacts/runs/${id}/model/MLmodel`;
    await fetch(bytes, { method: 'PUT', body: 'flavors: {}' });
    const folder = await tempFolder();
    await writeFile(join(folder, 'model.yml'), `$schema: model.schema.json\nname: logged\ntype: mlflow_model\npath: runs:/${id}/model\n`);
    expect(await register({ file: join(folder, 'model.yml') })).toMatchObject({ status: 201, body: { version: '1', notes: [] } });
    await fetch(bytes, { method: 'DELETE' });
    expect(await register({ kind: 'model', name: 'named', path: 'models:/logged/1' })).toMatchObject({ status: 201, body: { version: '1' } });
    const jobs = { read: { command: 'cat ${{inputs.model}}/MLmodel', inputs: { model: { type: 'mlflow_model', path: 'models:/named/1' } } } };
    const { run } = await runToEnd(server(), { document: { type: 'pipeline', jobs } });
    expect(await logOf(run.id, 'read')).toContain('flavors: {}');
    expect(await register({ kind: 'model', name: 'named', path: 'models:/nobody/1' })).toMatchObject({ status: 404 });
    expect(await register({ kind: 'model', name: 'named', path: `runs:/${id}/none` })).toMatchObject({ status: 404 });
  });

  it('knows an environment by its Python or its packages alone', async () => {
    const folder = await tempFolder();
    await writeFiles(folder, {
      'python.yml': 'name: plain\nversion: 1\npython: 3.10\n',
      'packages.yml': 'name: packed\nrequirements: [requests>=2]\nvariables: { LEVEL: "1" }\n',
    });
    expect(await register({ file: join(folder, 'python.yml') })).toMatchObject({ status: 201, body: { kind: 'environment', name: 'plain', version: '1' } });
    expect((await server().store.registry.environment('plain', '1'))?.environment).toMatchObject({ python: expect.stringContaining('3.10') });
    expect(await register({ file: join(folder, 'packages.yml') })).toMatchObject({ status: 201, body: { kind: 'environment', name: 'packed' } });
  });

  it('takes a component in with its code, its environment and the components of its steps', async () => {
    const folder = await tempFolder();
    await writeFiles(folder, {
      'src/say.py': 'import extra, sys\nprint(extra.word, sys.argv[1])\n',
      'lib/extra.py': 'word = "hello"\n',
      'say.yml':
        'name: say\nversion: 1\ncode: ./src\nadditional_includes: [./lib/extra.py]\nenvironment: { conda_file: ./conda.yml, image: any }\ncommand: python say.py ${{inputs.who}}\ninputs: { who: { type: string } }\n',
      'conda.yml': 'dependencies: [python>=3.8]\n',
      'outer.yml':
        'type: pipeline\nname: twice\njobs:\n  first: { component: ./say.yml, inputs: { who: one } }\n  own: { command: cat note.txt, code: ./notes }\n  second: { component: ./say.yml, inputs: { who: two } }\n',
      'notes/note.txt': 'a note\n',
    });
    expect(await register({ file: join(folder, 'outer.yml') })).toMatchObject({
      status: 201,
      body: { kind: 'component', name: 'twice', version: '1', outcome: 'registered' },
    });
    expect(await register({ file: join(folder, 'outer.yml') })).toMatchObject({ body: { version: '1', outcome: 'unchanged' } });
    expect(await register({ file: join(folder, 'say.yml') })).toMatchObject({ body: { name: 'say', version: '1' } });
    await writeFile(join(folder, 'lib/extra.py'), 'word = "other"\n');
    expect(await register({ file: join(folder, 'say.yml') })).toMatchObject({ status: 409, body: { code: 'version-taken' } });
    await rm(folder, { recursive: true });
    const { run, steps } = await runToEnd(server(), { document: { type: 'pipeline', jobs: { both: { component: 'azureml:twice@latest' } } } });
    expect(Object.values(steps).map(({ status }) => status)).toEqual(['completed', 'completed', 'completed']);
    expect(await logOf(run.id, 'both/second')).toContain('hello two');
    expect(await logOf(run.id, 'both/own')).toContain('a note');
  });

  it('keeps a component as it is written, and tells it by what it says and consists of', async () => {
    const folder = await tempFolder();
    await writeFiles(folder, {
      'train.yml': 'name: kept # by this name\nversion: 3\ncode: . # here\nenvironment: ./env.yml\ncommand: cat words.txt component.yml && echo $LEVEL\n',
      'words.txt': 'words\n',
      'component.yml': 'another: one\n',
      'env.yml': 'name: e\nconda_file: conda/c.yml\nvariables: { LEVEL: "high" }\n',
      'conda/c.yml': 'dependencies: [python>=3.8]\n',
    });
    const file = join(folder, 'train.yml');
    expect(await register({ file })).toMatchObject({ status: 201, body: { name: 'kept', version: '3', outcome: 'registered', notes: [] } });
    const record = await server().store.registry.component('kept', '3');
    const text = await readFile(join(record?.folder ?? '', 'component.yml'), 'utf8');
    expect(text).toMatch(/^name: kept # by this name\nversion: 3\ncode: \.\/.* # here\n/);
    await writeFile(file, `# about it\n${await readFile(file, 'utf8')}`);
    expect(await register({ file })).toMatchObject({ body: { outcome: 'unchanged' } });
    await writeFile(join(folder, 'conda/c.yml'), 'dependencies: [python>=3.9]\n');
    expect(await register({ file })).toMatchObject({ status: 409, body: { code: 'version-taken' } });
    await rm(folder, { recursive: true });
    const { run } = await runToEnd(server(), { document: { type: 'pipeline', jobs: { a: { component: 'azureml:kept:3' } } } });
    expect(run.status).toBe('completed');
    expect(await logOf(run.id, 'a')).toMatch(/words\nanother: one\nhigh/);
  });

  it('takes the data of a pipeline along, and leaves what has a name or an address what it is', async () => {
    const folder = await tempFolder();
    const inputs = 'inputs: { own: { type: uri_file, path: ./own.txt }, named: { type: uri_folder, path: "azureml:letters:1" } }';
    await writeFiles(folder, {
      'own.txt': 'own words\n',
      'p.yml': `type: pipeline\nname: with_data\njobs:\n  a:\n    command: cat \${{inputs.own}}; ls \${{inputs.named}}\n    environment: azureml:sklearn-1.5@latest\n    ${inputs}\n`,
    });
    expect(await register({ file: join(folder, 'p.yml') })).toMatchObject({ status: 201, body: { notes: [] } });
    const record = await server().store.registry.component('with_data', '1');
    expect(record?.component).toMatchObject({
      jobs: { a: { environment: 'azureml:sklearn-1.5@latest', inputs: { own: { path: './own.txt' }, named: { path: 'azureml:letters:1' } } } },
    });
    expect(await readFile(join(record?.folder ?? '', 'own.txt'), 'utf8')).toBe('own words\n');
  });

  it('takes data along however large it is: what is changed afterwards is other content', async () => {
    const folder = await tempFolder();
    await writeFiles(folder, {
      'big/large.bin': '',
      'p.yml': 'type: pipeline\nname: large\nversion: 1\njobs:\n  a: { command: ls, inputs: { big: { type: uri_folder, path: ./big } } }\n',
    });
    const large = join(folder, 'big', 'large.bin');
    await truncate(large, 100_000_001);
    const file = join(folder, 'p.yml');
    expect(await register({ file })).toMatchObject({ status: 201, body: { notes: [] } });
    const record = await server().store.registry.component('large', '1');
    expect(record?.component).toMatchObject({ jobs: { a: { inputs: { big: { path: './big' } } } } });
    expect((await stat(join(record?.folder ?? '', 'big', 'large.bin'))).size).toBe(100_000_001);
    const last = await open(large, 'r+');
    await last.write('x', 100_000_000);
    await last.close();
    expect(await register({ file })).toMatchObject({ status: 409, body: { code: 'version-taken' } });
  });

  it('refuses a component whose data cannot be copied', async () => {
    const folder = await tempFolder();
    await writeFiles(folder, {
      'd/own.txt': 'own\n',
      'p.yml': 'type: pipeline\nname: linked\njobs:\n  a: { command: ls, inputs: { d: { type: uri_folder, path: ./d } } }\n',
    });
    await symlink('/etc/hostname', join(folder, 'd', 'link'));
    expect(await register({ file: join(folder, 'p.yml') })).toMatchObject({
      status: 422,
      body: { title: expect.stringMatching(/The data \.\/d cannot be taken along: .*link is a link that leads out of its folder/) },
    });
    expect(await server().store.registry.component('linked', '1')).toBeUndefined();
  });

  it.each([
    ['a step of itself', 'type: pipeline\nname: c\njobs:\n  a: { component: ./c.yml }\n', 'is a step of itself'],
    ['a component with a mistake in it', 'type: pipeline\nname: c\njobs:\n  a: { component: ./bad.yml }\n', './bad.yml cannot be used: inputs.n.type'],
    ['code that is not there', 'name: c\ncode: ./none\ncommand: x\n', './none is not there'],
    ['an environment that is not there', 'name: c\nenvironment: ./none.yml\ncommand: x\n', 'The environment ./none.yml is not there'],
  ])('refuses %s', async (_what, text, words) => {
    const folder = await tempFolder();
    await writeFiles(folder, { 'c.yml': text, 'bad.yml': 'command: x\ninputs: { n: { type: numbr } }\n' });
    expect(await register({ file: join(folder, 'c.yml') })).toMatchObject({ status: 422, body: { title: expect.stringContaining(words) } });
  });

  it.each([
    ['keep', '.'],
    ['keep', '..'],
    ['../../keep', '1'],
    ['a/b', '1'],
  ])('refuses a component that is called %s:%s, and takes no folder away for it', async (name, version) => {
    const folder = await tempFolder();
    await writeFiles(folder, { 'keep.yml': 'name: keep\nversion: "1"\ntype: command\ncommand: echo\n' });
    await register({ file: join(folder, 'keep.yml') });
    const kept = (await server().store.registry.component('keep', '1'))?.folder ?? '';
    await writeFiles(folder, { 'bad.yml': `name: ${name}\nversion: "${version}"\ntype: command\ncommand: echo other\n` });
    expect(await register({ file: join(folder, 'bad.yml') })).toMatchObject({ status: 422, body: { title: expect.stringContaining('cannot be') } });
    expect(await readFile(join(kept, 'component.yml'), 'utf8').catch(() => 'gone')).toContain('name: keep');
  });

  describe('of several at the same moment', () => {
    /** The same component twice, each with enough files that the two are copied at the same time. */
    const twoOf = async (name: string, head: string, words: readonly [string, string]): Promise<readonly string[]> => {
      const files = (word: string) => Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`${name}-${word}/src/${index}.txt`, `${word}\n`]));
      const folder = await tempFolder();
      const texts = words.map((word) => ({ ...files(word), [`${name}-${word}/c.yml`]: `name: ${name}\n${head}code: ./src\ncommand: cat 39.txt\n` }));
      for (const text of texts) await writeFiles(folder, text);
      return words.map((word) => join(folder, `${name}-${word}`, 'c.yml'));
    };
    const registerAll = async (files: readonly string[]) => await Promise.all(files.map(async (file) => await register({ file })));
    const wordOf = async (name: string, version: string): Promise<string | undefined> => {
      const { run } = await runToEnd(server(), { document: { type: 'pipeline', jobs: { a: { component: `azureml:${name}:${version}` } } } });
      return /first|second/.exec(await logOf(run.id, 'a'))?.[0];
    };

    it('gives one version to one of them, with the bytes of that one', async () => {
      const files = await twoOf('race', 'version: 1\n', ['first', 'second']);
      const answers = await registerAll(files);
      expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['201', '409']);
      expect(await wordOf('race', '1')).toBe(answers[0]?.status === 201 ? 'first' : 'second');
      // What the other one has copied is gone.
      expect(await readdir(join(server().home, 'assets', 'components', 'race', '1'))).toHaveLength(1);
    });

    it('gives each its own number where none is said', async () => {
      const answers = await registerAll(await twoOf('free', '', ['first', 'second']));
      const versions = answers.map(({ body }) => (body as { version: string }).version);
      expect(versions.toSorted()).toEqual(['1', '2']);
      expect([await wordOf('free', versions[0] ?? ''), await wordOf('free', versions[1] ?? '')]).toEqual(['first', 'second']);
    });

    it('gives each environment its own number, too', async () => {
      const { services } = server();
      const parts = { ...services, rules: codeRulesOf(services.config), by: 'Ada', now: () => services.clock.now().toISOString() };
      const packages = ['requests', 'numpy', 'pandas'];
      const all = packages.map(async (each) => await registerEnvironment(parts, { name: 'free-env', requirements: [each] }, '/env.yml'));
      const versions = (await Promise.all(all)).map((outcome) => (outcome.ok ? outcome.registered.version : outcome.message));
      expect(versions.toSorted()).toEqual(['1', '2', '3']);
    });

    it('is no change for the later one of the same content', async () => {
      const [file = ''] = await twoOf('same', 'version: 1\n', ['first', 'second']);
      const answers = await registerAll([file, file]);
      expect(answers.map(({ body }) => (body as { outcome: string }).outcome).toSorted()).toEqual(['registered', 'unchanged']);
      expect(await wordOf('same', '1')).toBe('first');
    });
  });

  it('refuses what has no name, and a component that names what is not there', async () => {
    const folder = await tempFolder();
    await writeFiles(folder, { 'nameless.yml': 'command: x\n', 'broken.yml': 'type: pipeline\nname: b\njobs:\n  a: { component: ./gone.yml }\n' });
    expect(await register({ file: join(folder, 'nameless.yml') })).toMatchObject({ status: 422, body: { title: expect.stringContaining('has none') } });
    expect(await register({ file: join(folder, 'broken.yml') })).toMatchObject({
      status: 422,
      body: { title: expect.stringContaining('The component ./gone.yml is not there') },
    });
    expect(await register({ kind: 'data', name: '../x', path: folder })).toMatchObject({ status: 422 });
  });
});

describe('data by other names', () => {
  it('lies where config.yml says: datastores, addresses, outputs of runs', async () => {
    const folder = await tempFolder();
    await writeFiles(folder, { 'store/in/a.txt': 'of the store\n', 'blob/b.txt': 'of the blob\n', 'config.yml': '' });
    const server = await testServer({ datastores: { mine: join(folder, 'store') }, urls: [{ from: 'wasbs://box@acc.example/', to: join(folder, 'blob') }] });
    const statusOf = async (path: string): Promise<string> => (await runToEnd(server, readStep(path))).run.status;
    expect(await statusOf('azureml://datastores/mine/paths/in/a.txt')).toBe('completed');
    expect(await statusOf('azureml://subscriptions/s/resourcegroups/r/workspaces/w/datastores/mine/paths/in/a.txt')).toBe('completed');
    expect(await statusOf('wasbs://box@acc.example/b.txt')).toBe('completed');
    const problemsOf = async (path: string): Promise<Problem[]> =>
      ((await call(server, '/api/plan', { body: readStep(path) })).body as { problems: Problem[] }).problems;
    expect(await problemsOf('azureml://datastores/mine/paths/../../secret')).toMatchObject([
      { message: expect.stringContaining('leads out of the datastore') },
    ]);
    expect(await problemsOf('abfss://x@y/z')).toMatchObject([{ code: 'missing-file', message: expect.stringContaining('config.yml under urls') }]);
    const made = await runToEnd(server, {
      document: {
        type: 'pipeline',
        outputs: { page: { type: 'uri_file' } },
        jobs: { a: { command: 'echo made > ${{outputs.o}}', outputs: { o: '${{parent.outputs.page}}' } } },
      },
    });
    expect(await statusOf(`azureml://jobs/${made.run.id}/outputs/page`)).toBe('completed');
    expect(await problemsOf(`azureml://jobs/${made.run.id}/outputs/pge`)).toMatchObject([{ message: expect.stringContaining('Its outputs: page') }]);
  });

  it('is fetched when the pipeline is run, not when it is planned, and again when it has changed', async () => {
    const server = await testServer();
    let asked = 0;
    let text = 'far\n';
    const far = createServer((_request, response) => {
      asked += 1;
      response.end(text);
    });
    await new Promise<void>((resolve) => void far.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      far.closeAllConnections();
      far.close();
    });
    const request = readStep(`http://127.0.0.1:${(far.address() as AddressInfo).port}/far.txt`);
    expect((await call(server, '/api/plan', { body: request })).body).toMatchObject({ steps: [{ decision: 'run' }], problems: [] });
    expect(asked).toBe(0);
    expect((await runToEnd(server, request)).steps['read']).toMatchObject({ status: 'completed' });
    expect((await runToEnd(server, request)).steps['read']).toMatchObject({ status: 'reused' });
    text = 'near\n';
    const askedBefore = asked;
    const planned = await call(server, '/api/plan', { body: request });
    expect(planned.body).toMatchObject({ steps: [{ decision: 'reuse' }], problems: [{ severity: 'note', code: 'fetched-before' }] });
    expect(asked).toBe(askedBefore);
    const { steps, run } = await runToEnd(server, request);
    expect(steps['read']).toMatchObject({ status: 'completed', reasons: [{ code: 'data-changed' }] });
    const input = run.snapshot.steps['read']?.inputs['data'];
    expect(input?.kind === 'data' && (await readFile(input.path, 'utf8'))).toBe('near\n');
  });
});
