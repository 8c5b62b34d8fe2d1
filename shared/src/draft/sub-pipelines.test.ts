import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PipelineComponent } from '../component/component.ts';
import type { ComponentLookup } from '../component/component-interface.ts';
import { downstreamOf, upstreamOf } from '../graph/reachable-from.ts';
import { validatePipeline } from '../graph/validate-pipeline.ts';
import { emptyLayout } from '../pipeline/layout.ts';
import { Pipeline } from '../pipeline/pipeline.ts';
import { dose } from '../testing/dose.ts';
import { anyChoices, type Choices } from '../yaml/testing/choices.ts';
import { applyDraftOps } from './apply-draft-ops.ts';
import { cutOut, type Cut } from './cut-out.ts';
import { DraftContent, type DraftOp } from './draft-op.ts';
import { extractOps } from './extract-steps.ts';
import { unpackStep } from './unpack-step.ts';

const reference = 'azureml:sub:1';
const position = { x: 8, y: 16 };

function apply(content: DraftContent, ops: readonly DraftOp[]): DraftContent {
  const applied = applyDraftOps(content, ops);
  if (!applied.ok) throw new Error(applied.message);
  const back = applyDraftOps(applied.content, applied.inverse);
  expect(back.ok && { ...back.content, layout: back.content.layout }).toEqual(content);
  return applied.content;
}

function componentOf({ content }: Cut): ComponentLookup {
  const { inputs, outputs, jobs } = content.document;
  return { [reference]: PipelineComponent.parse({ type: 'pipeline', name: 'sub', version: '1', inputs, outputs, jobs }) };
}

function cut(content: DraftContent, keys: readonly string[], components: ComponentLookup = {}): Cut {
  const result = cutOut(content, components, new Set(keys));
  if (!result.ok) throw new Error(result.message);
  return result.cut;
}

const extract = (content: DraftContent, made: Cut, key = 'sub'): DraftContent =>
  apply(content, extractOps(content, made, { key, title: 'Sub', reference, position }));

function unpack(content: DraftContent, made: Cut, { key = 'sub', prefix = '' } = {}): DraftContent {
  const unpacked = unpackStep(content, { key, inner: made.content, prefix, place: () => position });
  if (!unpacked.ok) throw new Error(unpacked.message);
  return apply(content, unpacked.ops);
}

const draft = (document: Record<string, unknown>): DraftContent => DraftContent.parse({ document: { type: 'pipeline', ...document }, layout: emptyLayout });
const out = (key: string): string => `\${{parent.jobs.${key}.outputs.out}}`;
const given = (name: string): string => `\${{parent.inputs.${name}}}`;

/**
 *      rate ─┐
 *  load ──> split ──> train ──> score ──(model)
 *    └──────────────────────────^
 */
const training = draft({
  inputs: { rate: 0.1 },
  outputs: { model: { type: 'uri_folder' } },
  jobs: {
    load: { command: 'true', outputs: { out: { type: 'mltable' } } },
    split: { command: 'true', inputs: { data: out('load'), rate: given('rate') }, outputs: { out: null } },
    train: { command: 'true', inputs: { data: out('split'), more: { type: 'uri_file', path: './more.csv' } }, outputs: { out: null }, depends_on: 'split' },
    score: { command: 'true', inputs: { model: out('train'), data: out('load') }, outputs: { out: '${{parent.outputs.model}}' } },
  },
});

