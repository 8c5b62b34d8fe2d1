import { describe, expect, it } from 'vitest';
import { applyDraftOps } from '../draft/apply-draft-ops.ts';
import { removeSteps } from '../draft/compound-ops.ts';
import { emptyLayout } from '../pipeline/layout.ts';
import { Pipeline } from '../pipeline/pipeline.ts';
import { readItems } from '../pipeline/read-items.ts';
import { parseBytes, retryPolicyOf } from '../pipeline/step-control.ts';
import { topologicalOrder } from './topological-order.ts';
import { validatePipeline } from './validate-pipeline.ts';

const pipeline = (jobs: Record<string, unknown>, settings: Record<string, unknown> = {}) => Pipeline.parse({ type: 'pipeline', jobs, settings });
const problemsOf = (jobs: Record<string, unknown>, settings = {}) =>
  validatePipeline(pipeline(jobs, settings), {}).map(({ severity, code, step, message }) => ({ severity, code, step, message }));
const rows = { command: 'x', outputs: { rows: { type: 'integer' }, text: { type: 'string' }, data: null } };
const outputOf = (name: string) => `\${{parent.jobs.count.outputs.${name}}}`;
const step = (more: Record<string, unknown>) => ({ command: 'x', ...more });

const round = { inputs: { n: 1 }, outputs: { more: { type: 'boolean' }, next: { type: 'integer' }, data: { type: 'uri_folder' } } };

