import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyLayout } from '../pipeline/layout.ts';
import { Pipeline } from '../pipeline/pipeline.ts';
import { dose } from '../testing/dose.ts';
import { readComponent } from './read-component.ts';
import { readPipeline } from './read-pipeline.ts';
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

/** JSON knows no −0. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('readPipeline', () => {
  it('takes the layout out and keeps what it does not know', () => {
    const { content, problems } = readPipeline(text, 'p.yml');
    expect(problems).toEqual([]);
    expect(content?.layout.steps).toEqual({ load: { x: 8, y: 16 } });
    expect(content?.document).toMatchObject({ future_key: { deep: [1, 'two'] }, 'x-pipewright': { other: 'kept' } });
  });

  it.each([
    ['jobs:\n  a: [1\n', 'yaml-syntax', 3],
    ['just words', 'not-a-pipeline', 1],
    ['type: command\ncommand: x\n', 'not-a-pipeline', 1],
    ['type: pipeline\njobs:\n  a:\n    command: x\n    inputs: 7\n', 'invalid-value', 5],
    ['type: pipeline\njobs:\n  a:\n    command: x\n  a:\n    command: y\n', 'yaml-syntax', 5],
  ])('says what is wrong with %j and where', (wrong, code, line) => {
    expect(readPipeline(wrong, 'p.yml').problems[0]).toMatchObject({ severity: 'error', code, line, file: 'p.yml' });
  });

  it('finds the place of a problem of the document', () => {
    const { locate } = readPipeline(text, 'p.yml');
    const problem = { severity: 'error' as const, code: 'missing-input' as const, message: 'm', path: ['jobs', 'load', 'inputs', 'data'] };
    expect(locate([problem])[0]).toMatchObject({ file: 'p.yml', line: 9, column: 3 });
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

  it('says where a component is not one', () => {
    expect(readComponent('type: command\ncommand: x\ninputs:\n  a: { type: tabel }\n').problems).toMatchObject([{ code: 'invalid-component', line: 4 }]);
  });
});
