import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyLayout } from '../pipeline/layout.ts';
import { emptyPipeline } from '../pipeline/pipeline.ts';
import { dose } from '../testing/dose.ts';
import { applyDraftOps } from './apply-draft-ops.ts';
import { diffContent } from './diff-content.ts';
import { DraftContent, DraftOp } from './draft-op.ts';

const step = (command: string, inputs: Record<string, string> = {}) => ({ command, inputs, outputs: {} });
const from = (key: string): string => `\${{parent.jobs.${key}.outputs.out}}`;
const contentOf = (jobs: DraftContent['document']['jobs'], layout: Partial<DraftContent['layout']> = {}): DraftContent => ({
  document: { ...emptyPipeline('Test'), jobs },
  layout: { ...emptyLayout, ...layout },
});

function opsOf(before: DraftContent, after: DraftContent): DraftOp[] {
  const diff = diffContent(before, after);
  if (!diff.ok) throw new Error(diff.message);
  return diff.ops;
}

function applied(content: DraftContent, ops: readonly DraftOp[]): DraftContent {
  const result = applyDraftOps(content, ops);
  if (!result.ok) throw new Error(result.message);
  return result.content;
}

const place = fc.record({ x: fc.nat(9), y: fc.nat(9) });
const anyJobs = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  fc.record({
    command: fc.constantFrom('x', 'y', 'z'),
    inputs: fc.dictionary(fc.constantFrom('i', 'j', 'k'), fc.constantFrom('1', from('a'), from('b'), null)),
    outputs: fc.dictionary(fc.constantFrom('o', 'p'), fc.constantFrom(null, { type: 'uri_file' as const }, '${{parent.outputs.o}}')),
    compute: fc.option(fc.constant('local'), { nil: undefined }),
    odd: fc.option(fc.constantFrom([1], { deep: true }), { nil: undefined }),
  }),
  { noNullPrototype: true },
);
const anyContent: fc.Arbitrary<DraftContent> = fc
  .record({
    jobs: anyJobs.chain((jobs) => fc.shuffledSubarray(Object.entries(jobs), { minLength: 0 }).map((entries) => Object.fromEntries(entries))),
    inputs: fc.dictionary(fc.constantFrom('x', 'y', 'z'), fc.oneof(fc.nat(3), fc.constant(null)), { noNullPrototype: true }),
    settings: fc.record({ force_rerun: fc.option(fc.boolean(), { nil: undefined }), other: fc.option(fc.nat(2), { nil: undefined }) }),
    tags: fc.option(fc.constantFrom({ team: 'a' }, { team: 'b' }), { nil: undefined }),
    places: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), place, { noNullPrototype: true }),
    grouped: fc.boolean(),
  })
  .map(({ jobs, inputs, settings, tags, places, grouped }): DraftContent => {
    const steps = Object.fromEntries(Object.entries(places).filter(([key]) => Object.hasOwn(jobs, key)));
    const groups: DraftContent['layout']['groups'] = grouped ? { g: { title: 'G', steps: Object.keys(jobs).slice(0, 2) } } : {};
    return { document: { ...emptyPipeline('Test'), jobs, inputs, settings, ...(tags ? { tags } : {}) }, layout: { steps, notes: {}, groups } };
  });

describe('diffContent', () => {
  it('leads from any content to any other, in operations that a server takes', () => {
    fc.assert(
      fc.property(anyContent, anyContent, (before, after) => {
        const ops = opsOf(before, after);
        const reached = applied(
          before,
          ops.map((op) => DraftOp.parse(JSON.parse(JSON.stringify(op)))),
        );
        expect(reached.document).toEqual(after.document);
        expect(Object.keys(reached.document.jobs)).toEqual(Object.keys(after.document.jobs));
        expect(Object.keys(reached.document.inputs)).toEqual(Object.keys(after.document.inputs));
        expect(reached.layout.groups).toEqual(after.layout.groups);
        // The places of renamed steps stay with them.
        expect(reached.layout.steps).toMatchObject(after.layout.steps);
      }),
      dose(500),
    );
  });

  it('says nothing where nothing changed', () => {
    fc.assert(
      fc.property(anyContent, (content) => {
        expect(opsOf(content, DraftContent.parse(JSON.parse(JSON.stringify(content))))).toEqual([]);
      }),
      dose(100),
    );
  });

  it('sees a step under another key as renamed: it keeps its place, and readers say what their text says', () => {
    const before = contentOf({ a: step('x'), b: step('y', { i: from('a') }) }, { steps: { a: { x: 8, y: 8 } } });
    const after = contentOf({ first: step('x'), b: step('y', { i: from('a') }) });
    const ops = opsOf(before, after);
    expect(ops).toEqual([
      { op: 'step.rename', step: 'a', to: 'first' },
      { op: 'step.setInput', step: 'b', input: 'i', value: from('a') },
    ]);
    expect(applied(before, ops).layout.steps).toEqual({ first: { x: 8, y: 8 } });
  });

  it('sees a step renamed though an input of it changed as well, by its place', () => {
    const before = contentOf({ a: step('x'), b: step('y') });
    expect(opsOf(before, contentOf({ a: step('x'), c: step('y', { i: '1' }) }))).toEqual([
      { op: 'step.rename', step: 'b', to: 'c' },
      { op: 'step.setInput', step: 'c', input: 'i', value: '1' },
    ]);
    expect(opsOf(before, contentOf({ a: step('x'), c: step('z') })).map(({ op }) => op)).toEqual(['step.remove', 'step.add']);
  });

  it('adds a step where it is written, and moves as few as it can', () => {
    const before = contentOf({ a: step('x'), b: step('y'), c: step('z') });
    expect(opsOf(before, contentOf({ a: step('x'), n: step('w'), b: step('y'), c: step('z') }))).toEqual([
      { op: 'step.add', step: 'n', value: step('w'), before: 'b' },
    ]);
    expect(opsOf(before, contentOf({ c: step('z'), a: step('x'), b: step('y') }))).toEqual([
      { op: 'step.remove', step: 'c' },
      { op: 'step.add', step: 'c', value: step('z'), before: 'a' },
    ]);
  });

  it('refuses what cannot be the key of a step, and says where', () => {
    expect(diffContent(contentOf({}), contentOf({ 'my-step': step('x') }))).toEqual({
      ok: false,
      message: 'my-step cannot be the name of a step: letters, digits and underscores, and no digit first.',
      path: ['jobs', 'my-step'],
    });
    const imported = contentOf({ 'my-step': step('x') });
    expect(opsOf(imported, contentOf({ 'my-step': step('y') }))).toMatchObject([{ op: 'step.setField', step: 'my-step', value: 'y' }]);
  });
});
