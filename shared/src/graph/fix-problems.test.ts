import { describe, expect, it } from 'vitest';
import { Component } from '../component/component.ts';
import { applyDraftOps } from '../draft/apply-draft-ops.ts';
import { emptyLayout } from '../pipeline/layout.ts';
import { Pipeline } from '../pipeline/pipeline.ts';
import { fixProblems, problemId } from './fix-problems.ts';
import { validatePipeline } from './validate-pipeline.ts';

const command = { type: 'command', command: 'x' };
const components = {
  'azureml:load:1': Component.parse({ ...command, display_name: 'Load', outputs: { table: { type: 'mltable' }, raw: { type: 'uri_file' } } }),
  'azureml:load:10': Component.parse({ ...command, display_name: 'Load', outputs: { table: { type: 'mltable' } } }),
  'azureml:train:1': Component.parse({
    ...command,
    display_name: 'Train',
    inputs: {
      data: { type: 'mltable' },
      rate: { type: 'number', default: 0.1, min: 0, max: 1 },
      kind: { type: 'string', default: 'tree', enum: ['tree', 'linear'] },
      seed: { type: 'integer', default: 7, optional: true },
    },
    outputs: { model: { type: 'mlflow_model' } },
  }),
  'azureml:to_table:1': Component.parse({
    ...command,
    name: 'to_table',
    display_name: 'To table',
    'x-pipewright': { conversion: true },
    inputs: { file: { type: 'uri_file' } },
    outputs: { table: { type: 'mltable' } },
  }),
};

const contentOf = (document: Record<string, unknown>) => ({ document: Pipeline.parse({ type: 'pipeline', ...document }), layout: emptyLayout });
const problemsOf = (document: Record<string, unknown>) => validatePipeline(contentOf(document).document, components);
const fixesOf = (document: Record<string, unknown>) => problemsOf(document).flatMap(({ code, fix }) => (fix ? [`${code}: ${fix.text}`] : []));
const load = { component: 'azureml:load:1' };
const train = (inputs: Record<string, unknown>, more: Record<string, unknown> = {}) => ({ component: 'azureml:train:1', inputs, ...more });
const table = '${{parent.jobs.load.outputs.table}}';

