import { describe, expect, it } from 'vitest';
import { compareRuns, type RunToCompare } from './compare-runs.ts';
import { RunSnapshot } from './run-snapshot.ts';
import { StepRun } from './step-run.ts';

const hash = (letter: string): string => letter.repeat(64);
const at = '2026-11-20T10:00:00.000Z';

interface Made {
  readonly rate?: number;
  /** Of what the step reads: `KEY.out`. */
  readonly reads?: string;
  readonly content?: string;
  readonly requirements?: readonly string[];
  readonly component?: string;
  /** The version that the component was. */
  readonly version?: string;
  readonly command?: string;
  /** The type of what it reads. */
  readonly type?: 'uri_folder' | 'number';
  /** What it puts out where that is a value; null: nothing came of it. */
  readonly value?: number | null;
  /** `KEY.out` inside a text. */
  readonly words?: string;
  readonly when?: string;
}

/** A run of steps that each have a rate, read one another, and put out what `content` says. */
function run(id: string, made: Readonly<Record<string, Made>>): RunToCompare {
  const steps = Object.entries(made).map(([key, each]) => {
    const { rate = 0.1, reads, requirements = [], component = `azureml:${key}:1`, type = 'uri_folder', words, when, version } = each;
    const command = {
      type: 'command',
      name: key,
      version: '1',
      command: each.command ?? 'true',
      inputs: { rate: { type: 'number' } },
      outputs: { out: { type: 'uri_folder' } },
    };
    const [step, output] = reads?.split('.') ?? [];
    const inputs = {
      rate: { kind: 'literal', type: 'number', value: rate },
      ...(step ? { data: { kind: 'output', type, step, output, isOptional: false } } : {}),
      ...(words === undefined
        ? {}
        : { words: { kind: 'template', type: 'string', parts: ['at ', { step: words.split('.')[0], output: words.split('.')[1] }] } }),
    };
    const control = {
      retry: null,
      timeoutMs: null,
      after: [],
      when: when ?? null,
      reuse: 'auto',
      resources: null,
      forEach: null,
      standIn: null,
    };
    const resolved = {
      displayName: key,
      componentReference: component,
      component: command,
      code: null,
      environment: { python: '3.10', requirements, variables: {} },
      environmentVariables: {},
      compute: 'local',
      isDeterministic: true,
      inputs,
      outputs: { out: { type: 'uri_folder' } },
      notes: [],
      ...(when === undefined ? {} : { control }),
      ...(version === undefined ? {} : { assets: { component: { kind: 'component', name: key, version } } }),
    };
    return [key, resolved] as const;
  });
  const jobs = Object.fromEntries(
    Object.entries(made).map(([key, { rate = 0.1, reads, component = `azureml:${key}:1` }]) => {
      const [step, output] = reads?.split('.') ?? [];
      return [key, { component, inputs: { rate, ...(step ? { data: `\${{parent.jobs.${step}.outputs.${output}}}` } : {}) } }];
    }),
  );
  return {
    id,
    snapshot: RunSnapshot.parse({
      document: { type: 'pipeline', jobs },
      layout: { steps: {}, notes: {}, groups: {} },
      components: {},
      steps: Object.fromEntries(steps),
      outputs: {},
      folder: null,
      force: false,
      continueOnStepFailure: true,
      maxParallel: null,
    }),
    steps: Object.entries(made).map(([key, { content = 'a', value }]) =>
      StepRun.parse({
        key,
        attempts: 1,
        notes: [],
        decision: 'run',
        reasons: [],
        fingerprint: hash('f'),
        status: 'completed',
        startedAt: at,
        endedAt: at,
        isReusable: true,
        outputs:
          value === null
            ? {}
            : { out: { ...(value === undefined ? {} : { value }), hash: hash(content), type: 'uri_folder', isFolder: true, sizeBytes: 9, fileCount: 1 } },
      }),
    ),
  };
}

const standings = (runs: readonly RunToCompare[]) => Object.fromEntries(compareRuns(runs).steps.map(({ key, standing }) => [key, standing]));

