import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Binding } from '../expressions/binding.ts';
import type { Scalar } from '../json.ts';
import { dose } from '../testing/dose.ts';
import { checkCondition, type ConditionType } from './check-condition.ts';
import { readsStatus, referencesOf } from './condition-references.ts';
import { describeCondition, evaluateCondition } from './evaluate-condition.ts';
import { parseCondition } from './parse-condition.ts';

const values: Readonly<Record<string, Scalar>> = { rows: 20, name: 'full', ok: true };
const rows = '${{parent.jobs.check.outputs.rows}}';
const name = '${{parent.inputs.name}}';
const world = {
  valueOf: (binding: Binding) => (binding.source === 'step-status' ? 'failed' : (values[binding.name] ?? null)),
  hasFailed: true,
  hasSucceeded: false,
};
const typeOf = (binding: Binding): ConditionType => {
  if (binding.source === 'step-status') return 'text';
  const value = values[binding.name];
  return typeof value === 'number' ? 'number' : typeof value === 'string' ? 'text' : typeof value === 'boolean' ? 'truth' : 'unknown';
};

function read(text: string) {
  const parsed = parseCondition(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.message}`);
  return parsed.condition;
}
const answer = (text: string) => evaluateCondition(read(text), world);
const isTrue = (text: string): boolean => {
  const outcome = answer(text);
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.value;
};
const problems = (text: string) => checkCondition(read(text), typeOf).map(({ severity, message, offset }) => `${severity} ${offset} ${message}`);

describe('a condition', () => {
  it.each([
    [`${rows} > 10 and ${name} == 'full'`, true],
    [`${rows} > 10 && ${name} == "half" || not true`, false],
    [`not ${rows} > 10 or ${rows} == 20`, true],
    ['1 + 2 * 3 == 7 and (1 + 2) * 3 == 9 and 7 % 4 == 3 and 10 - 4 - 3 == 3', true],
    ['-2 < 1 and - 2 * 3 == -6', true],
    [`${name} in ['half', 'full'] and not ${rows} in [1, 2]`, true],
    ["len(trim('  ab ')) == 2 and upper('a') + 0 == 0", 'error'],
    ["startswith('data.csv', 'data') and endswith('data.csv', '.csv') and contains('a-b', '-')", true],
    ["replace('a.b.c', '.', '-') == 'a-b-c' and lower('AB') == 'ab'", true],
    ["number('3.5') == 3.5 and string(3) == '3' and max(1, 5, 3) == 5 and round(2.5) == 3 and abs(-1) == 1", true],
    ['always', true],
    ['failed and not succeeded()', true],
    ["${{parent.jobs.check.status}} == 'failed'", true],
    ["${{jobs.check.status}} != 'completed'", true],
    ['coalesce(${{parent.inputs.none}}, 3) == 3', true],
    ['${{parent.inputs.none}} < 3', false],
    ['${{parent.inputs.none}} == null and ${{parent.inputs.none}} + 1 == null', true],
    ["1 == '1'", false],
    ['false and 1 / 0 > 1', false],
    ['1 / 0 > 1', 'error'],
    ["number('many') > 1", 'error'],
    ["1 < 'a'", 'error'],
    [rows, 'error'],
  ])('%s', (text, expected) => {
    if (expected === 'error') expect(answer(text)).toMatchObject({ ok: false });
    else expect(isTrue(text)).toBe(expected);
  });

  it.each([
    ['', 0, 'something is missing'],
    ['1 <', 3, 'something is missing'],
    ['(1 < 2', 6, '")" is missing'],
    ['1 < 2 < 3', 6, 'cannot be chained'],
    ['rows > 3', 0, "a text stands in quotes: 'rows'"],
    ['lenn("a") > 3', 0, 'did you mean len?'],
    ['len("a", "b") > 3', 0, 'takes 1 values, not 2'],
    ["'open", 0, 'never closed'],
    ['1 = 2', 2, 'write "=="'],
    ['${{parent.jobs.a}} > 1', 0, 'nothing that a pipeline knows'],
    ['${{parent.inputs.a > 1', 0, 'never closed'],
    ['1 2', 2, 'too much'],
    ['('.repeat(100), 64, 'nested too deeply'],
  ])('says what is wrong with %j and where', (text, offset, message) => {
    expect(parseCondition(text)).toEqual({ ok: false, offset, message: expect.stringContaining(message) });
  });

  it.each([
    [`${rows} > 10`, []],
    [`${rows} > 'a'`, ['error 36 ">" cannot compare a number with a text']],
    [`${rows} == 'a'`, ['warning 36 a number and a text are never equal']],
    ['1 + 1', ['error 2 a condition needs a truth value, and this is a number']],
    [`len(${rows}) > 1`, ['error 4 len needs a text, and this is a number']],
    ['true > false', ['error 5 ">" cannot put a truth value in order']],
    ["1 in 'abc'", ['error 5 "in" needs a list after it, as [1, 2]']],
    ['not 1', ['error 4 "not" needs a truth value, and this is a number']],
  ])('checks the types of %s', (text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  it('names what it speaks of, each once, and whether it asks what became of the steps above', () => {
    const text = `${rows} > 1 and ${rows} < 9 and ${name} == 'x'`;
    expect(referencesOf(read(text))).toEqual([
      { source: 'step-output', step: 'check', name: 'rows' },
      { source: 'pipeline-input', name: 'name' },
    ]);
    expect([text, 'not failed', '${{parent.jobs.a.status}} == 1', "'failed' == 'x'"].map((one) => readsStatus(read(one)))).toEqual([false, true, true, false]);
  });

  it('is told with its values in place', () => {
    expect(describeCondition(read(`${rows} > 100 and (${name} == 'x' or not failed)`), world)).toBe(
      '(rows 20 > 100) and ((name "full" == "x") or not failed) is false',
    );
  });

  it('is read or refused with a place in the text, whatever the text', () => {
    const piece = fc.constantFrom('(', ')', '[', ']', ',', '<', '==', 'and', 'not', 'in', '1', "'a'", rows, '${{', 'len', 'failed', '-', ' ');
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 12 }), (pieces) => {
        const text = pieces.join(' ');
        const parsed = parseCondition(text);
        if (!parsed.ok) expect(parsed.offset >= 0 && parsed.offset <= text.length).toBe(true);
        else expect(evaluateCondition(parsed.condition, world)).toHaveProperty('ok');
      }),
      dose(500),
    );
  });

  it('has an answer when its types were found right, but for what is no number', () => {
    fc.assert(
      fc.property(anyTruth, (text) => {
        const condition = read(text);
        expect(checkCondition(condition, typeOf).filter(({ severity }) => severity === 'error')).toEqual([]);
        const outcome = evaluateCondition(condition, world);
        if (!outcome.ok) expect(outcome.message).toContain('is no number');
      }),
      dose(500),
    );
  });
});

const { truth: anyTruth } = fc.letrec<{ truth: string; number: string; text: string }>((tie) => ({
  number: fc.oneof(
    { maxDepth: 3 },
    fc.nat(9).map(String),
    fc.constant(rows),
    fc.tuple(tie('number'), fc.constantFrom('+', '-', '*', '/', '%'), tie('number')).map(([a, operator, b]) => `(${a} ${operator} ${b})`),
    tie('text').map((text) => `len(${text})`),
  ),
  text: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom("'a'", '"full"', name),
    tie('number').map((number) => `string(${number})`),
  ),
  truth: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('true', 'failed', 'always'),
    fc.tuple(tie('number'), fc.constantFrom('<', '>=', '==', '!='), tie('number')).map(([a, operator, b]) => `${a} ${operator} ${b}`),
    fc.tuple(tie('text'), fc.constantFrom('<', '=='), tie('text')).map(([a, operator, b]) => `${a} ${operator} ${b}`),
    fc.tuple(tie('truth'), fc.constantFrom('and', 'or'), tie('truth')).map(([a, operator, b]) => `(${a}) ${operator} (${b})`),
    tie('truth').map((truth) => `not (${truth})`),
  ),
}));
