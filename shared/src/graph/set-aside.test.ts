import { describe, expect, it } from 'vitest';
import { Component } from '../component/component.ts';
import { Pipeline } from '../pipeline/pipeline.ts';
import { pinOf } from '../pipeline/step-aside.ts';
import { setAside } from './set-aside.ts';
import { validatePipeline } from './validate-pipeline.ts';

const component = (value: object) => Component.parse({ type: 'command', command: 'true', ...value });
const table = { type: 'mltable' };
const components = {
  'azureml:load:1': component({ inputs: {}, outputs: { table } }),
  'azureml:clean:1': component({ inputs: { rate: { type: 'number', default: 1 }, table, rules: { type: 'uri_file', optional: true } }, outputs: { table } }),
  'azureml:train:1': component({ inputs: { table, extra: { type: 'mltable', optional: true } }, outputs: { model: { type: 'mlflow_model' } } }),
  'azureml:value:1': component({ inputs: {}, outputs: { value: { type: 'string' } } }),
  'azureml:same:1': component({ inputs: { value: { type: 'string' } }, outputs: { value: { type: 'string' } } }),
  'azureml:report:1': component({ inputs: { model: { type: 'mlflow_model', optional: true }, table }, outputs: {} }),
};
const output = (step: string, name = 'table'): string => `\${{parent.jobs.${step}.outputs.${name}}}`;

/**
 *   load ──> clean ──> train ──model?──> report
 *                └────────table──────────────┘
 */
function pipeline(tags: Readonly<Record<string, Readonly<Record<string, unknown>>>>, more: Readonly<Record<string, object>> = {}): Pipeline {
  const jobs: Record<string, object> = {
    load: { component: 'azureml:load:1' },
    clean: { component: 'azureml:clean:1', inputs: { table: output('load') } },
    train: { component: 'azureml:train:1', inputs: { table: output('clean') } },
    report: { component: 'azureml:report:1', inputs: { model: output('train', 'model'), table: output('clean') }, depends_on: ['train'] },
    ...more,
  };
  for (const [key, value] of Object.entries(tags)) jobs[key] = { ...jobs[key], tags: value };
  return Pipeline.parse({ type: 'pipeline', jobs });
}

const disabled = { 'pipewright.disabled': 'true' };
const bypassed = { 'pipewright.bypass': 'true' };
const left = (document: Pipeline) =>
  Object.fromEntries([...setAside(document, components).aside].map(([key, why]) => [key, why.kind === 'needs' ? why.of : why.kind]));
const found = (document: Pipeline) => validatePipeline(document, components).map(({ code, step, severity }) => `${severity} ${code} ${step}`);

describe('a disabled step', () => {
  it('is left out with all that must read it; what may do without goes on without', () => {
    const document = pipeline({ train: disabled });
    expect(left(document)).toEqual({ train: 'disabled' });
    const { report } = setAside(document, components).document.jobs;
    expect(report?.inputs).toEqual({ table: output('clean') });
    expect(report?.depends_on).toBeUndefined();
    expect(left(pipeline({ clean: disabled }))).toEqual({ clean: 'disabled', train: ['clean'], report: ['clean'] });
  });

  it('is said by the rules of those that need it, with the way back; it need not be complete itself', () => {
    const document = pipeline({ clean: disabled }, { clean: { component: 'azureml:clean:1' } });
    expect(found(pipeline({}, { clean: { component: 'azureml:clean:1' } }))).toEqual(['error missing-input clean']);
    expect(found(document)).toEqual(['warning needs-disabled train', 'warning needs-disabled report']);
    expect(validatePipeline(document, components)[0]).toMatchObject({
      message: 'train needs clean, which is disabled: it is not run either.',
      fix: { text: 'Enable clean', ops: [{ op: 'step.setField', step: 'clean', field: 'tags' }] },
    });
    expect(found(pipeline({ load: disabled })).at(0)).toBe('error no-steps undefined');
  });

  it('takes along what asks for it in a condition, and a value that another reads of its inputs stays a value', () => {
    const asks = { command: 'true', when: '${{parent.jobs.train.outputs.model}} == 1' };
    expect(left(pipeline({ train: disabled }, { asks }))).toEqual({ train: 'disabled', asks: ['train'] });
    const reads = { component: 'azureml:clean:1', inputs: { table: output('load'), rate: '${{parent.jobs.clean.inputs.rate}}' } };
    const clean = { component: 'azureml:clean:1', inputs: { table: output('load'), rate: 3 } };
    expect(setAside(pipeline({ clean: disabled }, { clean, reads }), components).document.jobs['reads']?.inputs['rate']).toBe(3);
  });
});

