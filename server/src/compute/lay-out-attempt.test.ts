import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ResolvedStep } from '@pipewright/shared/run/run-snapshot.ts';
import { createArtifactStore } from '../artifacts/create-artifact-store.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { AttemptFolder } from './attempt-folder.ts';
import { layOutAttempt, type AttemptInput, type AttemptLayout } from './lay-out-attempt.ts';
import { createLocalRunner } from './local/local-runner.ts';

interface Wanted {
  readonly command: string;
  readonly code?: Readonly<Record<string, string>>;
  readonly inputs?: Readonly<Record<string, AttemptInput>>;
  readonly outputs?: ResolvedStep['outputs'];
  readonly variables?: Readonly<Record<string, string>>;
  /** Inputs that are models. */
  readonly models?: readonly string[];
  readonly runs?: string;
}

async function layOut({ command, code, inputs = {}, outputs = {}, variables = {}, models = [], runs }: Wanted) {
  const root = await tempFolder();
  const artifacts = createArtifactStore(join(root, 'objects'), Date.now);
  for (const [name, text] of Object.entries(code ?? {})) {
    await mkdir(join(root, 'code'), { recursive: true });
    await writeFile(join(root, 'code', name), text);
  }
  const folder = new AttemptFolder(runs ?? join(root, 'runs'), { runId: '7', step: 'outer/train', attempt: 2 });
  const step: ResolvedStep = {
    displayName: 'Train',
    componentReference: null,
    component: { type: 'command', command, inputs: Object.fromEntries(models.map((name) => [name, { type: 'custom_model' }])), outputs: {} },
    code: code ? await artifacts.collectCode({ folder: join(root, 'code'), includes: [], definition: null }) : null,
    environment: null,
    environmentVariables: variables,
    compute: 'local',
    isDeterministic: true,
    inputs: {},
    outputs,
    notes: [],
  };
  const environment = {
    hash: 'e1',
    binFolder: '/env/bin',
    python: '/env/bin/python',
    variables: { FROM_ENVIRONMENT: '1', SHARED: 'environment' },
    builder: 'uv' as const,
    notes: [],
    lock: null,
  };
  const tracking = { uri: 'http://127.0.0.1:1/mlflow', runId: 'abc', experiment: 'prices' };
  const lay = async (): Promise<AttemptLayout> => await layOutAttempt({ folder, step, inputs, environment, artifacts, tracking });
  return { folder, lay, layout: await lay(), root };
}

async function specOf(wanted: Wanted) {
  const { layout, ...rest } = await layOut(wanted);
  if (!layout.ok) throw new Error(layout.failure.message);
  return { spec: layout.spec, ...rest };
}

/** Runs what was laid out and gives the log. */
async function run(spec: Parameters<ReturnType<typeof createLocalRunner>['start']>[0]): Promise<string> {
  const runner = createLocalRunner();
  try {
    await (
      await runner.start(spec)
    ).ended;
    return await readFile(join(spec.folder, 'log'), 'utf8');
  } finally {
    await runner[Symbol.asyncDispose]();
  }
}

