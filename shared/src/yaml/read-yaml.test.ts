import { describe, expect, it } from 'vitest';
import { readYaml } from './read-yaml.ts';

describe('readYaml', () => {
  it('reads aliases and merge keys', () => {
    expect(readYaml('a: &x { p: 1, q: 2 }\nb: *x\nc: { <<: *x, q: 3 }\n').value).toEqual({ a: { p: 1, q: 2 }, b: { p: 1, q: 2 }, c: { p: 1, q: 3 } });
  });

  it.each([
    ['a: 1\nb: 2\na: 3\n', 3, 1, 'the key a stands here a second time'],
    ['a:\n  b: *nothing\n', 2, 6, '"*nothing" stands for nothing'],
    ['a: 1\n---\nb: 2\n', 2, 1, 'several documents'],
    ['a:\n  ? [x, y]\n  : 1\n', 2, 5, 'a key must be a name'],
    ['a: "open\n', 2, 1, 'quote'],
    ['a:\n\tb: 1\n', 2, 1, 'a tab'],
    ['a: b: c\n', 1, 4, 'a second ": " stands on this line'],
    ['a:\n  b: 1\n   c: 2\n', 2, 6, 'a second'],
    ['a:\n  b: 1\n  half\n', 3, 3, 'a key has no ":" after it'],
    ['a: "open\nb: "shut"\n', 1, 9, 'never closed'],
    ['a: {{ version }}\n', 1, 5, 'has to stand in quotes'],
    ['a: 1\nimage: {{registry}}/name\n', 2, 20, 'has to stand in quotes'],
  ])('says what keeps %j from being data, and where', (text, line, column, message) => {
    expect(readYaml(text).errors[0]).toMatchObject({ message: expect.stringContaining(message), position: { line, column } });
    expect(readYaml(text).value).toBeUndefined();
  });

  it.each([
    ['with double quotes', 'a:\n  b: "one \\\n  two\n  three"\n  c: 3\n', { a: { b: 'one two three', c: 3 } }],
    ['with single quotes', "a:\n  b: 'one\n two'\n  c: 3\n", { a: { b: 'one two', c: 3 } }],
    ['at the top', 'a: "one\ntwo"\nc: 3\n', { a: 'one two', c: 3 }],
    ['with the line ends of Windows', 'a:\r\n  b: "one\r\n  two"\r\n', { a: { b: 'one two' } }],
  ])('reads texts in quotes that go on further left than YAML lets them, %s, and says so', (_how, text, value) => {
    const read = readYaml(text);
    expect(read).toMatchObject({ value, errors: [], warnings: [{ message: expect.stringContaining('YAML forbids') }] });
    expect(readYaml('a: "one\n  two"\n').warnings).toEqual([]);
    if ('c' in value) expect(read.positionOf(['c'])).toEqual({ line: 3, column: 1 });
  });

  it.each([
    ['a: { x: 1\nb: 2\n', 'the { before this is not closed: a } is missing', 2],
    ['a: [1, 2\nb: 3\n', 'the [ before this is not closed: a ] is missing', 2],
    ['a: { x: 1 }}\n', '"}" stands where it has no meaning', 1],
    ['- a\nb: 1\n', 'what stands here belongs neither to the list or map above nor to one of its own', 2],
  ])('says in plain words what is wrong with %j', (text, message, line) => {
    expect(readYaml(text).errors[0]).toMatchObject({ message, position: { line } });
  });

  it('says once that a text is nested too deeply, closed or not', () => {
    expect(readYaml(`a: ${'['.repeat(100_000)}`).errors).toMatchObject([{ message: 'it is nested too deeply' }]);
    expect(readYaml(`a: ${'{a: '.repeat(20_000)}`).errors).toMatchObject([{ message: 'it is nested too deeply' }]);
  });

  it('refuses a text whose aliases would blow up', () => {
    const levels = Array.from({ length: 9 }, (_, level) => `a${level + 1}: &a${level + 1} [${`*a${level}, `.repeat(9)}]`);
    expect(readYaml(['a0: &a0 x', ...levels].join('\n')).errors).toHaveLength(1);
  });

  it('finds the place of a path, or of what of it is there', () => {
    const { positionOf } = readYaml('a:\n  b:\n    - x\n    - y: 1\n');
    expect(positionOf(['a', 'b', 1, 'y'])).toEqual({ line: 4, column: 7 });
    expect(positionOf(['a', 'b', 7])).toEqual({ line: 2, column: 3 });
    expect(positionOf(['a', 'missing', 'deeper'])).toEqual({ line: 1, column: 1 });
    expect(positionOf([])).toEqual({ line: 1, column: 1 });
  });

  it('looks at each name once: nine hundred aliases among many steps', () => {
    const steps = Array.from({ length: 5000 }, (_, index) => `  s${index}: { command: echo, inputs: { n: ${index}, e: ${index < 900 ? '*e' : 'x'} } }\n`);
    const { errors, value } = readYaml(`e: &e text\njobs:\n${steps.join('')}`);
    expect(errors).toEqual([]);
    expect(value).toMatchObject({ jobs: { s899: { inputs: { e: 'text' } } } });
  });

  it('refuses the name that would be lost, and takes others that objects have', () => {
    expect(readYaml('jobs:\n  __proto__: { command: echo }\n').errors).toEqual([{ message: '__proto__ cannot be a name', position: { line: 2, column: 3 } }]);
    expect(readYaml('constructor: 1\ntoString: 2\n')).toMatchObject({ errors: [], value: { constructor: 1, toString: 2 } });
  });

  it('knows an alias by an anchor before it, one in a key or in itself too', () => {
    expect(readYaml('&k a: 1\nb: *k\n').value).toEqual({ a: 1, b: 'a' });
    expect(readYaml('a: *x\nb: &x 1\n').errors).toMatchObject([{ message: expect.stringContaining('there is no "&x" before it') }]);
  });
});