describe('steps that become a sub-pipeline', () => {
  it('read from outside by inputs that are named and typed by what they read', () => {
    const { content, inputs, outputs } = cut(training, ['split', 'train']);
    expect(content.document.inputs).toEqual({ data: { type: 'mltable' }, rate: { type: 'number' }, more: { type: 'uri_file' } });
    expect(inputs).toEqual([
      { name: 'data', value: out('load') },
      { name: 'rate', value: given('rate') },
      { name: 'more', value: { type: 'uri_file', path: './more.csv' } },
    ]);
    expect(outputs).toMatchObject([{ name: 'out', step: 'train', output: 'out' }]);
    expect(content.document.jobs['train']).toMatchObject({ inputs: { data: out('split'), more: given('more') }, outputs: { out: '${{parent.outputs.out}}' } });
  });

  it('are one step afterwards, with the wires that they had', () => {
    const made = cut(training, ['split', 'train']);
    const after = extract(training, made);
    expect(Object.keys(after.document.jobs)).toEqual(['load', 'sub', 'score']);
    expect(after.document.jobs['sub']).toMatchObject({ component: reference, inputs: { data: out('load'), rate: given('rate') } });
    expect(after.document.jobs['score']?.inputs).toEqual({ model: out('sub'), data: out('load') });
    expect(validatePipeline(after.document, componentOf(made)).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('keep filling the outputs of the pipeline', () => {
    const made = cut(training, ['train', 'score']);
    expect(made.outputs).toMatchObject([{ name: 'model', said: '${{parent.outputs.model}}' }]);
    expect(extract(training, made).document.jobs['sub']?.outputs).toEqual({ model: '${{parent.outputs.model}}' });
  });

  it('cannot be cut out around a step that stands between them', () => {
    const refused = cutOut(training, {}, new Set(['load', 'train']));
    expect(refused).toMatchObject({ ok: false, also: ['split'], message: expect.stringContaining('split stands between them') });
  });

  it('cannot leave behind who asks what became of them, nor half of a branch', () => {
    const asked = draft({ jobs: { a: { command: 'true' }, b: { command: 'true', when: "${{parent.jobs.a.status}} == 'completed'" } } });
    expect(cutOut(asked, {}, new Set(['a']))).toMatchObject({ ok: false, also: ['b'] });
    const branch = draft({
      inputs: { yes: true },
      jobs: { if: { type: 'if_else', condition: given('yes'), true_block: '${{parent.jobs.a}}' }, a: { command: 'true' } },
    });
    expect(cutOut(branch, {}, new Set(['a']))).toMatchObject({ ok: false, also: ['if'] });
  });

  it('have inputs of their own where two things of one name come in', () => {
    const two = draft({
      jobs: {
        a: { command: 'true', outputs: { out: null } },
        b: { command: 'true', outputs: { out: null } },
        c: { command: 'true', inputs: { data: out('a') } },
        d: { command: 'true', inputs: { data: out('b') } },
      },
    });
    expect(cut(two, ['c', 'd']).inputs).toEqual([
      { name: 'data', value: out('a') },
      { name: 'b_data', value: out('b') },
    ]);
  });
});

describe('a sub-pipeline that is unpacked', () => {
  it('takes free keys, the values it was given, and its own where it was given none', () => {
    const inner = draft({
      inputs: { rate: { type: 'number', default: 0.5 }, text: { type: 'string' }, may: { type: 'string', optional: true } },
      jobs: {
        a: { command: 'true', inputs: { rate: given('rate'), text: `at ${given('text')}!`, may: given('may') }, outputs: { out: null } },
        b: { command: 'true', inputs: { data: out('a') }, code: './src', when: `${given('rate')} > 0.2` },
      },
    });
    const outer = draft({ jobs: { a: { command: 'true' }, sub: { component: reference, inputs: { text: 'noon' }, when: true, depends_on: 'a' } } });
    const unpacked = unpackStep(outer, { key: 'sub', inner, prefix: '/there/', place: () => position });
    expect(unpacked.ok && [...unpacked.keys]).toEqual([
      ['a', 'a_2'],
      ['b', 'b'],
    ]);
    const { jobs } = apply(outer, unpacked.ok ? unpacked.ops : []).document;
    expect(jobs['a_2']).toMatchObject({ inputs: { rate: 0.5, text: 'at noon!' }, when: true, depends_on: ['a'] });
    expect(jobs['a_2']?.inputs).not.toHaveProperty('may');
    expect(jobs['b']).toMatchObject({ inputs: { data: out('a_2') }, code: '/there/src', when: '(true) && (0.5 > 0.2)' });
    expect(jobs['b']).not.toHaveProperty('depends_on');
  });

  it('brings its notes and groups along, under ids that nothing has, and its steps join the group that it was in', () => {
    const group = (title: string, steps: string[]) => ({ title, steps });
    const note = { x: 0, y: 40, width: 80, height: 40, text: 'Inside' };
    const inner = {
      ...draft({ jobs: { a: { command: 'true' } } }),
      layout: { steps: { a: { x: 0, y: 0 } }, notes: { n1: note, n2: note }, groups: { g1: group('Inside', ['a']), g1_2: group('Other', []) } },
    };
    const outer = {
      ...draft({ jobs: { a: { command: 'true' }, sub: { component: reference } } }),
      layout: { ...emptyLayout, notes: { n1: { ...note, text: 'Outside' } }, groups: { g1: group('Outside', ['sub', 'a']), sub_g1: group('Named so', []) } },
    };
    const unpacked = unpackStep(outer, { key: 'sub', inner, prefix: '', place: ({ x, y }) => ({ x: x + 100, y: y + 100 }) });
    const { layout } = apply(outer, unpacked.ok ? unpacked.ops : []);
    expect(layout).toMatchObject({
      steps: { a_2: { x: 100, y: 100 } },
      notes: { n1: { text: 'Outside', x: 0 }, n1_2: { text: 'Inside', x: 100, y: 140 }, n2: { text: 'Inside' } },
      groups: {
        g1: group('Outside', ['a_2', 'a']),
        sub_g1: group('Named so', []),
        g1_2: group('Inside', ['a_2']),
        g1_2_2: group('Other', []),
      },
    });
  });

  it('stays whole where somebody asks what became of it', () => {
    const asked = draft({ jobs: { sub: { component: reference }, b: { command: 'true', when: "${{parent.jobs.sub.status}} == 'completed'" } } });
    const inner = draft({ jobs: { a: { command: 'true' } } });
    expect(unpackStep(asked, { key: 'sub', inner, prefix: '', place: () => position })).toMatchObject({ ok: false, message: expect.stringContaining('asks') });
  });
});

/** Steps that read earlier ones, inputs of the pipeline, values and data; some fill outputs of it. */
function anyDraft(choices: Choices): DraftContent {
  const count = 2 + choices.below(7);
  const keys = Array.from({ length: count }, (_, index) => `s${index}`);
  const outputs: Record<string, unknown> = {};
  const jobs = keys.map((key, index) => {
    const input = (): unknown => {
      const source = keys[choices.below(Math.max(1, index))] ?? key;
      const read = index === 0 ? 7 : out(source);
      return choices.pick<unknown>(
        read,
        read,
        given(choices.pick('p', 'q')),
        { path: given('p'), mode: 'download' },
        { type: 'uri_file', path: choices.pick('./here.csv', 'azureml:there:1') },
        choices.below(9),
        'words',
        `rate ${given('q')}${index === 0 ? '' : ` of ${out(source)}`}`,
      );
    };
    const inputs = Object.fromEntries(Array.from({ length: choices.below(4) }, (_, at) => [choices.pick('data', 'model', `i${at}`), input()]));
    const fills = choices.chance(4);
    if (fills) outputs[`of_${key}`] = { type: 'uri_folder' };
    const binding = `\${{parent.outputs.of_${key}}}`;
    const said = choices.chance(3) ? { type: 'mltable' } : choices.chance(5) ? { type: 'uri_folder', path: 'azureml://datastores/x/paths/y' } : null;
    const bound = said === null ? binding : 'path' in said ? said : { ...said, path: binding };
    return [
      key,
      {
        command: 'true',
        inputs,
        outputs: { out: fills ? bound : said, more: null },
        ...(choices.chance(5) ? { when: `${given('q')} > ${choices.below(3)}` } : {}),
      },
    ];
  });
  const steps = Object.fromEntries(keys.map((key, index) => [key, { x: 240 * choices.below(4), y: 112 * index }]));
  const document = Pipeline.parse({ type: 'pipeline', inputs: { p: { type: 'uri_folder', path: './p' }, q: 3 }, outputs, jobs: Object.fromEntries(jobs) });
  return { document, layout: { ...emptyLayout, steps } };
}

const anyCut = anyChoices.map((choices) => {
  const content = anyDraft(choices);
  return { content, keys: new Set(choices.some(Object.keys(content.document.jobs))) };
});

describe('any steps', () => {
  it('can be cut out unless one stands between them, and unpacked they are what they were', () => {
    fc.assert(
      fc.property(anyCut, ({ content, keys }) => {
        const above = upstreamOf(content.document, keys);
        const isTorn = [...downstreamOf(content.document, keys)].some((key) => above.has(key) && !keys.has(key));
        const result = cutOut(content, {}, keys);
        expect(result.ok).toBe(keys.size > 0 && !isTorn);
        if (!result.ok) return;
        const outer = extract(content, result.cut);
        const wrong = validatePipeline(outer.document, componentOf(result.cut)).filter(({ code }) => code === 'cycle' || code.startsWith('unknown'));
        expect(wrong).toEqual([]);
        const { document } = unpack(outer, result.cut);
        expect(document).toEqual(content.document);
      }),
      { ...dose(300), endOnFailure: true },
    );
  });
});
