import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyDraftOps } from '../draft/apply-draft-ops.ts';
import type { DraftContent, DraftOp } from '../draft/draft-op.ts';
import { rebaseOps } from '../draft/rebase-ops.ts';
import { emptyLayout } from '../pipeline/layout.ts';
import { Pipeline } from '../pipeline/pipeline.ts';
import { dose } from '../testing/dose.ts';
import { readComponent } from './read-component.ts';
import { readPipeline } from './read-pipeline.ts';
import { writeComponent } from './write-component.ts';
import { writePipeline } from './write-pipeline.ts';

const text = `# the whole story
$schema: x
type: pipeline
display_name: Prices # shown in lists
future_key: { deep: [ 1, two ] }
inputs:
  seed: 42
jobs:
  load:
    command: echo hi > \${{outputs.out}}/x
    outputs:
      out:
    made_up: yes please
x-pipewright:
  layout:
    steps:
      load: { x: 8, y: 16 }
  other: kept
`;

function apply(original: string, ops: readonly DraftOp[]): DraftContent {
  const { content } = readPipeline(original);
  const applied = content && applyDraftOps(content, ops);
  if (!applied?.ok) throw new Error('expected a pipeline and operations that fit it');
  return applied.content;
}

const rewrite = (original: string, ops: readonly DraftOp[]): string => writePipeline(apply(original, ops), original);