describe('what is read of a step that is left out', () => {
  const given = (name: string, input = 'x'): string => `\${{parent.jobs.${name}.inputs.${input}}}`;
  const load = { component: 'azureml:load:1', tags: disabled };
  const holds = { component: 'azureml:clean:1', inputs: { table: output('load') } };

  it('takes along who must read it through the inputs of others, run or not', () => {
    const through = { component: 'azureml:train:1', inputs: { table: given('holds', 'table') } };
    expect(left(pipeline({}, { load, holds, through }))).toMatchObject({ holds: ['load'], through: ['load'] });
    const may = { component: 'azureml:train:1', inputs: { extra: output('load') } };
    const open = { component: 'azureml:train:1', inputs: { table: given('may', 'extra') } };
    expect(left(pipeline({}, { load, may, open }))).toMatchObject({ open: ['load'] });
    expect(left(pipeline({}, { load, may, open }))).not.toHaveProperty('may');
  });

  it('is dropped by who may do without, and followed to its end by who reads what is still there', () => {
    const own = { component: 'azureml:load:1' };
    const off = { ...holds, tags: disabled };
    const again = { component: 'azureml:clean:1', inputs: { table: given('holds', 'table'), rate: given('holds', 'rate') }, tags: disabled };
    const rated = { ...off, inputs: { table: output('own'), rate: 3 } };
    const words = { command: 'true', inputs: { text: `at ${given('again', 'rate')} of ${given('other')}` }, when: `${given('again', 'rate')} > 2` };
    const other = { command: 'true', inputs: { x: 'the rest' } };
    const reads = { component: 'azureml:train:1', inputs: { table: given('again', 'table') } };
    const { document, aside } = setAside(pipeline({}, { load: own, own, holds: rated, again, words, other, reads }), components);
    expect([...aside.keys()]).toEqual(['holds', 'again']);
    expect(document.jobs['reads']?.inputs).toEqual({ table: output('own') });
    expect(document.jobs['words']).toMatchObject({ inputs: { text: `at 3 of ${given('other')}` }, when: '3 > 2' });
    const optional = { component: 'azureml:train:1', inputs: { table: output('own'), extra: given('holds', 'table') } };
    expect(setAside(pipeline({}, { load, own, holds, optional }), components).document.jobs['optional']?.inputs).toEqual({ table: output('own') });
  });

  it('ends where inputs name each other, and takes along a text that cannot be written without it', () => {
    const first = { command: 'true', inputs: { x: `a ${given('second')}` }, tags: disabled };
    const second = { command: 'true', inputs: { x: `b ${given('first')}` }, tags: disabled };
    const words = { command: 'true', inputs: { text: `of ${given('first')}` } };
    expect(left(pipeline({}, { first, second, words }))).toMatchObject({ words: ['first'] });
  });

  it('may be what became of it: who asks is not run', () => {
    const asks = { command: 'true', when: "${{parent.jobs.load.status}} == 'failed'" };
    expect(left(pipeline({}, { load, asks }))).toMatchObject({ asks: ['load'] });
  });
});

