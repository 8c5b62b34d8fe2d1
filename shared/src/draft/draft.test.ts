import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Step } from '../pipeline/step.ts';
import { emptyPipeline } from '../pipeline/pipeline.ts';
import { emptyLayout } from '../pipeline/layout.ts';
import type { Json } from '../json.ts';
import { dose } from '../testing/dose.ts';
import { readPipeline } from '../yaml/read-pipeline.ts';
import { writePipeline } from '../yaml/write-pipeline.ts';
import { applyDraftOps } from './apply-draft-ops.ts';
import { coalesceOps } from './coalesce-ops.ts';
import { connect, insertSteps, removeSteps } from './compound-ops.ts';
import { DraftInWork } from './draft-in-work.ts';
import { DraftContent, longestText, type DraftOp } from './draft-op.ts';
import { isSetter, targetOf } from './op-target.ts';
import { rebaseOps } from './rebase-ops.ts';

const empty: DraftContent = { document: emptyPipeline('Test'), layout: emptyLayout };
const step = (inputs: Record<string, string> = {}) => ({ command: 'true', inputs, outputs: {} });
const from = (key: string): string => `\${{parent.jobs.${key}.outputs.out}}`;

function apply(content: DraftContent, ops: readonly DraftOp[]): { content: DraftContent; inverse: DraftOp[] } {
  const applied = applyDraftOps(content, ops);
  if (!applied.ok) throw new Error(applied.message);
  return applied;
}

/** `toEqual` does not look at it. */
const orderOf = ({ document: { jobs, inputs, outputs } }: DraftContent): readonly string[][] => [jobs, inputs, outputs].map((map) => Object.keys(map));

/** a ──> b ──> c, each with a place. */
const chain = apply(empty, [
  { op: 'step.add', step: 'a', value: step(), position: { x: 0, y: 0 } },
  { op: 'step.add', step: 'b', value: step({ i: from('a') }), position: { x: 0, y: 112 } },
  { op: 'step.add', step: 'c', value: step({ i: from('b'), j: `x ${from('b')}` }), position: { x: 0, y: 224 } },
  { op: 'pipeline.setInput', input: 'x', value: 1 },
  { op: 'pipeline.setInput', input: 'y', value: 2 },
  { op: 'text.set', value: '# first\nab\nba\n' },
]).content;

const words = fc.stringMatching(/^[ab\n]{0,6}$/);
/** Now and then at the place where its words stand. */
const anyTextOp: fc.Arbitrary<DraftOp> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ op: fc.constant('text.set' as const), value: fc.option(words, { nil: undefined }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      op: fc.constant('text.splice' as const),
      at: fc.nat(18),
      removed: fc.constantFrom('', 'a', 'b', 'ab', '\n', 'a\nb', '# first\n', 'first'),
      inserted: words,
    }),
  },
);
const key = fc.constantFrom('a', 'b', 'c', 'd');
const anyOp: fc.Arbitrary<DraftOp> = fc.oneof(
  anyTextOp,
  fc.record({
    op: fc.constant('step.add' as const),
    step: key,
    value: fc.constant(step({ i: from('a') })),
    position: fc.record({ x: fc.nat(99), y: fc.nat(99) }),
  }),
  fc.record({ op: fc.constant('step.remove' as const), step: key }),
  fc.record({ op: fc.constant('step.rename' as const), step: key, to: key }),
  fc.record({
    op: fc.constant('step.setInput' as const),
    step: key,
    input: fc.constantFrom('i', 'j'),
    value: fc.option(fc.constantFrom('1', from('a'), from('b')), { nil: undefined }),
  }),
  fc.record({
    op: fc.constant('step.setField' as const),
    step: key,
    field: fc.constantFrom('display_name', 'compute'),
    value: fc.option(fc.string(), { nil: undefined }),
  }),
  fc.record({ op: fc.constant('pipeline.setMeta' as const), field: fc.constant('display_name'), value: fc.option(fc.string(), { nil: undefined }) }),
  fc.record({ op: fc.constant('pipeline.setInput' as const), input: fc.constantFrom('x', 'y', 'z'), value: fc.option(fc.nat(9), { nil: undefined }) }),
  fc.record({
    op: fc.constant('pipeline.movePort' as const),
    side: fc.constant('inputs' as const),
    name: fc.constantFrom('x', 'y', 'z'),
    before: fc.option(fc.constantFrom('x', 'y', 'z'), { nil: undefined }),
  }),
  fc.record({ op: fc.constant('pipeline.setSettings' as const), field: fc.constant('force_rerun'), value: fc.option(fc.boolean(), { nil: undefined }) }),
  fc.record({ op: fc.constant('layout.move' as const), step: key, to: fc.option(fc.record({ x: fc.nat(99), y: fc.nat(99) }), { nil: undefined }) }),
  fc.record({
    op: fc.constant('group.set' as const),
    group: fc.constant('g'),
    value: fc.option(
      fc.constantFrom('a', 'b').map((member) => ({ title: 'G', steps: [member] })),
      { nil: undefined },
    ),
  }),
);