describe('runs that are compared', () => {
  it('say of each value which run has another than the first, and which another than the one before', () => {
    const comparison = compareRuns([run('1', { train: { rate: 0.1 } }), run('2', { train: { rate: 0.2 } }), run('3', { train: { rate: 0.2 } })]);
    const [train] = comparison.steps;
    expect(train).toMatchObject({ key: 'train', standing: 'changed', differs: [false, true, true] });
    expect(train?.values.filter(({ differs }) => differs.includes(true))).toEqual([
      {
        kind: 'parameter',
        name: 'rate',
        values: ['0.1', '0.2', '0.2'].map((text) => ({ kind: 'text', text })),
        differs: [false, true, true],
        isNew: [false, true, false],
      },
    ]);
  });

  it('tell a step that was changed from one that only reads other data', () => {
    const before = { clean: { rate: 1, content: 'a' }, train: { reads: 'clean.out' }, plot: {} };
    const after = { clean: { rate: 2, content: 'b' }, train: { reads: 'clean.out' }, plot: {} };
    expect(standings([run('1', before), run('2', after)])).toEqual({ clean: 'changed', train: 'affected', plot: 'same' });
    // Other work that gives the same bytes disturbs nothing below it.
    expect(standings([run('1', before), run('2', { ...after, clean: { rate: 2, content: 'a' } })])).toEqual({ clean: 'changed', train: 'same', plot: 'same' });
  });

  it('have every step of all of them, under the key that the first run has for it', () => {
    const comparison = compareRuns([
      run('1', { clean: {}, normalize: { reads: 'clean.out', component: 'azureml:normalize:1' }, train: { reads: 'normalize.out' } }),
      run('2', { tidy: { component: 'azureml:clean:1' }, boost: { reads: 'tidy.out' }, train: { reads: 'tidy.out', component: 'azureml:train:1' } }),
    ]);
    expect(comparison.steps.map(({ key, keys, standing }) => [key, keys, standing])).toEqual([
      ['clean', ['clean', 'tidy'], 'same'],
      ['normalize', ['normalize', null], 'removed'],
      ['train', ['train', 'train'], 'changed'],
      ['boost', [null, 'boost'], 'added'],
    ]);
    expect(comparison.contents.map(({ document }) => Object.keys(document.jobs).toSorted())).toEqual([
      ['clean', 'normalize', 'train'],
      ['boost', 'clean', 'train'],
    ]);
    expect([...comparison.addedEdges].toSorted()).toEqual(['clean.outputs.out->boost.inputs.data', 'clean.outputs.out->train.inputs.data']);
    expect([...comparison.removedEdges].toSorted()).toEqual(['clean.outputs.out->normalize.inputs.data', 'normalize.outputs.out->train.inputs.data']);
  });

  it('say nothing of data that has not come to be yet', () => {
    const made = { clean: {}, train: { reads: 'clean.out' } };
    const [done, begun] = [run('1', made), run('2', made)];
    expect(standings([done, { ...begun, steps: [] }])).toEqual({ clean: 'same', train: 'same' });
  });

  it('say which package is another', () => {
    const [first, second] = [
      run('1', { train: { requirements: ['lightgbm==4.4.0', 'pandas'] } }),
      run('2', { train: { requirements: ['lightgbm==4.5.0', 'pandas'] } }),
    ];
    const differing = compareRuns([first, second]).steps[0]?.values.filter(({ differs }) => differs.includes(true));
    expect(differing).toMatchObject([{ kind: 'environment', name: 'lightgbm', values: [{ text: '4.4.0' }, { text: '4.5.0' }] }]);
  });

  it('say that a component is another under the same name: by its command, and by the version that a label stood for', () => {
    const file = { component: './train.yml' };
    expect(standings([run('1', { train: file }), run('2', { train: { ...file, command: 'false' } })])).toEqual({ train: 'changed' });
    const [label, exact] = [{ component: 'azureml:train@latest' }, { component: 'azureml:train:1' }];
    const versions = (first: object, second: object) => standings([run('1', { train: first }), run('2', { train: second })]);
    expect(versions({ ...label, version: '1' }, { ...label, version: '2' })).toEqual({ train: 'changed' });
    expect(versions({ ...label, version: '1' }, exact)).toEqual({ train: 'same' });
  });

  it('say nothing of values that did not come to be: they are parameters all the same', () => {
    const made = (value: number | null) => ({ score: { value }, train: { reads: 'score.out', type: 'number', words: 'score.out' } as const });
    const valuesOf = (first: number | null, second: number | null) =>
      compareRuns([run('1', made(first)), run('2', made(second))])
        .steps.find(({ key }) => key === 'train')
        ?.values.filter(({ name }) => name === 'data' || name === 'words');
    expect(valuesOf(1, null)).toMatchObject([
      { kind: 'parameter', name: 'data', differs: [false, false], values: [{ text: '1' }, { text: 'score · out' }] },
      { kind: 'parameter', name: 'words', differs: [false, false], values: [{ text: 'at 1' }, { text: 'at score · out' }] },
    ]);
    expect(valuesOf(1, 2)).toMatchObject([{ differs: [false, true] }, { differs: [false, true] }]);
  });

  it('know a step above by what the first run calls it: who reads it only reads other data, and asks the same', () => {
    const asks = (key: string) => `\${{parent.jobs.${key}.outputs.out}} != ''`;
    const first = run('1', { clean: { content: 'a' }, train: { reads: 'clean.out', when: asks('clean') } });
    const second = run('2', { tidy: { component: 'azureml:clean:1', content: 'b' }, train: { reads: 'tidy.out', when: asks('tidy') } });
    const train = compareRuns([first, second]).steps.find(({ key }) => key === 'train');
    expect(train).toMatchObject({ standing: 'affected' });
    expect(train?.values.find(({ name }) => name === 'data')?.values).toMatchObject([{ source: 'clean · out' }, { source: 'clean · out' }]);
  });

  it('are all the same where nothing is different', () => {
    const made = { clean: {}, train: { reads: 'clean.out' } };
    const { steps, addedEdges, removedEdges } = compareRuns([run('1', made), run('2', made)]);
    expect([steps.every(({ standing }) => standing === 'same'), addedEdges.size, removedEdges.size]).toEqual([true, 0, 0]);
  });
});