describe('the fix of a problem', () => {
  it.each([
    ['connects the only output that fits', { jobs: { load, train: train({}) } }, 'missing-input: Connect table of load'],
    [
      'connects the only input of the pipeline that fits',
      { inputs: { rows: { type: 'mltable', path: './rows' } }, jobs: { train: train({}) } },
      'missing-input: Connect the pipeline input rows',
    ],
    [
      'connects the only output that nothing reads yet, as where a step between was deleted',
      { jobs: { load, first: train({ data: table }), again: load, second: train({}) } },
      'missing-input: Connect table of again',
    ],
    ['puts a conversion between', { jobs: { load, train: train({ data: '${{parent.jobs.load.outputs.raw}}' }) } }, 'type-mismatch: Put To table between'],
    ['sets the nearest allowed value', { jobs: { load, train: train({ data: table, kind: 'lnear' }) } }, 'not-in-enum: Use linear'],
    ['goes back to the default where no value is near', { jobs: { load, train: train({ data: table, rate: 'fast' }) } }, 'invalid-literal: Use 0.1'],
    ['sets the nearest end of a range', { jobs: { load, train: train({ data: table, rate: 3 }) } }, 'out-of-range: Use 1'],
    ['renames to the nearest input', { jobs: { load, train: train({ data: table, rat: 0.2 }) } }, 'unknown-input: Rename it to rate'],
    [
      'maps a port that is gone to the only one that fits',
      { jobs: { load, train: train({ data: '${{parent.jobs.load.outputs.everything}}' }) } },
      'unknown-output: Read table',
    ],
    ['reads the step that was meant', { jobs: { load, train: train({ data: '${{parent.jobs.lod.outputs.table}}' }) } }, 'unknown-step: Read table of load'],
    [
      'takes a binding away that leads nowhere',
      { jobs: { load, train: train({ data: '${{parent.jobs.elsewhere.outputs.table}}' }) } },
      'unknown-step: Disconnect it',
    ],
    [
      'adds the pipeline input that is read',
      { jobs: { load, train: train({ data: table, seed: '${{parent.inputs.luck}}' }) } },
      'unknown-pipeline-input: Add the pipeline input luck',
    ],
    ['uses the newest version of a component that is here', { jobs: { load: { component: 'azureml:load:3' } } }, 'unregistered-component: Use azureml:load:10'],
    ['mends a slip in a key', { jobs: { load: { ...load, descripton: 'Loads' } } }, 'irregular-value: Rename descripton to description'],
    ['mends a slip in a map of a step', { jobs: { load: { ...load, limits: { timout: 3 } } } }, 'irregular-value: Rename timout to timeout'],
    ['mends a slip in the settings', { jobs: { load }, settings: { forse_rerun: true } }, 'irregular-value: Rename forse_rerun to force_rerun'],
    ['names an output that its component has', { jobs: { load: { ...load, outputs: { tabel: { mode: 'upload' } } } } }, 'unknown-output: Rename it to table'],
    [
      'lists an output that a step fills',
      { jobs: { load: { ...load, outputs: { table: '${{parent.outputs.rows}}' } } } },
      'unknown-pipeline-output: List rows',
    ],
    ['takes an output away that nothing fills', { jobs: { load }, outputs: { rows: { type: 'mltable' } } }, 'unfilled-output: Remove the output rows'],
    [
      'puts the default of a pipeline input into its range',
      { jobs: { load }, inputs: { rate: { type: 'number', min: 0, max: 1, default: 4 } } },
      'out-of-range: Use 1',
    ],
  ])('%s, and the problem is gone', (_what, document, wanted) => {
    expect(fixesOf(document)).toContain(wanted);
    const wrong = problemsOf(document).find(({ code, fix }) => `${code}: ${fix?.text ?? ''}` === wanted);
    if (!wrong?.fix?.ops) throw new Error('expected a fix');
    const mended = applyDraftOps(contentOf(document), wrong.fix.ops);
    if (!mended.ok) throw new Error(mended.message);
    expect(validatePipeline(mended.content.document, components).map(problemId)).not.toContain(problemId(wrong));
  });

  it('is not offered where there is a choice', () => {
    expect(fixesOf({ jobs: { load, again: load, train: train({}) } })).toEqual([]);
  });

  it('never makes a circle', () => {
    const after = { component: 'azureml:load:1', depends_on: ['train'] };
    expect(fixesOf({ jobs: { load: after, train: train({}) } })).toEqual([]);
  });
});

describe('fixing everything', () => {
  const document = {
    jobs: {
      load,
      train: train({ data: '${{parent.jobs.load.outputs.raw}}', rate: 3 }),
      again: train({ data: '${{parent.jobs.load.outputs.raw}}', kind: 'lnear' }),
      left: train({ data: table, seed: 'x', rate: '${{parent.inputs.rat}}' }),
    },
    inputs: { rate: { type: 'number', default: 0.3 } },
  };
  const find = (content: { readonly document: Pipeline }) => validatePipeline(content.document, components);

  it('mends what one round could not, because two fixes wanted the same name', () => {
    const { made, left, ops } = fixProblems(contentOf(document), problemsOf(document), { find });
    expect(left).toEqual([]);
    expect(made.map(({ text }) => text)).toEqual(expect.arrayContaining(['Put To table between', 'Use 1', 'Use linear', 'Use 7', 'Read rate']));
    const mended = applyDraftOps(contentOf(document), ops);
    expect(mended.ok && Object.keys(mended.content.document.jobs)).toEqual(['load', 'train', 'again', 'left', 'to_table', 'to_table_2']);
  });

  it('leaves out what is not wanted', () => {
    const problems = problemsOf(document);
    const refused = problems.filter(({ code }) => code === 'out-of-range');
    const { made, left } = fixProblems(contentOf(document), problems, { find, without: new Set(refused.map(problemId)) });
    expect(made.map(({ text }) => text)).not.toContain('Use 1');
    expect(left.map(({ code }) => code)).toEqual(['out-of-range']);
  });
});