describe('control keys', () => {
  it('are fine when they are right', () => {
    const jobs = {
      count: rows,
      a: step({ depends_on: 'count', retries: 2, limits: { timeout: 10 }, resources: { cpu: 2, memory: '2GiB' } }),
      b: step({ when: `${outputOf('rows')} > 3 and \${{parent.jobs.a.status}} == 'completed'` }),
      c: { command: 'echo ${{inputs.item}}', for_each: { items: [1, 2] } },
      d: step({ inputs: { n: 1 }, outputs: { more: { type: 'boolean' }, next: { type: 'integer' } }, repeat: { while: 'more', feed: { n: 'next' }, max: 3 } }),
      last: step({}),
    };
    expect(problemsOf(jobs, { on_finalize: 'last', timeout: 60 })).toEqual([]);
  });

  it.each([
    ['an order after a step that does not exist', { depends_on: ['cuont'] }, 'unknown-step', 'Did you mean "count"'],
    ['a condition that cannot be read', { when: '1 <' }, 'invalid-expression', 'cannot be read at character'],
    ['a condition on a step that does not exist', { when: "${{parent.jobs.cuont.status}} == 'failed'" }, 'unknown-step', 'did you mean "count"'],
    ['a condition on an output that does not exist', { when: `${outputOf('row')} > 1` }, 'unknown-output', 'did you mean "rows"'],
    ['a condition on data', { when: `${outputOf('data')} > 1` }, 'type-mismatch', 'is data'],
    ['a comparison of a text with a number', { when: `${outputOf('text')} > 1` }, 'type-mismatch', 'character'],
    ['an amount of memory that is none', { resources: { memory: 'much' } }, 'invalid-literal', '512 MB'],
    ['items that are no list', { command: 'x ${{inputs.item}}', for_each: { items: '{"a": 1}' } }, 'invalid-literal', 'are to be a list'],
    ['items of a step that does not exist', { for_each: { items: '${{parent.jobs.lst.outputs.x}}' } }, 'unknown-step', 'lst'],
    ['a repetition while an output that does not exist', { ...round, repeat: { while: 'moer' } }, 'unknown-output', 'Did you mean "more"'],
    ['a repetition while something that is no truth', { ...round, repeat: { while: 'next' } }, 'type-mismatch', 'the type boolean'],
    ['a repetition that feeds an input that does not exist', { ...round, repeat: { while: 'more', feed: { m: 'next' } } }, 'unknown-input', 'no input of a'],
    ['a repetition that feeds what does not fit', { ...round, repeat: { while: 'more', feed: { n: 'data' } } }, 'type-mismatch', 'it gives uri_folder'],
    ['two loops in one', { ...round, for_each: { items: [1], input: 'n' }, repeat: { while: 'more' } }, 'unsupported-step', 'one loop only'],
  ])('find %s', (_what, keys, code, text) => {
    expect(problemsOf({ count: rows, a: step(keys) })).toEqual([{ severity: 'error', code, step: 'a', message: expect.stringContaining(text) }]);
  });

  const taking = { command: 'x', inputs: { n: { type: 'integer' }, file: { type: 'uri_file', optional: true } } };
  const over = (items: unknown) => ({
    ours: { a: { component: taking, for_each: { items, by_name: true } } },
    azure: { body: { component: taking, inputs: { n: 1 } }, a: { type: 'parallel_for', body: '${{parent.jobs.body}}', items } },
  });

  it.each([
    ['values and data of their own', [{ n: 1 }, { n: '2', file: { type: 'uri_file', path: './a.txt' } }, { n: 3, file: './b.txt' }]],
    ['maps as JSON', '[{"n": 1}]'],
    ['a binding to a list', outputOf('text')],
  ])('are fine with items by name that are %s, in both spellings', (_what, items) => {
    for (const jobs of Object.values(over(items))) expect(problemsOf({ count: rows, ...jobs })).toEqual([]);
  });

  it.each([
    ['that is an output of a step', [{ n: outputOf('rows') }], 'cannot-run-here', 'item 1: n of elsewhere'],
    ['that is data of a step', [{ n: 1 }, { n: 2, file: { path: outputOf('data') } }], 'cannot-run-here', 'item 2: file of elsewhere'],
    ['that is text with an output in it', [{ n: 1, file: `./${outputOf('rows')}` }], 'cannot-run-here', 'item 1: file of elsewhere'],
    ['that is no input', [{ n: 1, fiel: 'x' }], 'unknown-input', 'Did you mean "file"?'],
    ['that an input does not take', [{ n: 'many' }], 'invalid-literal', 'item 1: n must be a whole number'],
    ['that is data, for a value', [{ n: { path: './a' } }], 'invalid-value', 'item 1: n is data'],
    ['that is neither', [{ n: [1] }], 'invalid-value', 'item 1: n is neither a value nor data'],
    ['that has no name', [{ n: 1 }, 1], 'invalid-value', 'holds 1, which is no map'],
  ])('find something among items by name %s, in both spellings', (_what, items, code, text) => {
    const { ours, azure } = over(items);
    const message = expect.stringContaining(text);
    expect(validatePipeline(pipeline({ count: rows, ...ours }), {})).toMatchObject([{ code, message, path: ['jobs', 'a', 'for_each'] }]);
    expect(validatePipeline(pipeline({ count: rows, ...azure }), {})).toMatchObject([{ code, message, path: ['jobs', 'a', 'items'] }]);
  });

  it('find the item that lacks what another one gives and the step needs, in both spellings', () => {
    const items = [{ n: 1, file: './a' }, { file: './b' }, { n: null }];
    const said = (index: number) => ({ code: 'missing-input', message: expect.stringContaining(`item ${index} gives no n, which`) });
    expect(problemsOf(over(items).ours)).toMatchObject([said(2), said(3)]);
    const { body: _given, ...azure } = over(items).azure;
    expect(problemsOf({ body: { component: taking }, ...azure })).toMatchObject([said(2), said(3)]);
    expect(problemsOf(over(items).azure)).toEqual([]);
  });

  it('find items by name that are no maps at all', () => {
    for (const items of ['some words', `[{"n": "${outputOf('rows')}"}]`]) {
      expect(problemsOf({ count: rows, ...over(items).ours })).toMatchObject([{ code: 'invalid-literal', message: expect.stringContaining('a list of maps') }]);
      expect(problemsOf({ count: rows, ...over(items).azure })).toMatchObject([{ code: 'invalid-value', message: expect.stringContaining('a list of maps') }]);
    }
  });

  const sweep = { type: 'sweep', trial: { command: 'x ${{search_space.r}}' }, search_space: { r: { type: 'choice', values: [1] } } };
  const objective = { sampling_algorithm: 'grid', objective: { goal: 'minimize', primary_metric: 'e' }, limits: { max_total_trials: 1 } };
  const inner = { inputs: {}, outputs: {}, version: '1', type: 'pipeline' as const };
  const looping = { command: 'x', outputs: { more: { type: 'boolean' } } };

  it.each<[string, Record<string, unknown>, Record<string, unknown>, string]>([
    ['a pipeline', { type: 'pipeline', component: 'inner:1' }, {}, 'is a pipeline'],
    ['a sweep', { ...sweep, ...objective, outputs: looping.outputs }, {}, 'is a sweep'],
    ['the last step', looping, { on_finalize: 'a' }, 'is the step that runs last'],
  ])('find that %s cannot be a loop, however it is said', (_what, work, settings, text) => {
    const messages = (jobs: Record<string, unknown>) =>
      validatePipeline(pipeline({ count: rows, ...jobs }, settings), { 'inner:1': inner }).flatMap(({ message, severity }) =>
        severity === 'error' ? [message] : [],
      );
    const own = [{ for_each: { items: [{}], by_name: true } }, { repeat: { while: true } }];
    for (const loop of own) expect(messages({ a: { ...work, ...loop } })).toEqual([expect.stringContaining(`a ${text} and cannot be a loop`)]);
    const body = '${{parent.jobs.a}}';
    for (const loop of [
      { type: 'parallel_for', body, items: [{}] },
      { type: 'do_while', body, condition: true },
    ]) {
      expect(messages({ a: work, each: loop })).toContainEqual(expect.stringContaining(`each goes over a, which ${text}`));
    }
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>, string]>([
    ['is a loop of its own', { a: { ...looping, repeat: { while: 'more' } } }, {}, 'a, which is a loop of its own'],
    ['is a loop over items', { a: { command: 'x ${{inputs.item}}', for_each: { items: [1] } } }, {}, 'a, which is a loop of its own'],
    ['is the first step', { a: looping }, { on_init: 'a' }, 'a, which is the step that runs first'],
  ])('find that a body %s, which a loop could not stand for', (_what, jobs, settings, text) => {
    const each = { type: 'parallel_for', body: '${{parent.jobs.a}}', items: [{}] };
    expect(problemsOf({ ...jobs, each }, settings)).toMatchObject([{ code: 'cannot-run-here', step: 'each', message: expect.stringContaining(text) }]);
  });

  it('find that a loop of Azure is to run last', () => {
    const each = { type: 'parallel_for', body: '${{parent.jobs.a}}', items: [{}] };
    expect(problemsOf({ a: looping, each }, { on_finalize: 'each' })).toMatchObject([{ step: 'each', message: expect.stringContaining('runs last') }]);
  });

  it('read the condition of a repetition, and how often it is done at most, as YAML is read', () => {
    const again = (more: Record<string, unknown>) => ({ type: 'do_while', body: '${{parent.jobs.a}}', ...more });
    for (const condition of [true, 'true', 'True', 'yes', 'off', '${{parent.jobs.a.outputs.more}}']) {
      expect(problemsOf({ a: looping, again: again({ condition }) })).toEqual([]);
    }
    const limits = { max_iteration_count: 'many' };
    expect(problemsOf({ a: looping, again: again({ condition: 'more', limits }) })).toMatchObject([{ message: expect.stringContaining('from 1 to') }]);
  });

  it('find a last step that does not exist, and a circle through order and condition', () => {
    expect(problemsOf({ count: rows }, { on_finalize: 'conut' })).toMatchObject([{ code: 'unknown-step' }]);
    expect(problemsOf({ count: { ...rows, depends_on: 'a' }, a: step({ when: `${outputOf('rows')} > 1` }) })).toMatchObject([{ code: 'cycle' }]);
  });

  it('put steps in order', () => {
    const document = pipeline(
      { last: step({}), c: step({ when: `${outputOf('rows')} > 1` }), b: step({ depends_on: 'c' }), count: rows },
      { on_finalize: 'last' },
    );
    expect(topologicalOrder(document)).toEqual(['count', 'c', 'b', 'last']);
  });
});

describe('renaming and removing a step', () => {
  const document = pipeline(
    {
      count: rows,
      a: step({ depends_on: ['count', 'b'], when: `${outputOf('rows')} > 1` }),
      b: { command: 'x ${{inputs.item}}', for_each: { items: outputOf('text') } },
    },
    { on_finalize: 'count' },
  );
  const content = { document, layout: emptyLayout };

  it('renames it in orders, conditions, loops and as the last step, and back', () => {
    const renamed = applyDraftOps(content, [{ op: 'step.rename', step: 'count', to: 'rows' }]);
    if (!renamed.ok) throw new Error(renamed.message);
    expect(renamed.content.document).toMatchObject({
      settings: { on_finalize: 'rows' },
      jobs: {
        a: { depends_on: ['rows', 'b'], when: '${{parent.jobs.rows.outputs.rows}} > 1' },
        b: { for_each: { items: '${{parent.jobs.rows.outputs.text}}' } },
      },
    });
    expect(applyDraftOps(renamed.content, renamed.inverse)).toMatchObject({ ok: true, content });
  });

  it("renames it in Azure's own branches and loops, and back", () => {
    const named = (name: string) => ({
      branch: { type: 'if_else', condition: `\${{parent.jobs.${name}.outputs.more}}`, true_block: [`\${{parent.jobs.${name}}}`, '${{parent.jobs.other}}'] },
      each: { type: 'parallel_for', body: '${{parent.jobs.other}}', items: `\${{parent.jobs.${name}.outputs.list}}` },
      again: {
        type: 'do_while',
        body: `\${{parent.jobs.${name}}}`,
        condition: `\${{parent.jobs.${name}.outputs.more}}`,
        mapping: { next: [`\${{parent.jobs.${name}.inputs.n}}`, 'm'], list: `\${{parent.jobs.${name}.inputs.list}}` },
      },
    });
    const other = { document: pipeline({ work: rows, other: rows, ...named('work') }), layout: emptyLayout };
    const renamed = applyDraftOps(other, [{ op: 'step.rename', step: 'work', to: 'effort' }]);
    if (!renamed.ok) throw new Error(renamed.message);
    expect(renamed.content.document.jobs).toMatchObject(named('effort'));
    expect(applyDraftOps(renamed.content, renamed.inverse)).toMatchObject({ ok: true, content: other });
  });

  it('going back leaves alone what named the new key before', () => {
    const broken = { ...content, document: { ...document, jobs: { ...document.jobs, a: { ...document.jobs['a'], depends_on: 'rows' } } } };
    const parsed = { document: Pipeline.parse(broken.document), layout: emptyLayout };
    const renamed = applyDraftOps(parsed, [{ op: 'step.rename', step: 'count', to: 'rows' }]);
    expect(renamed.ok && applyDraftOps(renamed.content, renamed.inverse)).toMatchObject({ ok: true, content: parsed });
  });

  it('takes a removed step out of orders', () => {
    const removed = applyDraftOps(content, removeSteps(content, new Set(['b'])));
    expect(removed).toMatchObject({ ok: true, content: { document: { jobs: { a: { depends_on: ['count'] } } } } });
  });
});

describe('what is written short', () => {
  it('reads amounts of memory', () => {
    expect(['512 MB', '2GiB', '2g', 1024, '1.5 kb', 'much', '-1 MB'].map(parseBytes)).toEqual([512e6, 2 * 1024 ** 3, 2 * 1024 ** 3, 1024, 1500, null, null]);
  });

  it('reads items from a JSON list or from lines', () => {
    expect(['["a", 2, {"b": 1}]', 'a\nb\n\n', '', '{"a": 1}', '[1'].map(readItems)).toEqual([['a', 2, '{"b":1}'], ['a', 'b'], [], null, null]);
  });

  it('fills in what retries leave out', () => {
    expect(retryPolicyOf(2)).toMatchObject({
      count: 2,
      backoffMs: 1000,
      factor: 2,
      maxBackoffMs: 300_000,
      on: ['failed', 'timed-out', 'lost'],
      exitCodes: null,
    });
    expect([retryPolicyOf(0), retryPolicyOf(undefined)]).toEqual([null, null]);
  });
});
