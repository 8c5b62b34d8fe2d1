import { describe, expect, it } from 'vitest';
import { placeInYaml } from './place-in-yaml.ts';

/** The text up to the mark, and where it stands. */
function placeOf(marked: string): [string, string, string] {
  const offset = marked.indexOf('▮');
  const text = marked.replace('▮', '');
  const { kind, path, from } = placeInYaml(text, offset);
  return [kind, path.join('.'), text.slice(from, offset)];
}

describe('placeInYaml', () => {
  it.each([
    ['▮', 'key', '', ''],
    ['ty▮', 'key', '', 'ty'],
    ['type: pi▮', 'value', 'type', 'pi'],
    ['type: ▮\njobs:\n', 'value', 'type', ''],
    ['jobs:\n  a:\n    comm▮', 'key', 'jobs.a', 'comm'],
    ['jobs:\n  a:\n    command: x\n    ▮', 'key', 'jobs.a', ''],
    ['jobs:\n  a:\n    command: x\n  ▮\n  b:\n', 'key', 'jobs', ''],
    ['jobs:\n  a:\n    inputs:\n      data: ${{par▮', 'value', 'jobs.a.inputs.data', '${{par'],
    ['jobs:\n  a:\n    inputs:\n\n      # about it\n      da▮: 1', 'key', 'jobs.a.inputs', 'da'],
    ['jobs:\n  a:\n    command: |\n      python x.py\n        --seed: ▮', 'words', 'jobs.a.command', '--seed: '],
    ['jobs:\n  a:\n    command: >-\n      x: y\n    comp▮', 'key', 'jobs.a', 'comp'],
    ['# head ▮', 'comment', '', ''],
    ['type: pipeline # he▮', 'comment', '', ''],
    ['description: "a # b▮', 'value', 'description', '"a # b'],
    ['jobs:\n  a: { command: x, inp▮', 'key', 'jobs.a', 'inp'],
    ['jobs:\n  a: { inputs: { seed: 4▮ } }', 'value', 'jobs.a.inputs.seed', '4'],
    ['jobs:\n  a: { inputs: { seed: "a, b", ▮ } }', 'key', 'jobs.a.inputs', ''],
    ['jobs:\n  a:\n    inputs: {\n      x: 1,\n      y▮', 'key', 'jobs.a.inputs', 'y'],
    ['jobs:\n  a: { inputs: {} }\n  b▮', 'key', 'jobs', 'b'],
    ['inputs:\n  x:\n    enum: [ a, b▮', 'value', 'inputs.x.enum.1', 'b'],
    ['jobs:\n  a:\n    depends_on:\n      - x\n      - y▮', 'key', 'jobs.a.depends_on.1', 'y'],
    ['jobs:\n  a:\n    depends_on:\n    - x\n    - y\n    - ▮', 'key', 'jobs.a.depends_on.2', ''],
    ['list:\n- name: a\n  value: ▮', 'value', 'list.0.value', ''],
    ['list:\n  - name: a\n  - name: b\n    va▮', 'key', 'list.1', 'va'],
    ['"my key":\n  ▮', 'key', 'my key', ''],
    ['a: 1\n\n▮', 'key', '', ''],
  ])('finds in %j a %s at %j', (marked, kind, path, typed) => {
    expect(placeOf(marked)).toEqual([kind, path, typed]);
  });

  it('finds a place in any text, however it is broken', () => {
    const text = 'a: {b: [\n - "c\n  d: |\n e: }]\n- - f:: g\n\t: h\n';
    for (let offset = 0; offset <= text.length; offset += 1) expect(placeInYaml(text, offset).from).toBeLessThanOrEqual(offset);
  });
});
