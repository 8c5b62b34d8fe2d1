import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Component } from '../component/component.ts';
import { applyDraftOps } from '../draft/apply-draft-ops.ts';
import { emptyLayout } from '../pipeline/layout.ts';
import { Pipeline } from '../pipeline/pipeline.ts';
import { dose } from '../testing/dose.ts';
import type { Problem } from './problem.ts';
import { coerceLiteral } from './validate/check-literal.ts';
import { validatePipeline } from './validate-pipeline.ts';

const components = {
  'azureml:load:1': Component.parse({
    type: 'command',
    command: 'x',
    outputs: { data: { type: 'mltable' }, raw: { type: 'uri_file' }, count: { type: 'integer' } },
  }),
  'azureml:train:1': Component.parse({
    type: 'command',
    command: 'x',
    display_name: 'Train',
    inputs: {
      data: { type: 'mltable' },
      rate: { type: 'number', default: 0.1, min: 0, max: 1 },
      kind: { type: 'string', optional: true, enum: ['tree', 'linear'] },
      rounds: { type: 'integer', optional: true },
    },
    outputs: { model: { type: 'mlflow_model' } },
  }),
};
const load = { component: 'azureml:load:1' };
const problemsOf = (jobs: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  validatePipeline(Pipeline.parse({ type: 'pipeline', jobs, ...more }), components).map(({ severity, code, step, port }) => ({ severity, code, step, port }));
const train = (inputs: Record<string, unknown>) => ({ load, train: { component: 'azureml:train:1', inputs } });
const data = '${{parent.jobs.load.outputs.data}}';
const fills = (name: string) => ({ command: 'x', outputs: { o: `\${{parent.outputs.${name}}}` } });

describe('validatePipeline', () => {
  it('holds the default of a component to its own range where the step gives no value, and to nothing where it does', () => {
    const inputs = { folds: { type: 'integer', default: 0, min: 1, max: 21 }, kind: { type: 'string', default: 'tre', enum: ['tree'] } };
    const component = { type: 'command', command: 'x', inputs };
    const wrong = (given: Record<string, unknown>) =>
      validatePipeline(Pipeline.parse({ jobs: { a: { component, inputs: given } }, inputs: { open: { type: 'integer', optional: true } } }), {});
    expect(wrong({ kind: 'tree' })).toMatchObject([
      {
        severity: 'error',
        code: 'out-of-range',
        step: 'a',
        port: 'folds',
        message: 'a: folds must be between 1 and 21, not 0. That is the default of its component: give it another value here, or there.',
        fix: { ops: [{ op: 'step.setInput', step: 'a', input: 'folds', value: 1 }] },
      },
    ]);
    expect(wrong({ folds: '${{parent.inputs.open}}', kind: 'tree' })).toMatchObject([{ code: 'out-of-range', port: 'folds' }]);
    expect(wrong({ folds: 5 })).toMatchObject([{ severity: 'warning', code: 'not-in-enum', port: 'kind' }]);
    expect(wrong({ folds: 5, kind: 'tree' })).toEqual([]);
  });

  it('finds nothing in a good pipeline', () => {
    expect(problemsOf(train({ data, rate: '0.5', kind: 'tree', rounds: 3 }))).toEqual([]);
  });

  it.each([
    ['a required input that is not connected', train({}), 'missing-input', 'data'],
    ['a number out of its range', train({ data, rate: 2 }), 'out-of-range', 'rate'],
    ['a text where a number belongs', train({ data, rate: 'fast' }), 'invalid-literal', 'rate'],
    ['a step that does not exist', train({ data: '${{parent.jobs.lod.outputs.data}}' }), 'unknown-step', 'data'],
    ['an output that does not exist', train({ data: '${{parent.jobs.load.outputs.dat}}' }), 'unknown-output', 'data'],
    ['a pipeline input that does not exist', train({ data, rate: '${{parent.inputs.rate}}' }), 'unknown-pipeline-input', 'rate'],
    ['data where a number belongs', train({ data, rate: data }), 'type-mismatch', 'rate'],
    ['a number where data belongs', train({ data: '${{parent.jobs.load.outputs.count}}' }), 'type-mismatch', 'data'],
  ])('finds %s', (_what, jobs, code, port) => {
    expect(problemsOf(jobs)).toEqual([{ severity: 'error', code, step: 'train', port }]);
  });

  it.each([
    ['a fraction where a whole number belongs', train({ data, rounds: 1.5 }), 'invalid-literal', 'rounds'],
    ['a value outside its list', train({ data, kind: 'forest' }), 'not-in-enum', 'kind'],
    ['an input that the component does not have', train({ data, speed: 1 }), 'unknown-input', 'speed'],
    ['an output that the component does not have', { load: { ...load, outputs: { dta: null } } }, 'unknown-output', 'dta'],
  ])('warns of %s, and goes on', (_what, jobs, code, port) => {
    expect(problemsOf(jobs)).toMatchObject([{ severity: 'warning', code, port }]);
  });

  it('only warns where data types differ, as Azure runs such files', () => {
    expect(problemsOf(train({ data: '${{parent.jobs.load.outputs.raw}}' }))).toEqual([
      { severity: 'warning', code: 'type-mismatch', step: 'train', port: 'data' },
    ]);
  });

  it('checks the value of a pipeline input against what it is bound to', () => {
    expect(problemsOf(train({ data, rate: '${{parent.inputs.rate}}' }), { inputs: { rate: 7 } })).toMatchObject([{ code: 'out-of-range', port: 'rate' }]);
  });

  it('asks for a value of a pipeline input that a step reads', () => {
    expect(problemsOf(train({ data: '${{parent.inputs.table}}' }), { inputs: { table: { type: 'mltable' } } })).toMatchObject([
      { code: 'missing-pipeline-input', port: 'table' },
    ]);
  });

  it('suggests the name that was meant', () => {
    const document = Pipeline.parse({ jobs: { train: { component: 'azureml:trian:1' } } });
    expect(validatePipeline(document, components)[0]?.message).toContain('Did you mean "azureml:train:1"?');
  });

  it('warns of a slip in a key, however deep, and says what was meant', () => {
    const tune = {
      type: 'sweep',
      trial: 'azureml:train:1',
      inputs: { data },
      search_space: { rate: { type: 'uniform', min_valu: 0, max_value: 1 } },
      limits: { max_total_trial: 4, timout: 60 },
      early_termination: { type: 'bandit', slak_factor: 0.1 },
      resources: { instance_cout: 2, instance_type: 'x', anything: 1 },
      outputs: { model: { nmae: 'fares' } },
    };
    const document = Pipeline.parse({ type: 'pipeline', inputs: { days: { type: 'integer', defalt: 7 } }, jobs: { load, tune } });
    const slips = validatePipeline(document, components).filter(({ code }) => code === 'irregular-value');
    expect(slips.map(({ severity, path, message }) => [severity, path?.join('.'), /mean "(.*)"/.exec(message)?.[1]])).toEqual([
      ['warning', 'inputs.days.defalt', 'default'],
      ['warning', 'jobs.tune.limits.max_total_trial', 'max_total_trials'],
      ['warning', 'jobs.tune.limits.timout', 'timeout'],
      ['warning', 'jobs.tune.resources.instance_cout', 'instance_count'],
      ['warning', 'jobs.tune.early_termination.slak_factor', 'slack_factor'],
      ['warning', 'jobs.tune.search_space.rate.min_valu', 'min_value'],
      ['warning', 'jobs.tune.outputs.model.nmae', 'name'],
    ]);
    const kept = validatePipeline(document, components).filter(({ code }) => code === 'kept-only');
    expect(kept.map(({ path }) => path?.at(-1))).toEqual(['instance_type', 'anything']);
  });

  it('names the members of a cycle by what people call them', () => {
    const jobs = {
      a: { command: 'x ${{inputs.i}}', display_name: 'First', inputs: { i: '${{parent.jobs.b.outputs.o}}' }, outputs: { o: null } },
      b: { command: 'x ${{inputs.i}}', inputs: { i: '${{parent.jobs.a.outputs.o}}' }, outputs: { o: null } },
    };
    const [problem] = validatePipeline(Pipeline.parse({ jobs }), {});
    expect(problem).toMatchObject({ code: 'cycle', message: expect.stringContaining('First → b → First') });
  });

  it('checks that an own command names only what the step declares', () => {
    expect(problemsOf({ a: { command: 'cp ${{inputs.sorce}} ${{outputs.copy}}', inputs: { source: 'x' }, outputs: { copy: null } } })).toEqual([
      { severity: 'error', code: 'undeclared-placeholder', step: 'a', port: 'sorce' },
    ]);
  });

  it.each([
    ['command', 'a has no component and no command. Add one of the two.'],
    ['parallel', 'a has no component and no task. Add one of the two.'],
    ['sweep', 'a has no trial. Add it.'],
    ['pipeline', 'a has no component. Add it.'],
  ])('says what a step of type %s lacks that does not say what it runs', (type, message) => {
    const found = validatePipeline(Pipeline.parse({ jobs: { a: { type } } }), components).filter(({ code }) => code === 'missing-command');
    expect(found).toMatchObject([{ severity: 'error', step: 'a', message }]);
  });

  it('takes a truth value by the words of YAML 1.1, and no other text for one', () => {
    const flag = (value: string) =>
      problemsOf({ a: { component: { type: 'command', command: 'x', inputs: { f: { type: 'boolean' } } }, inputs: { f: value } } });
    expect(['yes', 'Off', 'TRUE', 'on'].flatMap(flag)).toEqual([]);
    expect(flag('maybe')).toMatchObject([{ severity: 'error', code: 'invalid-literal' }]);
    expect([coerceLiteral('yes', 'boolean'), coerceLiteral('OFF', 'boolean'), coerceLiteral('maybe', 'boolean')]).toEqual([true, false, 'maybe']);
    expect([coerceLiteral('0755', 'integer'), coerceLiteral('0755', 'string'), coerceLiteral('12345678901234567890', 'integer')]).toEqual([
      493,
      '0755',
      '12345678901234567890',
    ]);
    expect([coerceLiteral('0755', 'integer', 'decimal'), coerceLiteral('1:30', 'integer', 'decimal')]).toEqual([755, '1:30']);
  });

  it('takes a number in what is declared a text for a decimal one', () => {
    const wrong = (m: unknown) => problemsOf(train({ data, rounds: '${{parent.inputs.m}}' }), { inputs: { m } });
    expect(['1:30', { type: 'integer', default: '1:30' }, { type: 'string', default: '010' }].flatMap(wrong)).toEqual([]);
    expect(wrong({ type: 'string', default: '1:30' })).toMatchObject([{ severity: 'error', code: 'invalid-literal', port: 'rounds' }]);
  });

  it('keeps Azure-only keys with a note, and says which kinds of steps cannot run', () => {
    expect(problemsOf({ a: { command: 'true', identity: { type: 'managed' } } })).toMatchObject([{ severity: 'note', code: 'kept-only' }]);
    expect(problemsOf({ a: { type: 'spark', command: 'true' } })).toMatchObject([{ severity: 'error', code: 'cannot-run-here' }]);
    expect(problemsOf({ a: { type: 'comand', command: 'true' } })).toMatchObject([{ severity: 'error', code: 'unsupported-step' }]);
  });

  it.each([
    ['two steps that fill one output of the pipeline', { a: fills('model'), b: fills('model') }, 'conflicting-output', 'b'],
    [
      'an output that is bound to something else',
      { a: fills('model'), b: { command: 'x', outputs: { o: '${{parent.inputs.seed}}' } } },
      'invalid-expression',
      'b',
    ],
  ])('finds %s', (_what, jobs, code, step) => {
    expect(problemsOf(jobs, { outputs: { model: null } })).toEqual([{ severity: 'error', code, step, port: 'o' }]);
  });

  it('adds an output of the pipeline that a step fills and that is not listed', () => {
    const added = { severity: 'warning', code: 'unknown-pipeline-output', step: 'b', port: 'o' };
    expect(problemsOf({ a: fills('model'), b: fills('modle') }, { outputs: { model: null } })).toEqual([added]);
  });

  it('warns of an output of the pipeline that nothing fills', () => {
    expect(problemsOf({ a: { command: 'true' } }, { outputs: { model: null } })).toMatchObject([
      { severity: 'warning', code: 'unfilled-output', port: 'model' },
    ]);
  });

  it.each([
    ['reads itself', { a: { command: 'x ${{inputs.i}}', inputs: { i: '${{parent.jobs.a.inputs.i}}' } } }, 'cycle'],
    [
      'is not there',
      { a: { command: 'x ${{inputs.i}}', inputs: { i: '${{parent.jobs.b.inputs.k}}' } }, b: { command: 'x', inputs: { j: 1 } } },
      'unknown-input',
    ],
    [
      'has no value',
      {
        ...train({ data, rate: '${{parent.jobs.b.inputs.j}}', rounds: '${{parent.jobs.b.inputs.j}}' }),
        b: { command: '$[[${{inputs.j}}]]', inputs: { j: null } },
      },
      undefined,
    ],
    ['is out of range', { ...train({ data, rate: '${{parent.jobs.b.inputs.j}}' }), b: { command: 'x ${{inputs.j}}', inputs: { j: 5 } } }, 'out-of-range'],
  ])('looks at the input of another step: one that %s', (_what, jobs, code) => {
    expect(problemsOf(jobs).map((problem) => problem.code)).toEqual(code === undefined ? [] : [code]);
  });

  it('asks for a value where an optional input of the pipeline has none and the step needs one', () => {
    const inputs = { table: { type: 'mltable', optional: true } };
    expect(problemsOf(train({ data: '${{parent.inputs.table}}' }), { inputs })).toMatchObject([{ code: 'missing-input', port: 'data' }]);
  });

  it('says of an expression that is never closed that it is taken as text', () => {
    expect(problemsOf({ a: { command: 'x ${{inputs.i}}', inputs: { i: '${{parent.inputs.i' } } })).toMatchObject([
      { severity: 'warning', code: 'invalid-expression' },
    ]);
  });

  it('refuses names that no shell could take', () => {
    const codes = problemsOf({ a: { command: 'true', inputs: { path: 'x', 'a b': 1 } } }, { inputs: { HOME: 1 } }).map(({ code }) => code);
    expect(codes).toEqual(['reserved-name', 'reserved-name', 'invalid-key']);
  });

  it('takes no property of every object for a step, a port or a pipeline input', () => {
    const reads = (text: string) => problemsOf(train({ data: text })).map(({ code }) => code);
    expect(reads('${{parent.jobs.constructor.outputs.x}}')).toEqual(['unknown-step']);
    expect(reads('${{parent.jobs.load.outputs.toString}}')).toEqual(['unknown-output']);
    expect(reads('${{parent.inputs.valueOf}}')).toEqual(['unknown-pipeline-input']);
  });

  it('finds what is wrong with any document without failing, and offers only fixes that mend', () => {
    const name = fc.constantFrom('load', 'train', 'data', 'rate', 'model', 'constructor', 'lod', 'kind');
    const path = fc.oneof(
      name.map((input) => `parent.inputs.${input}`),
      fc.tuple(name, fc.constantFrom('inputs', 'outputs'), name).map(([step, side, port]) => `parent.jobs.${step}.${side}.${port}`),
      fc.constantFrom('', 'name', 'parent.outputs.model', 'jobs.load.outputs.data'),
    );
    const text = fc.oneof(
      path.map((inner) => `\${{${inner}}}`),
      path.map((inner) => `x \${{${inner}}} y`),
      fc.constantFrom('0.5', 'tre', '${{open', 'fast'),
    );
    const value = fc.oneof(text, fc.constantFrom(2, -1, 0.5, true, null), fc.constant({ type: 'uri_file', path: './a' }));
    const step = fc.record({
      component: fc.constantFrom('azureml:load:1', 'azureml:train:1', 'azureml:trian:1', undefined),
      command: fc.constantFrom('cp ${{inputs.data}} ${{outputs.model}}', undefined),
      inputs: fc.dictionary(name, value, { maxKeys: 4 }),
      outputs: fc.dictionary(name, fc.constantFrom(null, '${{parent.outputs.model}}', '${{nope}}'), { maxKeys: 2 }),
    });
    fc.assert(
      fc.property(fc.dictionary(name, step, { maxKeys: 4 }), fc.dictionary(name, value, { maxKeys: 2 }), (jobs, inputs) => {
        const document = Pipeline.parse({ jobs, inputs, outputs: { model: null } });
        const isSame = (a: Problem, b: Problem): boolean => a.code === b.code && a.step === b.step && a.port === b.port && a.message === b.message;
        for (const problem of validatePipeline(document, components)) {
          if (!problem.fix?.ops) continue;
          const mended = applyDraftOps({ document, layout: emptyLayout }, problem.fix.ops);
          expect(mended.ok).toBe(true);
          if (mended.ok) expect(validatePipeline(mended.content.document, components).some((left) => isSame(left, problem))).toBe(false);
        }
      }),
      dose(300),
    );
  });

  it.each([data, '${{parent.jobs.missing_#.outputs.data}}'])('goes through all steps a fixed number of times, however many read %s', (value) => {
    const passes = (count: number): number => {
      const jobs: Record<string, unknown> = { load };
      for (let index = 0; index < count; index += 1) jobs[`t${index}`] = { component: 'azureml:train:1', inputs: { data: value.replace('#', String(index)) } };
      const document = Pipeline.parse({ jobs });
      let passed = 0;
      const ownKeys = (target: Pipeline['jobs']): (string | symbol)[] => {
        passed += 1;
        return Reflect.ownKeys(target);
      };
      validatePipeline({ ...document, jobs: new Proxy(document.jobs, { ownKeys }) }, components);
      return passed;
    };
    expect(passes(3000)).toBe(passes(300));
  });
});