const anyField: fc.Arbitrary<DraftOp> = fc.oneof(
  fc.record({
    op: fc.constant('step.setField' as const),
    step: key,
    field: fc.constantFrom('command', 'component', 'environment', 'environment_variables', 'tags', 'type', 'unknown', '__proto__'),
    value: fc.jsonValue() as fc.Arbitrary<Json>,
  }),
  fc.record({
    op: fc.constant('pipeline.setMeta' as const),
    field: fc.constantFrom('version', 'tags', 'compute', 'unknown'),
    value: fc.jsonValue() as fc.Arbitrary<Json>,
  }),
  fc.record({
    op: fc.constant('pipeline.setSettings' as const),
    field: fc.constantFrom('force_rerun', 'max_parallel', 'unknown'),
    value: fc.jsonValue() as fc.Arbitrary<Json>,
  }),
);

describe('applyDraftOps', () => {
  it('is undone exactly by its inverse', () => {
    fc.assert(
      fc.property(fc.array(anyOp, { maxLength: 12 }), (ops) => {
        const { content, ops: applicable } = rebaseOps(chain, ops);
        const { inverse } = apply(chain, applicable);
        const undone = apply(content, inverse).content;
        expect(undone).toEqual(chain);
        // The order of steps decides ties and is what a file shows.
        expect(orderOf(undone)).toEqual(orderOf(chain));
      }),
      dose(500),
    );
  });

  it('comes to the same whether many are applied at once or one after the other', () => {
    const anyPlaced: fc.Arbitrary<DraftOp> = fc.record({
      op: fc.constant('step.add' as const),
      step: fc.constantFrom('a', 'b', 'd', 'e', '__proto__'),
      value: fc.constant(step()),
      before: fc.constantFrom('a', 'b', 'c', 'e', '__proto__'),
    });
    const mostlySteps = fc.oneof({ weight: 2, arbitrary: anyOp }, { weight: 1, arbitrary: anyPlaced });
    fc.assert(
      fc.property(fc.array(mostlySteps, { maxLength: 16 }), (ops) => {
        const work = new DraftInWork(chain);
        let content = chain;
        const undo: DraftOp[] = [];
        for (const op of ops) {
          const alone = applyDraftOps(content, [op]);
          const together = work.apply(op);
          expect('refused' in together ? together.refused : together.inverse).toEqual(alone.ok ? alone.inverse : alone.message);
          if (!alone.ok) continue;
          content = alone.content;
          undo.unshift(...alone.inverse);
        }
        expect(work.content).toEqual(content);
        expect(orderOf(work.content)).toEqual(orderOf(content));
        expect(Object.keys(work.content.layout.steps)).toEqual(Object.keys(content.layout.steps));
        expect(work.inverse).toEqual(undo);
      }),
      dose(300),
    );
  });

  it('leaves what it was given as it is, when many are applied at once', () => {
    const before: unknown = JSON.parse(JSON.stringify(chain));
    const removed = apply(chain, [
      { op: 'step.remove', step: 'a' },
      { op: 'step.add', step: 'd', value: step(), before: 'c', position: { x: 1, y: 1 } },
      { op: 'layout.move', step: 'c', to: { x: 5, y: 5 } },
    ]).content;
    expect(chain).toEqual(before);
    expect(orderOf(chain)[0]).toEqual(['a', 'b', 'c']);
    expect(orderOf(removed)[0]).toEqual(['b', 'd', 'c']);
    const moved = apply(chain, [
      { op: 'layout.move', step: 'a', to: { x: 5, y: 5 } },
      { op: 'layout.move', step: 'b', to: { x: 5, y: 5 } },
    ]).content;
    expect(moved.document).toBe(chain.document);
    expect(moved.layout.groups).toBe(chain.layout.groups);
  });

  it('keeps the identity of what it does not touch', () => {
    const { content } = apply(chain, [{ op: 'step.setField', step: 'a', field: 'display_name', value: 'First' }]);
    expect(content.document.jobs['b']).toBe(chain.document.jobs['b']);
    expect(content.layout).toBe(chain.layout);
  });

  it('lets bindings follow a step to its new key', () => {
    const { content } = apply(chain, [{ op: 'step.rename', step: 'b', to: 'prep' }]);
    expect(content.document.jobs['c']?.inputs).toEqual({ i: from('prep'), j: `x ${from('prep')}` });
    expect(Object.keys(content.document.jobs)).toEqual(['a', 'prep', 'c']);
  });

  it('puts a step back where it stood, even when the one after it has gone as well', () => {
    const { content, inverse } = apply(chain, [
      { op: 'step.remove', step: 'a' },
      { op: 'step.remove', step: 'b' },
    ]);
    expect(Object.keys(content.document.jobs)).toEqual(['c']);
    expect(Object.keys(apply(content, inverse).content.document.jobs)).toEqual(['a', 'b', 'c']);
  });

  it.each([
    [{ op: 'step.setField', step: 'a', field: 'command', value: [5] }, 'command must be text, not a list'],
    [{ op: 'step.setField', step: 'a', field: 'resources', value: 'x' }, 'resources must be a map, not "x"'],
    [{ op: 'step.setField', step: 'a', field: 'environment_variables', value: 'x' }, 'environment_variables must be a map of names, not "x"'],
    [{ op: 'step.setField', step: 'a', field: 'inputs', value: {} }, 'inputs of a step are set one by one'],
    [{ op: 'pipeline.setMeta', field: 'display_name', value: [] }, 'display_name must be text, not a list'],
    [{ op: 'pipeline.setSettings', field: 'max_parallel', value: 0 }, 'max_parallel must be at least 1'],
    [{ op: 'step.rename', step: 'a', to: 'b' }, 'there is a step b already'],
    [{ op: 'group.set', group: 'g', value: { title: 'G', steps: ['nobody'] } }, 'there is no step nobody'],
    [{ op: 'layout.move', step: 'constructor', to: { x: 0, y: 0 } }, 'there is no step constructor'],
    [{ op: 'step.remove', step: 'toString' }, 'there is no step toString'],
  ] satisfies [DraftOp, string][])('refuses %j, after which the draft could not be read', (op, message) => {
    expect(applyDraftOps(chain, [op])).toMatchObject({ ok: false, message: expect.stringContaining(message) });
  });

  it.each([
    [{ op: 'step.setField', step: 'a', field: 'tags', value: { stage: 3, isNew: true } }, { jobs: { a: { tags: { stage: '3', isNew: 'true' } } } }],
    [{ op: 'step.setField', step: 'a', field: 'odd', value: null }, { jobs: { a: { odd: null } } }],
    [{ op: 'step.setField', step: 'a', field: 'command', value: 5 }, { jobs: { a: { command: '5' } } }],
    [{ op: 'step.setField', step: 'a', field: 'limits', value: { timeout: '1:30' } }, { jobs: { a: { limits: { timeout: 90 } } } }],
    [
      { op: 'step.setField', step: 'a', field: 'early_termination', value: { slack_factor: '0.1' } },
      { jobs: { a: { early_termination: { slack_factor: 0.1 } } } },
    ],
    [{ op: 'step.setField', step: 'a', field: 'is_deterministic', value: 'yes' }, { jobs: { a: { is_deterministic: true } } }],
    [{ op: 'pipeline.setMeta', field: 'tags', value: { year: 2026 } }, { tags: { year: '2026' } }],
    [{ op: 'pipeline.setSettings', field: 'force_rerun', value: 'off' }, { settings: { force_rerun: false } }],
    [{ op: 'step.add', step: 'd', value: { ...step(), tags: { stage: 3 } } }, { jobs: { d: { tags: { stage: '3' } } } }],
    [{ op: 'step.setInput', step: 'a', input: 'i', value: { path: 'x', description: 5 } }, { jobs: { a: { inputs: { i: { path: 'x', description: '5' } } } } }],
    [{ op: 'step.setOutput', step: 'a', output: 'o', value: { description: 5 } }, { jobs: { a: { outputs: { o: { description: '5' } } } } }],
    [{ op: 'pipeline.setInput', input: 'i', value: { path: 'x', optional: 'yes' } }, { inputs: { i: { path: 'x', optional: true } } }],
    // As it may come from a program that asks without our types.
    [JSON.parse('{ "op": "pipeline.setInput", "input": "i", "value": { "default": 5 } }'), { inputs: { i: { type: 'integer', default: 5 } } }],
    [{ op: 'pipeline.setOutput', output: 'o', value: { description: 5 } }, { outputs: { o: { description: '5' } } }],
  ] satisfies [DraftOp, object][])('holds after %j what the text of it will say', (op, said) => {
    const { content } = apply(chain, [op]);
    expect(content.document).toMatchObject(said);
    expect(readPipeline(writePipeline(content)).content?.document).toEqual(content.document);
  });

  it('takes a field away that is set to nothing, as a key with nothing after it says nothing', () => {
    const { content } = apply(chain, [{ op: 'step.setField', step: 'a', field: 'command', value: null }]);
    expect(content.document.jobs['a']).not.toHaveProperty('command');
  });

  it('leaves after any operations a draft that can be read back as it is', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anyOp, anyField), { maxLength: 12 }), (ops) => {
        const { content } = rebaseOps(chain, ops);
        expect(DraftContent.parse(JSON.parse(JSON.stringify(content)))).toEqual(JSON.parse(JSON.stringify(content)));
      }),
      dose(300),
    );
  });

  it('refuses all when one cannot be done, and says which', () => {
    const applied = applyDraftOps(chain, [
      { op: 'layout.move', step: 'a', to: { x: 8, y: 8 } },
      { op: 'step.remove', step: 'nobody' },
    ]);
    expect(applied).toEqual({ ok: false, index: 1, message: 'there is no step nobody' });
  });
});

