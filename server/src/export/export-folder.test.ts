import { mkdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { call, runToEnd } from '../testing/api.ts';
import { writeFiles } from '../testing/place.ts';
import { runCli } from '../testing/run-cli.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { sharedTestServer, testServer } from '../testing/test-server.ts';

/** A project as teams have them: jobs, components, code and what they share in folders of their own. */
const project = {
  'repo/jobs/main.yml': `# the whole of it
type: pipeline
display_name: Whole
inputs:
  raw: { type: uri_file, path: ../data/raw.txt } # lies beside
outputs:
  page:
jobs:
  prep:
    component: ../components/prep.yml   # in the repository
    inputs: { raw: "\${{parent.inputs.raw}}", words: ./words.txt }
  train:
    type: pipeline
    component: ../components/train/pipeline.yml
    inputs: { data: "\${{parent.jobs.prep.outputs.out}}" }
  report:
    command: sh show.sh \${{inputs.model}} > \${{outputs.page}}/page
    code: ./report
    inputs: { model: "\${{parent.jobs.train.outputs.model}}" }
    outputs: { page: "\${{parent.outputs.page}}" }
`,
  'repo/jobs/words.txt': 'words\n',
  'repo/jobs/report/show.sh': 'cat $1/m\n',
  'repo/jobs/report/.amlignore': 'notes.txt\n',
  'repo/jobs/report/notes.txt': 'not for steps\n',
  'repo/data/raw.txt': 'raw\n',
  'repo/components/prep.yml': `name: prep # a component
command: cat \${{inputs.raw}} \${{inputs.words}} common/end.txt > \${{outputs.out}}/t
code: ../src/prep
additional_includes:
  - ../lib/common   # a sibling
environment: ./env.yml
inputs:
  raw: { type: uri_file }
  words: { type: uri_file }
outputs: { out: { type: uri_folder } }
`,
  'repo/components/env.yml': 'image: any\nconda_file: ../conda/small.yml\n',
  'repo/conda/small.yml': 'dependencies:\n  - python>=3.8\n',
  'repo/src/prep/main.py': 'print(1)\n',
  'repo/lib/common/end.txt': 'end\n',
  'repo/components/train/pipeline.yml': `type: pipeline
inputs: { data: { type: uri_folder } }
outputs: { model: { type: uri_folder } }
jobs:
  fit:
    component: file:./fit.yml
    inputs: { data: "\${{parent.inputs.data}}" }
    outputs: { model: "\${{parent.outputs.model}}" }
`,
  'repo/components/train/fit.yml': `command: cat \${{inputs.data}}/t fitted.txt > \${{outputs.model}}/m
code: .
inputs: { data: { type: uri_folder } }
outputs: { model: { type: uri_folder } }
`,
  'repo/components/train/fitted.txt': 'fitted\n',
};
const page = 'raw\nwords\nend\nfitted\n';

async function place(): Promise<string> {
  const folder = await tempFolder();
  await writeFiles(folder, project);
  return folder;
}

async function pageOf(server: { readonly url: string }, run: string): Promise<string> {
  return await (await fetch(`${server.url}/api/runs/${run}/steps/report/outputs/page/page`)).text();
}

/** Runs what was exported somewhere else, on a data folder that knows nothing. */
async function runElsewhere(folder: string): Promise<string> {
  const elsewhere = join(await tempFolder(), 'moved');
  await rename(folder, elsewhere);
  const server = await testServer();
  const { run } = await runToEnd(server, { file: join(elsewhere, 'pipeline.yml') });
  expect(run.status).toBe('completed');
  return await pageOf(server, run.id);
}

describe('an exported folder', () => {
  const server = sharedTestServer();
  const importFile = async (file: string): Promise<{ id: string; document: unknown }> =>
    (await call(server(), '/api/import', { body: { file } })).body as { id: string; document: unknown };
  const exported = async (what: string, folder: string): Promise<Awaited<ReturnType<typeof runCli>>> =>
    await runCli(['export', what, '-o', folder], { home: server().home, cwd: await tempFolder() });

  it('of a draft runs from another place: nested pipelines, included files, a conda file, data; texts keep their comments', async () => {
    const folder = await place();
    const draft = await importFile(join(folder, 'repo/jobs/main.yml'));
    const out = join(folder, 'out/');
    expect(await exported(`draft:${draft.id}`, out)).toMatchObject({ status: 0, stderr: '' });
    const text = await readFile(join(out, 'pipeline.yml'), 'utf8');
    expect(text).toContain('# the whole of it\n');
    expect(text).toContain('component: ./components/prep.yml   # in the repository');
    expect(text).toContain('path: ./data/raw.txt } # lies beside');
    expect(await readFile(join(out, 'components/prep.yml'), 'utf8')).toBe(project['repo/components/prep.yml']);
    await expect(readFile(join(out, 'report/notes.txt'))).rejects.toThrow('ENOENT');
    // The same data, key for key, but for the paths that lead from another place now.
    const again = await importFile(join(out, 'pipeline.yml'));
    const there = JSON.parse(JSON.stringify(draft.document).replaceAll('"../', '"./')) as unknown;
    expect(again.document).toEqual(there);
    await rm(join(folder, 'repo'), { recursive: true });
    expect(await runElsewhere(out)).toBe(page);
  });

  it('is the same data again when it is imported and exported once more', async () => {
    const folder = await place();
    const first = await importFile(join(folder, 'repo/jobs/main.yml'));
    const [one, two] = [join(folder, 'one/'), join(folder, 'two/')];
    await exported(`draft:${first.id}`, one);
    const second = await importFile(join(one, 'pipeline.yml'));
    await exported(`draft:${second.id}`, two);
    for (const name of [
      'pipeline.yml',
      'components/prep.yml',
      'components/env.yml',
      'conda/small.yml',
      'components/train/fit.yml',
      'words.txt',
      'lib/common/end.txt',
    ])
      expect(await readFile(join(two, name), 'utf8')).toBe(await readFile(join(one, name), 'utf8'));
  });

  it('of a run has what was run, whatever has become of the files', async () => {
    const folder = await place();
    const file = join(folder, 'repo/jobs/main.yml');
    const { run } = await runToEnd(server(), { file });
    expect(run.status).toBe('completed');
    expect(await exported(`run:${run.id}`, join(folder, 'same/'))).toMatchObject({ status: 0, stderr: '' });
    await writeFiles(folder, {
      'repo/lib/common/end.txt': 'another end\n',
      'repo/jobs/report/show.sh': 'echo changed\n',
      'repo/conda/small.yml': 'dependencies: [python>=3.9]\n',
    });
    await rm(join(folder, 'repo/components/train'), { recursive: true });
    const out = join(folder, 'out/');
    const { status, stderr } = await exported(`run:${run.id}`, out);
    expect(status).toBe(0);
    expect(
      stderr
        .split('\n')
        .filter((line) => line !== '')
        .toSorted(),
    ).toEqual([
      'note ../components/train/pipeline.yml is no longer there: the folder has it as it was run.',
      'note The code of step prep has changed since the run: the folder has it as it was run.',
      'note The code of step report has changed since the run: the folder has it as it was run.',
      'note The code of step train/fit is no longer there: the folder has it as it was run.',
      'note The environment of step prep is not in its file as it was: it stands in the text as it was run.',
      'note file:./fit.yml is no longer there: the folder has it as it was run.',
    ]);
    await rm(join(folder, 'repo'), { recursive: true });
    expect(await runElsewhere(out)).toBe(page);
    expect(await runElsewhere(join(folder, 'same'))).toBe(page);
  });

  it('of a run says which data has changed since, also of what the items of a loop gave', async () => {
    const folder = await tempFolder();
    await writeFiles(folder, {
      'north.txt': 'north\n',
      'south.txt': 'south\n',
      'p.yml':
        'jobs:\n  each:\n    command: cat ${{inputs.d}}\n    inputs: { d: { type: uri_file, path: ./south.txt } }\n    for_each: { by_name: true, items: [{ d: { type: uri_file, path: ./north.txt } }] }\n',
    });
    const { run } = await runToEnd(server(), { file: join(folder, 'p.yml') });
    expect(run.status).toBe('completed');
    await writeFile(join(folder, 'north.txt'), 'changed\n');
    const { stderr } = await exported(`run:${run.id}`, join(folder, 'out/'));
    expect(stderr).toBe('note The data ./north.txt has changed since the run: the folder has it as it is now.\n');
  });

  it('has registered components, environments and data in it, and names large data by where it lies', async () => {
    const folder = await tempFolder();
    await writeFiles(folder, {
      'c.yml':
        'name: mine\nversion: "3"\ncommand: cat own.txt ${{inputs.d}} > ${{outputs.page}}/page\ncode: ./c\nenvironment: azureml:small:1\ninputs: { d: { type: uri_file } }\noutputs: { page: { type: uri_folder } }\n',
      'c/own.txt': 'own\n',
      'env.yml': 'name: small\nversion: 1\nimage: any\nconda_file: { dependencies: [python>=3.8] }\n',
      'd.txt': 'registered\n',
      'p.yml':
        'jobs:\n  report:\n    component: azureml:mine:3\n    inputs: { d: { type: uri_file, path: azureml:words:1 } }\n    outputs: { page: }\n  large:\n    command: "true"\n    inputs: { big: { type: uri_folder, path: ./big } }\n',
    });
    await mkdir(join(folder, 'big'));
    await runCli(['register', 'env.yml', 'c.yml'], { home: server().home, cwd: folder });
    await runCli(['register', 'data', '--name', 'words', '--path', 'd.txt'], { home: server().home, cwd: folder });
    await writeFile(join(folder, 'big/b'), '');
    await truncate(join(folder, 'big/b'), 200_000_000);
    const draft = await importFile(join(folder, 'p.yml'));
    const out = join(folder, 'out/');
    const { stderr } = await exported(`draft:${draft.id}`, out);
    expect(stderr).toContain(`The data ./big is left out, because it is large (200 MB in 1 file). It still lies at ${join(folder, 'big')}`);
    const text = await readFile(join(out, 'pipeline.yml'), 'utf8');
    expect(text).toContain('component: ./components/mine-3/component.yml');
    expect(text).toContain('path: ./data/words-1/d.txt');
    expect(text).toContain(`path: ${join(folder, 'big')}`);
    expect(await runElsewhere(out)).toBe('own\nregistered\n');
  });

  it('takes of two things by one name the one that the input is for', async () => {
    const folder = await tempFolder();
    await writeFiles(folder, {
      'data/thing/what': 'data\n',
      'model/thing/what': 'model\n',
      'p.yml': `inputs: { told: { type: custom_model, path: azureml:twice:1 } }
jobs:
  report:
    component: ./c.yml
    inputs: { told: "\${{parent.inputs.told}}", declared: { path: azureml:twice:1 }, data: { type: uri_folder, path: azureml:twice:1 } }
    outputs: { page: }
`,
      'c.yml': `command: cat \${{inputs.told}}/what \${{inputs.declared}}/what \${{inputs.data}}/what > \${{outputs.page}}/page
inputs: { told: { type: custom_model }, declared: { type: custom_model }, data: { type: uri_folder } }
outputs: { page: { type: uri_folder } }
`,
    });
    for (const kind of ['data', 'model']) await runCli(['register', kind, '--name', 'twice', '--path', `${kind}/thing`], { home: server().home, cwd: folder });
    const draft = await importFile(join(folder, 'p.yml'));
    const out = join(folder, 'out/');
    await exported(`draft:${draft.id}`, out);
    expect(await runElsewhere(out)).toBe('model\nmodel\ndata\n');
  });

  it('never overwrites files that say something else, unless it is told to', async () => {
    const folder = await place();
    const draft = await importFile(join(folder, 'repo/jobs/main.yml'));
    const out = join(folder, 'out');
    await writeFiles(folder, { 'out/words.txt': 'mine\n' });
    expect(await exported(`draft:${draft.id}`, out)).toMatchObject({ status: 2, stderr: expect.stringContaining('would be overwritten: words.txt') });
    await expect(readFile(join(out, 'pipeline.yml'))).rejects.toThrow('ENOENT');
    expect(await runCli(['export', `draft:${draft.id}`, '-o', out, '--force'], { home: server().home })).toMatchObject({ status: 0 });
    expect(await readFile(join(out, 'words.txt'), 'utf8')).toBe('words\n');
  });
});