describe('a bypassed step', () => {
  it('goes on inside a condition as what its own input reads', () => {
    const value = { component: 'azureml:value:1' };
    const same = { component: 'azureml:same:1', inputs: { value: output('value', 'value') }, tags: bypassed };
    const asks = { component: 'azureml:same:1', inputs: { value: output('same', 'value') }, when: `${output('same', 'value')} > 3` };
    const { document, aside } = setAside(pipeline({}, { value, same, asks }), components);
    expect(aside.get('same')).toEqual({ kind: 'bypassed' });
    expect(document.jobs['asks']).toMatchObject({ inputs: { value: output('value', 'value') }, when: `${output('value', 'value')} > 3` });
  });

  it('stays where nothing can stand in for what is read of it, or where it is asked what became of it', () => {
    const same = { component: 'azureml:same:1', inputs: { value: 'at ${{parent.inputs.rate}}' }, tags: bypassed };
    const inText = { component: 'azureml:same:1', inputs: { value: output('same', 'value') }, when: `${output('same', 'value')} == 'at 3'` };
    const document = pipeline({}, { same, inText });
    expect(left(document)).toEqual({});
    expect(setAside(document, components).document.jobs['inText']).toEqual(document.jobs['inText']);
    const why = (of: Pipeline) => validatePipeline(of, components).flatMap(({ code, message }) => (code === 'cannot-bypass' ? [message] : []));
    expect(why(document)).toEqual(['same cannot be bypassed: it is read in a way that nothing can stand in for. Run it, or disable it.']);
    const asks = { command: 'true', when: "${{parent.jobs.clean.status}} == 'failed'" };
    expect(left(pipeline({ clean: bypassed }, { asks }))).toEqual({});
    expect(why(pipeline({ clean: bypassed }, { asks }))).toEqual([
      'clean cannot be bypassed: the condition of asks asks what became of it. Run it, or disable it.',
    ]);
  });

  it('costs no more than what is around it', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 1000 }, (_, index) => [
        `s${index}`,
        { component: 'azureml:clean:1', inputs: { table: output(index === 0 ? 'load' : `s${index - 1}`) }, ...(index % 10 === 0 ? { tags: bypassed } : {}) },
      ]),
    );
    const document = pipeline({}, chain);
    let asked = 0;
    for (const step of Object.values(document.jobs)) {
      const { inputs } = step;
      Object.defineProperty(step, 'inputs', { enumerable: true, get: () => ((asked += 1), inputs) });
    }
    const { aside, document: joined } = setAside(document, components);
    expect(aside.size).toBe(100);
    expect(joined.jobs['s11']?.inputs['table']).toBe(output('s9'));
    expect(asked).toBeLessThan(20 * 1000);
  });

  it('lets what it is given go on to what reads it, through several in a row', () => {
    const again = { component: 'azureml:clean:1', inputs: { table: output('clean') } };
    const reader = { component: 'azureml:train:1', inputs: { table: output('again') } };
    const { document, aside } = setAside(pipeline({ clean: bypassed, again: bypassed }, { again, reader }), components);
    expect([...aside.keys()]).toEqual(['clean', 'again']);
    expect(document.jobs['train']?.inputs['table']).toBe(output('load'));
    expect(document.jobs['reader']?.inputs['table']).toBe(output('load'));
  });

  it('hands on what it filled of the pipeline', () => {
    const clean = { component: 'azureml:clean:1', inputs: { table: output('load') }, outputs: { table: '${{parent.outputs.tidy}}' } };
    expect(setAside(pipeline({ clean: bypassed }, { clean }), components).document.jobs['load']?.outputs).toEqual({ table: '${{parent.outputs.tidy}}' });
  });

  it('is an error where no input fits, and runs no less for it', () => {
    const document = pipeline({ train: bypassed });
    expect(left(document)).toEqual({});
    expect(validatePipeline(document, components)).toMatchObject([
      {
        severity: 'error',
        code: 'cannot-bypass',
        message: 'train cannot be bypassed: what reads model takes mlflow_model, and no input that it is given is one. Run it, or disable it.',
      },
    ]);
    expect(setAside(pipeline({}), components).document).toEqual(pipeline({}));
  });
});

describe('a pinned step', () => {
  const pin = { 'pipewright.pin': '38 old' };

  it('names a run, and what it was called there', () => {
    const step = (tags: object) => Pipeline.parse({ type: 'pipeline', jobs: { s: { command: 'true', tags } } }).jobs['s'] ?? { inputs: {}, outputs: {} };
    expect(pinOf('s', step(pin))).toEqual({ run: '38', step: 'old' });
    expect(pinOf('s', step({ 'pipewright.pin': 38 }))).toEqual({ run: '38', step: 's' });
    expect(pinOf('s', step({ ...pin, ...disabled }))).toBeNull();
    expect(pinOf('s', step({ 'pipewright.pin': 'the last' }))).toBeNull();
    expect(found(pipeline({ load: { 'pipewright.pin': 'the last' } }))).toEqual(['warning invalid-value load']);
  });

  it('needs nothing that is disabled', () => {
    expect(left(pipeline({ clean: disabled, train: pin }))).toEqual({ clean: 'disabled', report: ['clean'] });
    expect(found(pipeline({ load: disabled, clean: pin }))).toEqual([]);
  });
});