describe('the text of a draft', () => {
  const splice = (at: number, removed: string, inserted: string): DraftOp => ({ op: 'text.splice', at, removed, inserted });
  const withText = (text: string): DraftContent => ({ ...empty, text });

  it('takes words where they were meant, though somebody has written above them meanwhile', () => {
    const { content } = rebaseOps(withText('# new\na: 1\nb: 2 # two\n'), [splice(5, 'b: 2', 'b: 3')]);
    expect(content.text).toBe('# new\na: 1\nb: 3 # two\n');
  });

  it('keeps what of mine no longer finds its words, and says so', () => {
    const { content, lost } = rebaseOps(withText('a: 1\n'), [splice(5, 'b: 2', 'b: 3')]);
    expect(content.text).toBe('a: 1\n');
    expect(lost).toMatchObject([{ message: 'the text reads otherwise there by now' }]);
  });

  it('is sent as one change after many keys', () => {
    const keys = Array.from('# say', (key, index) => splice(5 + index, '', key));
    expect(coalesceOps(keys)).toEqual([splice(5, '', '# say')]);
    expect(coalesceOps([{ op: 'text.set', value: 'a: 1\n' }, ...keys])).toEqual([{ op: 'text.set', value: 'a: 1\n# say' }]);
  });

  it('never grows beyond what is read', () => {
    expect(applyDraftOps(withText('a'.repeat(longestText)), [splice(0, '', 'a')])).toMatchObject({ ok: false, message: 'a text has no more than 8 MB' });
  });

  it('is the same after many pairs of changes as after their sum', () => {
    fc.assert(
      fc.property(words, fc.array(anyTextOp, { maxLength: 20 }), (text, ops) => {
        const { content, ops: applicable } = rebaseOps(withText(text), ops);
        expect(apply(withText(text), coalesceOps(applicable)).content).toEqual(content);
      }),
      dose(500),
    );
  });
});