/** JSON knows no −0. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('readPipeline', () => {
  it.each([
    [
      'a bomb of aliases',
      `a: &a [x, x, x, x, x, x, x, x, x]\n${'bcdefghij'.replaceAll(/./g, (c) => `${c}: &${c} [${Array.from({ length: 9 }, () => `*${String.fromCodePoint((c.codePointAt(0) ?? 0) - 1)}`).join(', ')}]\n`)}jobs: {}\n`,
      'aliases stand for more',
    ],
    ['lists nested too deeply', `jobs: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`, 'nested too deeply'],
    ['maps nested too deeply', `jobs: ${'{a: '.repeat(6000)}1${'}'.repeat(6000)}\n`, 'nested too deeply'],
    ['ten megabytes', `jobs: {}\n# ${'x'.repeat(10 * 1024 * 1024)}\n`, 'no more than 8 MB'],
    ['a NUL byte', 'jobs:\n  a: { command: "ec\0ho" }\n', 'NUL byte'],
  ])('refuses %s in words', (_what, bad, words) => {
    const { content, problems } = readPipeline(bad, 'p.yml');
    expect(content).toBeNull();
    expect(problems[0]).toMatchObject({ severity: 'error', code: 'yaml-syntax', file: 'p.yml', message: expect.stringContaining(words) });
  });

  it('takes the layout out and keeps what it does not know', () => {
    const { content, problems } = readPipeline(text, 'p.yml');
    expect(problems).toEqual([]);
    expect(content?.layout.steps).toEqual({ load: { x: 8, y: 16 } });
    expect(content?.document).toMatchObject({ future_key: { deep: [1, 'two'] }, 'x-pipewright': { other: 'kept' } });
  });

  it.each([
    ['jobs:\n  a: [1\n', 'yaml-syntax', 3],
    ['just words', 'not-a-pipeline', 1],
    ['type: uri_file\npath: x\n', 'not-a-pipeline', 1],
    ['type: pipeline\njobs:\n  a:\n    command: x\n    inputs: 7\n', 'invalid-value', 5],
    ['type: pipeline\njobs:\n  a:\n    command: x\n  a:\n    command: y\n', 'yaml-syntax', 5],
  ])('says what is wrong with %j and where', (wrong, code, line) => {
    expect(readPipeline(wrong, 'p.yml').problems[0]).toMatchObject({ severity: 'error', code, line, file: 'p.yml' });
  });

  it('says so when the layout cannot be read, and does without', () => {
    const { content, problems } = readPipeline('jobs: { a: { command: x } }\nx-pipewright: { layout: { steps: { a: 5 } }, other: 1 }\n', 'p.yml');
    expect(problems).toMatchObject([{ severity: 'warning', line: 2 }]);
    expect(content).toMatchObject({ layout: emptyLayout, document: { 'x-pipewright': { other: 1 } } });
  });

  it('leaves out places of steps that are not there', () => {
    const { content } = readPipeline('jobs: { a: { command: x } }\nx-pipewright: { layout: { steps: { b: { x: 1, y: 2 } } } }\n');
    expect(content?.layout.steps).toEqual({});
  });

  it('finds the place of a problem of the document', () => {
    const { locate } = readPipeline(text, 'p.yml');
    const problem = { severity: 'error' as const, code: 'missing-input' as const, message: 'm', path: ['jobs', 'load', 'inputs', 'data'] };
    expect(locate([problem])[0]).toMatchObject({ file: 'p.yml', line: 9, column: 3 });
  });
});

describe('what Azure’s tools take', () => {
  const said = (source: string): string[] => readPipeline(source).problems.map(({ severity, line, message }) => `${line} ${severity} ${message}`);

  it('is a literal in a map, as it is written in older files', () => {
    const source = 'inputs:\n  rows: { value: 5 }\njobs:\n  a: { command: x, inputs: { name: { value: t5 } } }\n';
    expect(readPipeline(source).content?.document).toMatchObject({ inputs: { rows: 5 }, jobs: { a: { inputs: { name: 't5' } } } });
    expect(said(source)).toEqual([
      '2 warning inputs.rows is a map with a value: 5 is taken.',
      '4 warning jobs.a.inputs.name is a map with a value: "t5" is taken.',
    ]);
    expect(rewrite(source, [])).toBe(source);
  });

  it('is named as the file has it, where the file is a job of one step', () => {
    expect(said('name: one\ncommand: x\nresources: nothing\n')).toEqual(['3 warning resources is no map and has no effect.']);
    expect(said('name: one\ncommand: [x]\n')).toEqual(['2 error command must be text, not a list.']);
  });

  it('is no workflow of GitHub Actions, which has jobs too', () => {
    const workflow = 'name: ci\non: push\njobs:\n  test-it: { runs-on: ubuntu-latest, steps: [] }\n  call: { uses: ./x.yml }\n';
    expect(said(workflow)).toEqual(['3 error The file is a workflow of GitHub Actions, not a pipeline.']);
  });
});

describe('writePipeline', () => {
  it('gives back the text that it was read from when nothing changed', () => {
    const { content } = readPipeline(text);
    expect(content && writePipeline(content, text)).toBe(text);
  });

  it('changes only what changed', () => {
    const { content } = readPipeline(text);
    if (!content) throw new Error('expected a pipeline');
    const document = { ...content.document, inputs: { seed: 7 } };
    expect(writePipeline({ ...content, document }, text)).toBe(text.replace('seed: 42', 'seed: 7'));
  });

  it('patches around anchors, aliases and merge keys as long as what they stand for stays', () => {
    const shared = `x: &limits { timeout: 60 } # for all
jobs:
  a:
    command: echo a # first
    limits: *limits
  b: { command: echo b, environment_variables: &vars { A: "1" } }
  c:
    command: echo c
    environment_variables:
      <<: *vars
      B: "2"
`;
    const written = rewrite(shared, [
      { op: 'step.setField', step: 'a', field: 'command', value: 'echo z' },
      { op: 'step.setField', step: 'c', field: 'environment_variables', value: { A: '1', B: '3' } },
    ]);
    expect(written).toBe(shared.replace('echo a #', 'echo z #').replace('B: "2"', 'B: "3"'));
    const other = rewrite(shared, [{ op: 'step.setField', step: 'b', field: 'environment_variables', value: { A: '2' } }]);
    expect(readPipeline(other).content?.document.jobs).toMatchObject({
      b: { environment_variables: { A: '2' } },
      c: { environment_variables: { A: '1', B: '2' } },
    });
  });

  it('keeps comments, order and way of writing around what changed', () => {
    const commented = `# head
jobs:
  # about prep
  prep:
    command: >-
      python prep.py
      --seed \${{inputs.seed}}
    inputs:
      seed: 42 # the answer
  # about train
  train: { command: "train", odd: [ 1,2 ] } # inline
# tail
`;
    const written = rewrite(commented, [
      { op: 'step.rename', step: 'prep', to: 'prepare' },
      { op: 'step.setInput', step: 'prepare', input: 'seed', value: 7 },
      { op: 'step.setField', step: 'train', field: 'compute', value: 'local' },
    ]);
    expect(written.match(/#.*/g)).toEqual(['# head', '# about prep', '# the answer', '# about train', '# inline', '# tail']);
    expect(written).toContain('  # about prep\n  prepare:\n');
    expect(written).toContain('seed: 7 # the answer');
    expect(written).toContain('train: { command: "train", odd: [ 1,2 ], compute: local } # inline');
  });

  it('changes the lines of an edit and no other, whatever the text looks like', () => {
    const odd = `# a
settings:   {continue_on_step_failure:   false}   # b

jobs:


      a:       # c
            command:   'x'      # d
            # about the inputs
            inputs:
                rate:   0.10   # e
                kind: "tree"

                # f
      b:
        command: |
          one
          two
        environment_variables: { A: '1',   B: "2" }
# g
`;
    const after = (ops: readonly DraftOp[]): string[] => {
      const [before, now] = [odd.split('\n'), rewrite(odd, ops).split('\n')];
      const kept = before.filter((line) => now.includes(line));
      return [`${before.length - kept.length} gone`, ...now.filter((line) => !before.includes(line))];
    };
    expect(after([{ op: 'step.setInput', step: 'a', input: 'rate', value: 0.2 }])).toEqual(['1 gone', '                rate:   0.2   # e']);
    expect(after([{ op: 'step.setInput', step: 'a', input: 'kind', value: 'forest' }])).toEqual(['1 gone', '                kind: "forest"']);
    expect(after([{ op: 'step.setField', step: 'a', field: 'command', value: "it's" }])).toEqual(['1 gone', "            command:   'it''s'      # d"]);
    expect(after([{ op: 'step.setInput', step: 'a', input: 'depth', value: 3 }])).toEqual(['0 gone', '                depth: 3']);
    expect(after([{ op: 'step.setInput', step: 'a', input: 'kind' }])).toEqual(['1 gone']);
    expect(after([{ op: 'step.setField', step: 'b', field: 'compute', value: 'local' }])).toEqual(['0 gone', '        compute: local']);
    expect(after([{ op: 'pipeline.setSettings', field: 'force_rerun', value: true }])).toEqual([
      '1 gone',
      'settings:   {continue_on_step_failure:   false, force_rerun: true}   # b',
    ]);
    expect(after([{ op: 'step.rename', step: 'b', to: 'other' }])).toEqual(['1 gone', '      other:']);
  });

  it('has inputs and outputs in the order of the pipeline, each with its comments', () => {
    const text = (inputs: string, outputs: string): string => `# head\ninputs:\n${inputs}outputs: ${outputs} # all\njobs:\n  a: { command: x }\n`;
    const [one, two, three] = [
      '  # the first\n  one: 1 # small\n',
      '  two:\n    type: string\n    # said so\n    default: "2"\n',
      '\n  # the last\n  three: 3.0\n',
    ];
    const before = text(one + two + three, '{ p: { type: uri_file }, q:   { type: mltable } }');
    const moved = rewrite(before, [
      { op: 'pipeline.movePort', side: 'inputs', name: 'two', before: 'one' },
      { op: 'pipeline.movePort', side: 'outputs', name: 'p' },
    ]);
    expect(moved).toBe(text(two + one + three, '{ q:   { type: mltable }, p: { type: uri_file } }'));
    expect(rewrite(moved, [{ op: 'pipeline.movePort', side: 'inputs', name: 'one', before: 'two' }])).toContain(one + two + three);
    const last = 'jobs: { a: { command: x } }\r\ninputs:\r\n  one: 1\r\n  two: 2';
    expect(rewrite(last, [{ op: 'pipeline.movePort', side: 'inputs', name: 'one' }])).toBe(
      last.replace('one: 1', 'x').replace('two: 2', 'one: 1').replace('x\r', 'two: 2\r'),
    );
  });

  it('leaves what it took for something else as it was written, and a file of another kind aside', () => {
    const lax = 'display_name: 5\ntags:\nsettings: { force_rerun: "true" }\njobs:\n  a:\n    description: 7\n    command: x\n    code:\n';
    expect(rewrite(lax, [])).toBe(lax);
    expect(rewrite(lax, [{ op: 'step.setField', step: 'a', field: 'compute', value: 'local' }])).toBe(`${lax}    compute: local\n`);
    const job = 'command: echo hi\ncompute: azureml:cpu\n';
    expect(rewrite(job, [])).toMatch(/^type: pipeline\n[^]*jobs:\n/);
  });

  it('does not add what the text leaves to its default', () => {
    const inline =
      'jobs:\n  a:\n    component:\n      command: x\n  b:\n    type: sweep\n    trial: { command: y }\n    search_space: { z: { type: choice, values: [1] } }\n';
    expect(rewrite(inline, [])).toBe(inline);
    expect(rewrite(inline, [{ op: 'step.setField', step: 'b', field: 'compute', value: 'local' }])).toBe(`${inline}    compute: local\n`);
    const short = 'jobs:\n  a:\n    command: x\n';
    expect(rewrite(short, [])).toBe(short);
    expect(rewrite(short, [{ op: 'step.setField', step: 'a', field: 'compute', value: 'local' }])).toBe(`${short}    compute: local\n`);
  });

  it('keeps the line ends of the text', () => {
    expect(rewrite('jobs:\r\n  a:\r\n    command: x\r\n', [{ op: 'step.setField', step: 'a', field: 'compute', value: 'y' }])).toBe(
      'jobs:\r\n  a:\r\n    command: x\r\n    compute: y\r\n',
    );
  });

  it('takes away a key that we do not know, whatever was in it', () => {
    const odd = (value: string): string => `jobs:\n  a:\n    command: x # first\n    odd:${value}\n    more: 1 # last\n`;
    for (const value of ['', ' ~', ' {}', ' []', ' { deep: null }']) {
      expect(rewrite(odd(value), [{ op: 'step.setField', step: 'a', field: 'odd' }])).toBe('jobs:\n  a:\n    command: x # first\n    more: 1 # last\n');
      expect(rewrite(odd(value), [{ op: 'step.setField', step: 'a', field: 'odd', value: 'new' }])).toBe(odd(' new'));
    }
  });

  it('leaves blank lines to a text that ends with them', () => {
    const text = 'jobs:\n  a:\n    command: |+\n      x\n\n\n  b: { command: y }\n';
    expect(rewrite(text, [{ op: 'step.setField', step: 'a', field: 'compute', value: 'c' }])).toBe(text.replace('  b:', '    compute: c\n  b:'));
    expect(rewrite(text, [{ op: 'step.remove', step: 'a' }])).toBe('jobs:\n  b: { command: y }\n');
  });

  it('tells a comment from a # between braces', () => {
    const data = '{ path: "https://example.org/a#b" }';
    expect(rewrite(`jobs: { a: { command: x, inputs: { d: ${data} } }, b: { command: y } } # both\n`, [{ op: 'step.remove', step: 'a' }])).toBe(
      'jobs: { b: { command: y } } # both\n',
    );
  });

  it('quotes what tools with an older YAML take for something else', () => {
    const document = Pipeline.parse({ inputs: { no: 'yes', time: '1:30', day: '2026-01-02', year: '2026', plain: 'x-y' }, jobs: {} });
    const written = writePipeline({ document, layout: emptyLayout });
    expect(written).toContain('  "no": "yes"\n  time: "1:30"\n  day: "2026-01-02"\n  year: "2026"\n  plain: x-y\n');
  });

  it.each([
    ['an anchor that others read is removed', 'jobs:\n  a: &x { command: x }\n  b:\n    <<: *x\n', { op: 'step.remove', step: 'a' }],
    [
      'one of two steps that are one in the text changes',
      'jobs:\n  a: &x { command: x }\n  b: *x\n',
      { op: 'step.setField', step: 'a', field: 'compute', value: 'y' },
    ],
    [
      'what came by a merge is removed',
      'jobs:\n  a: &x { command: x, compute: c }\n  b: { <<: *x, tags: { k: v } }\n',
      { op: 'step.setField', step: 'b', field: 'compute' },
    ],
  ] satisfies [string, string, DraftOp][])('still says the same when %s', (_what, original, op) => {
    const changed = apply(original, [op]);
    expect(readPipeline(writePipeline(changed, original)).content).toEqual(changed);
  });

  it('says after any edits of a text what the draft says', () => {
    const names = fc.constantFrom('load', 'b', 'c');
    const anyOp: fc.Arbitrary<DraftOp> = fc.oneof(
      fc.record({ op: fc.constant('step.add' as const), step: names, value: fc.constant({ command: 'x', inputs: {}, outputs: {} }) }),
      fc.record({ op: fc.constant('step.remove' as const), step: names }),
      fc.record({ op: fc.constant('step.rename' as const), step: names, to: names }),
      fc.record({
        op: fc.constant('step.setInput' as const),
        step: names,
        input: fc.constantFrom('i', 'yes', '<<'),
        value: fc.option(fc.oneof(fc.string(), fc.integer(), fc.boolean()), { nil: undefined }),
      }),
      fc.record({
        op: fc.constant('pipeline.setMeta' as const),
        field: fc.constantFrom('display_name', 'description'),
        value: fc.option(fc.string(), { nil: undefined }),
      }),
      fc.record({ op: fc.constant('layout.move' as const), step: names, to: fc.option(fc.record({ x: fc.nat(9), y: fc.nat(9) }), { nil: undefined }) }),
    );
    fc.assert(
      fc.property(fc.array(anyOp, { maxLength: 8 }), (ops) => {
        const read = readPipeline(text).content;
        if (!read) throw new Error('expected a pipeline');
        const { content } = rebaseOps(read, ops);
        expect(asJson(readPipeline(writePipeline(content, text)).content)).toEqual(asJson(content));
      }),
      dose(200),
    );
  });

  it('loses nothing on the way to a new text and back', () => {
    const names = fc.constantFrom('a', 'b_2', 'Load', 'train');
    const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true }));
    const steps = fc.dictionary(names, fc.record({ command: fc.string({ minLength: 1 }), inputs: fc.dictionary(names, scalar), odd: fc.jsonValue() }), {
      minKeys: 1,
    });
    fc.assert(
      fc.property(steps, fc.dictionary(names, scalar), fc.jsonValue(), (jobs, inputs, unknown) => {
        const document = Pipeline.parse({ type: 'pipeline', display_name: 'P', inputs, jobs, x_unknown: unknown });
        const layout = { ...emptyLayout, steps: Object.fromEntries(Object.keys(jobs).map((key, y) => [key, { x: 1, y }])) };
        const again = readPipeline(writePipeline({ document, layout }));
        expect(asJson(again.content)).toEqual(asJson({ document, layout }));
      }),
      dose(200),
    );
  });
});