describe('layOutAttempt', () => {
  it('gives the step a fresh copy of its code to work in, with outputs/ and logs/ in it', async () => {
    const { spec, folder } = await specOf({ command: 'echo changed > train.py; ls; cat train.py', code: { 'train.py': 'print()\n' } });
    expect(folder.path).toMatch(/runs\/7\/outer\.train\/2$/);
    expect(await run(spec)).toBe('logs\noutputs\ntrain.py\nchanged\n');
  });

  it('makes folder outputs, empty, and of file outputs the parent only', async () => {
    const outputs = { data: { type: 'uri_folder' }, table: { type: 'mltable' }, report: { type: 'uri_file' }, score: { type: 'number' } } as const;
    const { spec, folder } = await specOf({ command: 'echo ${{outputs.data}} ${{outputs.report}}', outputs });
    expect(spec.command).toBe(`echo ${folder.outputPath('data')} ${folder.outputPath('report')}`);
    expect((await readdir(join(folder.path, 'outputs'))).toSorted()).toEqual(['data', 'table']);
    expect(await readdir(folder.outputPath('data'))).toEqual([]);
  });

  it('begins anew what was laid out and never started, and says it once', async () => {
    const { folder, lay } = await specOf({
      command: 'true',
      outputs: { data: { type: 'uri_folder' } },
      inputs: { in: { kind: 'path', path: '/some where/a' } },
    });
    await writeFile(join(folder.outputPath('data'), 'left'), '');
    await writeFile(join(folder.file('work'), 'left'), '');
    expect((await lay()).ok).toBe(true);
    expect(await readdir(folder.outputPath('data'))).toEqual([]);
    expect(await readdir(folder.file('work'))).toEqual(['logs', 'outputs']);
    expect((await readFile(folder.file('prologue'), 'utf8')).match(/\$ true/g)).toHaveLength(1);
  });

  it('hands out a path that a shell would break into words by a link', async () => {
    const place = join(await tempFolder(), 'my data (1)');
    await mkdir(place);
    await writeFile(join(place, "it's.csv"), 'rows\n');
    const { spec } = await specOf({
      command: 'cat ${{inputs.file}}; ls ${{inputs.folder}}; basename ${{inputs.file}}',
      inputs: { file: { kind: 'path', path: join(place, "it's.csv") }, folder: { kind: 'path', path: place } },
    });
    expect(await run(spec)).toBe("rows\nit's.csv\nit_s.csv\n");
    expect(spec.variables['AZURE_ML_INPUT_file']).not.toMatch(/[\s']/);
  });

  it('hands out a file under its own name where it lies under another', async () => {
    const place = await tempFolder();
    await writeFile(join(place, '0a1b'), 'bytes\n');
    const path = join(place, '0a1b');
    const { spec } = await specOf({
      command: 'cat ${{inputs.named}}; basename ${{inputs.named}} ; basename ${{inputs.plain}}',
      inputs: { named: { kind: 'path', path, fileName: 'a b.pkl' }, plain: { kind: 'path', path } },
    });
    expect(await run(spec)).toBe('bytes\na_b.pkl\n0a1b\n');
  });

  it('sets the variables of the contract, and the step’s own win over the environment’s', async () => {
    const { spec, folder } = await specOf({
      command: 'true',
      outputs: { model: { type: 'custom_model' } },
      inputs: {
        rate: { kind: 'literal', value: 0.1 },
        deep: { kind: 'literal', value: true },
        data: { kind: 'path', path: '/data/a' },
        none: { kind: 'absent' },
      },
      variables: { SHARED: 'step', PATH: '/step/bin' },
    });
    expect(spec.variables).toMatchObject({
      PATH: '/env/bin:/step/bin',
      PYTHONUNBUFFERED: '1',
      FROM_ENVIRONMENT: '1',
      SHARED: 'step',
      PIPEWRIGHT_INPUT_rate: '0.1',
      PIPEWRIGHT_INPUT_deep: 'True',
      AZURE_ML_INPUT_data: '/data/a',
      AZURE_ML_OUTPUT_model: folder.outputPath('model'),
      AZUREML_DATAREFERENCE_data: '/data/a',
      AZUREML_DATAREFERENCE_model: folder.outputPath('model'),
      AZUREML_RUN_ID: 'abc',
      AZUREML_EXPERIMENT_NAME: 'prices',
      AZUREML_CR_EXECUTION_WORKING_DIR_PATH: spec.workFolder,
      AZUREML_NODE_COUNT: '1',
      MLFLOW_TRACKING_URI: 'http://127.0.0.1:1/mlflow',
      MLFLOW_RUN_ID: 'abc',
      MLFLOW_EXPERIMENT_NAME: 'prices',
    });
    expect(Object.keys(spec.variables)).not.toContain('PIPEWRIGHT_INPUT_none');
    expect(Object.keys(spec.variables)).not.toContain('AZUREML_MODEL_DIR');
  });

  it('tells a scoring script where its model is, if there is one', async () => {
    const place = await tempFolder();
    await writeFile(join(place, 'model.pkl'), '');
    const folderOf = async (models: Readonly<Record<string, string>>) => {
      const inputs = Object.fromEntries(Object.entries(models).map(([name, path]) => [name, { kind: 'path' as const, path }]));
      return (await specOf({ command: 'true', inputs, models: Object.keys(models) })).spec.variables['AZUREML_MODEL_DIR'];
    };
    expect(await folderOf({ model: place })).toBe(place);
    expect(await folderOf({ model: join(place, 'model.pkl') })).toBe(place);
    expect(await folderOf({ first: place, second: place })).toBeUndefined();
  });

  it('passes on the variables of the person, and none that are the server’s', async () => {
    const server = {
      PIPEWRIGHT_HOME: '/home',
      NODE_OPTIONS: '--x',
      npm_config_cache: '/c',
      VIRTUAL_ENV: '/v',
      PYTHONDONTWRITEBYTECODE: '1',
      MLFLOW_TRACKING_TOKEN: 'secret',
    };
    for (const [name, value] of Object.entries({ ...server, MY_DATABASE: 'db' })) vi.stubEnv(name, value);
    onTestFinished(() => void vi.unstubAllEnvs());
    const { spec } = await specOf({ command: 'true' });
    expect(spec.variables['MY_DATABASE']).toBe('db');
    // The token is ours: which attempt calls.
    expect(spec.variables['MLFLOW_TRACKING_TOKEN']).toBe('abc');
    expect(Object.keys(spec.variables).filter((name) => name in server)).toEqual(['MLFLOW_TRACKING_TOKEN']);
  });

  it('writes down what the step was given, and no variables, which may be secrets', async () => {
    const { folder } = await specOf({
      command: 'train ${{inputs.rate}}',
      inputs: { rate: { kind: 'literal', value: 0.1 } },
      variables: { TOKEN: 'hidden-value' },
    });
    const texts = [await readFile(folder.file('prologue'), 'utf8'), await readFile(folder.file('description'), 'utf8')];
    expect(texts[0]).toBe('environment uv /env/bin/python\ninput  rate = 0.1\n$ train 0.1\n');
    expect(JSON.parse(texts[1] ?? '')).toMatchObject({ command: 'train 0.1', inputs: { rate: 0.1 } });
    expect(texts.join('')).not.toContain('hidden-value');
  });

  it('does not start a command that lacks a value', async () => {
    const { layout, folder } = await layOut({ command: 'train ${{inputs.data}}', inputs: { data: { kind: 'absent' } } });
    expect(layout).toMatchObject({ ok: false, failure: { reason: 'inputs', message: expect.stringContaining('inputs.data') } });
    await expect(stat(folder.file('claim'))).rejects.toThrow();
  });
});