describe('compounds', () => {
  it('unbind the readers of removed steps, and undo brings the wires back', () => {
    const { content, inverse } = apply(chain, removeSteps(chain, new Set(['b'])));
    expect(content.document.jobs['c']?.inputs).toEqual({});
    expect(apply(content, inverse).content).toEqual(chain);
  });

  it('connect by setting the input', () => {
    const { content } = apply(chain, connect({ from: { step: 'a', output: 'out' }, to: { step: 'c', input: 'k' } }));
    expect(content.document.jobs['c']?.inputs['k']).toBe(from('a'));
  });

  it('insert copies under free keys whose wires stay among themselves', () => {
    const { b, c } = chain.document.jobs;
    if (!b || !c) throw new Error('expected both');
    const copied = { steps: { b: { step: b, position: { x: 0, y: 0 } }, c: { step: c } }, offset: { x: 32, y: 32 }, keepsIncoming: false };
    const { ops, keys } = insertSteps(chain, copied);
    const { content } = apply(chain, ops);
    expect(keys).toEqual(['b_2', 'c_2']);
    expect(content.document.jobs['b_2']?.inputs).toEqual({});
    expect(content.document.jobs['c_2']?.inputs['i']).toBe(from('b_2'));
    expect(content.layout.steps['b_2']).toEqual({ x: 32, y: 32 });
  });

  it('insert copies whose orders and conditions stay among themselves, also where they change keys with each other', () => {
    const step = (more: object): Step => ({ command: 'true', inputs: {}, outputs: {}, ...more });
    const steps = { x_2: { step: step({}) }, x: { step: step({ depends_on: ['x_2', 'gone'], when: '${{parent.jobs.x_2.outputs.ok}}' }) } };
    const inserted = insertSteps(chain, { steps, offset: { x: 0, y: 0 }, keepsIncoming: false });
    const { jobs } = apply(chain, inserted.ops).content.document;
    expect(inserted.keys).toEqual(['x', 'x_2']);
    expect(jobs['x_2']).toMatchObject({ depends_on: ['x'], when: '${{parent.jobs.x.outputs.ok}}' });
    const kept = apply(chain, insertSteps(chain, { steps, offset: { x: 0, y: 0 }, keepsIncoming: true }).ops).content.document;
    expect(kept.jobs['x_2']?.depends_on).toEqual(['x', 'gone']);
  });
});