describe('readComponent', () => {
  it('checks that the command names only what is declared', () => {
    const { problems } = readComponent('name: a\ncommand: cp ${{inputs.sorce}} x\ninputs:\n  source: { type: uri_file }\n', 'c.yml');
    expect(problems).toMatchObject([{ code: 'undeclared-placeholder', line: 2, message: expect.stringContaining('source') }]);
  });

  it('refuses names that no shell could take', () => {
    const { problems } = readComponent('command: x\ninputs:\n  home: { type: string }\n', 'c.yml');
    expect(problems).toMatchObject([{ severity: 'error', code: 'reserved-name', line: 3, file: 'c.yml' }]);
  });

  it('reads what is written of it', () => {
    const { component } = readComponent(
      'name: a\nversion: 1\ncommand: cp ${{inputs.source}} ${{outputs.copy}}\ninputs:\n  source: { type: uri_file }\noutputs:\n  copy: { type: uri_file }\nmade_up: [ 1 ]\n',
    );
    expect(component && readComponent(writeComponent(component))).toMatchObject({ component, problems: [] });
  });

  it('says where a component is not one', () => {
    expect(readComponent('type: command\ncommand: x\ninputs:\n  a: { type: tabel }\n').problems).toMatchObject([{ code: 'invalid-component', line: 4 }]);
  });
});
