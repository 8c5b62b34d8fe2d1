import { describe, expect, it } from 'vitest';
import { applyDraftOps } from '../draft/apply-draft-ops.ts';
import { removeSteps } from '../draft/compound-ops.ts';
import type { DraftOp } from '../draft/draft-op.ts';
import { readPipeline } from './read-pipeline.ts';
import { writePipeline } from './write-pipeline.ts';

/** The text without the step `a`, read again to hold what the draft holds. */
function withoutA(text: string): string {
  const { content, problems } = readPipeline(text);
  if (!content) throw new Error(problems.map(({ message }) => message).join('\n'));
  const edited = applyDraftOps(content, removeSteps(content, new Set(['a'])));
  if (!edited.ok) throw new Error(edited.message);
  const written = writePipeline(edited.content, text);
  expect(readPipeline(written).content).toEqual(edited.content);
  return written;
}

describe('a step that goes, and that others take their words from', () => {
  it('leaves them to the first of those, which the rest goes on naming', () => {
    const text = `jobs:
  a: &base
    command: x
    # where it runs
    environment_variables: { A: "1" } # one
  # second
  b:
    <<: *base # merged
    compute: c # here
  c: *base
`;
    expect(withoutA(text)).toBe(`jobs:
  # second
  b:
    <<: &base # merged
      command: x
      # where it runs
      environment_variables: { A: "1" } # one
    compute: c # here
  c: *base
`);
  });

  it('leaves a part of it, in its own lines and with its comments', () => {
    const variables = '&vars # shared\r\n      A: "1" # one\r\n\r\n      B: |\r\n        two\r\n        lines\r\n';
    const text = `jobs:\r\n  a:\r\n    command: x\r\n    environment_variables: ${variables}  b:\r\n    environment_variables: *vars # as above\r\n    command: y # kept\r\n`;
    expect(withoutA(text)).toBe(
      'jobs:\r\n  b:\r\n    environment_variables: &vars # as above\r\n      A: "1" # one\r\n\r\n      B: |\r\n        two\r\n        lines\r\n    command: y # kept\r\n',
    );
  });

  it('leaves what stands between braces, and single values', () => {
    const text = `jobs:
  a: { command: &c "x  y", limits: &l { timeout: 5 }, inputs: { n: &n 7 } }
  b: { command: *c, limits: *l, inputs: { m: *n } } # b
  c:
    command: z
    limits: *l
    inputs: { m: *n, k: *n }
`;
    expect(withoutA(text)).toBe(`jobs:
  b: { command: &c "x  y", limits: &l { timeout: 5 }, inputs: { m: &n 7 } } # b
  c:
    command: z
    limits: *l
    inputs: { m: *n, k: *n }
`);
  });

  it('leaves each anchor inside of it to who names that one first, and to nobody else', () => {
    const text = 'jobs:\n  a: &x\n    command: x\n    inputs: &i\n      p: 1\n  b:\n    command: y\n    inputs: *i\n  c:\n    <<: *x\n';
    expect(withoutA(text)).toBe('jobs:\n  b:\n    command: y\n    inputs: &i\n      p: 1\n  c:\n    <<: &x { command: x, inputs: { p: 1 } }\n');
  });

  it('says what it took from elsewhere in its own words', () => {
    const text = `x: &v { A: "1" } # v
jobs:
  a:
    command: &c |
      one
      two
    environment_variables: &w
      <<: *v
      B: "2"
  b:
    command: *c
    environment_variables: *w # w
`;
    expect(withoutA(text)).toBe(`x: &v { A: "1" } # v
jobs:
  b:
    command: &c "one\\ntwo\\n"
    environment_variables: &w { A: "1", B: "2" } # w
`);
  });

  it('leaves nothing to who names another anchor of that name', () => {
    const text = 'jobs:\n  a: { command: &c x }\n  b: { command: &c y } # b\n  c: { command: *c } # c\n';
    expect(withoutA(text)).toBe('jobs:\n  b: { command: &c y } # b\n  c: { command: *c } # c\n');
  });
});

describe('a value with an anchor that stays', () => {
  const edit = (text: string, ops: DraftOp[]): string => {
    const { content } = readPipeline(text);
    const edited = content ? applyDraftOps(content, ops) : null;
    if (!edited?.ok) throw new Error('expected a pipeline and an edit of it');
    const written = writePipeline(edited.content, text);
    expect(readPipeline(written).content).toEqual(edited.content);
    return written;
  };

  it.each([
    ['over lines', (n: string, m: string) => `jobs:\n  a:\n    command: x\n    inputs:\n      n: ${n} # n\n      m: ${m} # m\n`],
    ['between braces', (n: string, m: string) => `jobs:\n  a: { command: x, inputs: { n: ${n}, m: ${m} } }\n`],
  ])('keeps it with its new words, %s', (_where, text) => {
    const set: DraftOp = { op: 'step.setInput', step: 'a', input: 'n', value: 8 };
    expect(edit(text('&k 7', '*k'), [set])).toBe(text('&k 8', '7'));
  });

  it.each([
    ['', '&base\n'],
    ['# first\n      ', '&base # shared\n'],
  ])('keeps it when the first member of it goes: %j', (above, anchor) => {
    const text = `jobs:\n  a:\n    command: x\n    inputs: ${anchor}      ${above}p: 1\n      q: 2 # q\n  b:\n    command: y\n    inputs: *base\n`;
    expect(edit(text, [{ op: 'step.setInput', step: 'a', input: 'p' }])).toBe(
      `jobs:\n  a:\n    command: x\n    inputs: ${anchor}      q: 2 # q\n  b:\n    command: y\n    inputs:\n      p: 1\n      q: 2\n`,
    );
  });

  it('keeps that of a key, of a step and of the whole', () => {
    expect(
      edit('&all\n# c\ndescription: d\njobs:\n  &k a: &s\n    description: *k\n    command: x\n  b: *s\n', [
        { op: 'pipeline.setMeta', field: 'description' },
        { op: 'step.rename', step: 'a', to: 'z' },
        { op: 'step.setField', step: 'z', field: 'compute', value: 'c' },
      ]),
    ).toBe('&all\njobs:\n  &k z: &s\n    description: a\n    command: x\n    compute: c\n  b:\n    description: a\n    command: x\n');
  });
});