describe('coalesceOps', () => {
  it('means the same as what it shortens', () => {
    fc.assert(
      fc.property(fc.array(anyOp, { maxLength: 20 }), (ops) => {
        const { content, ops: applicable } = rebaseOps(chain, ops);
        const shortened = apply(chain, coalesceOps(applicable)).content;
        expect(shortened).toEqual(content);
        expect(orderOf(shortened)).toEqual(orderOf(content));
      }),
      dose(500),
    );
  });

  it('folds the moves of one drag into the last', () => {
    const moves = [1, 2, 3].map((x): DraftOp => ({ op: 'layout.move', step: 'a', to: { x, y: 0 } }));
    expect(coalesceOps(moves)).toEqual([moves[2]]);
  });
});

describe('rebaseOps', () => {
  it('brings two clients and the server to the same content', () => {
    fc.assert(
      fc.property(fc.array(anyOp, { maxLength: 8 }), fc.array(anyOp, { maxLength: 8 }), (first, second) => {
        // Both edit the same draft; the server takes the first's edits, then what is left of the second's on top of them.
        const taken = rebaseOps(chain, first);
        const server = rebaseOps(taken.content, second);
        const firstClient = apply(apply(chain, taken.ops).content, server.ops).content;
        const secondClient = apply(taken.content, server.ops).content;
        expect(firstClient).toEqual(server.content);
        expect(secondClient).toEqual(server.content);
        expect([...server.ops, ...server.lost.map(({ op }) => op)]).toHaveLength(second.length);
      }),
      dose(300),
    );
  });

  it('lets whoever writes last decide a place, and keeps what others wrote elsewhere', () => {
    fc.assert(
      fc.property(fc.array(anyOp.filter(isSetter), { maxLength: 8 }), fc.array(anyOp.filter(isSetter), { maxLength: 8 }), (theirs, mine) => {
        const server = rebaseOps(chain, theirs);
        const { content, ops } = rebaseOps(server.content, mine);
        const last = new Map([...server.ops, ...ops].map((op) => [targetOf(op), op]));
        // Writing the last value of every place once more changes nothing: it stands there.
        expect(apply(content, [...last.values()]).content).toEqual(content);
      }),
      dose(300),
    );
  });

  it('says what cannot be replayed because its step is gone', () => {
    const { content } = apply(chain, [{ op: 'step.remove', step: 'c' }]);
    const op: DraftOp = { op: 'step.setField', step: 'c', field: 'compute', value: 'local' };
    expect(rebaseOps(content, [op]).lost).toEqual([{ op, message: 'there is no step c' }]);
  });
});
