import { describe, expect, it } from 'vitest';
import { readComponent } from './read-component.ts';
import { readPipeline } from './read-pipeline.ts';
import { readYaml } from './read-yaml.ts';
import { writePipeline } from './write-pipeline.ts';

const pipelineOf = (value: string) => `type: pipeline
inputs:
  given: ${value} # as it is
jobs:
  a:
    command: echo
    description: yes
    tags: { on: off }
    inputs: { given: "\${{parent.inputs.given}}" }
`;

describe('values without quotes that versions of YAML read otherwise', () => {
  it.each([
    ['yes', 'is true to Azure’s tools; here it is that where a truth value is declared'],
    ['0755', 'is 493 to Azure’s tools; here it is that where a number is declared'],
    ['1_000', 'is 1000 to Azure’s tools'],
    ['1:30', 'is 90 to Azure’s tools'],
    ['2024-01-01', 'is a date to Azure’s tools'],
    ['.inf', 'is no number that Azure’s tools take'],
    ['.nan', 'is no number that Azure’s tools take'],
  ])('keeps %s as the text that it is, with a note', (value, words) => {
    const text = pipelineOf(value);
    const { content, problems } = readPipeline(text, 'p.yml');
    expect(content?.document.inputs).toEqual({ given: value });
    expect(problems).toEqual([{ severity: 'note', code: 'irregular-value', message: expect.stringContaining(words), file: 'p.yml', line: 3, column: 10 }]);
    if (!content) throw new Error('expected a pipeline');
    expect(writePipeline(content, text)).toBe(text);
    // In a text of its own it stands in quotes, and says the same.
    const anew = writePipeline({ document: content.document, layout: content.layout });
    expect(anew).toContain(`given: "${value}"`);
    expect(readPipeline(anew)).toMatchObject({ content: { document: content.document }, problems: [] });
  });

  it.each([
    ['"yes"', 'yes'],
    ["'0755'", '0755'],
    ['y', 'y'],
    ['0o755', '0o755'],
    ['09', '09'],
    ['12345678901234567890', '12345678901234567890'],
    ['-5', -5],
    ['1.50', 1.5],
    ['1e3', 1000],
    ['0x1F', 31],
    ['true', true],
  ])('reads %s as %j, and says nothing', (value, read) => {
    const { content, problems } = readPipeline(pipelineOf(value));
    expect(content?.document.inputs).toEqual({ given: read });
    expect(problems).toEqual([]);
  });

  it('are told where a component declares them, and where a sweep chooses among them', () => {
    const component = readComponent(
      'name: a\nversion: 1\ncommand: echo\ninputs:\n  b: { type: boolean, default: no, description: no }\n  s: { type: string, enum: [on, 010, x] }\n',
    );
    expect(component.problems.map(({ line, column, severity }) => [line, column, severity])).toEqual([
      [5, 32, 'note'],
      [6, 29, 'note'],
      [6, 33, 'note'],
    ]);
    const sweep = 'jobs:\n  a:\n    type: sweep\n    search_space: { x: { type: choice, values: [yes, 1] } }\n    trial: ./a.yml\n';
    expect(readPipeline(sweep).problems.filter(({ severity }) => severity === 'note')).toHaveLength(1);
  });

  it('are versions as they are written, those of Python digit for digit', () => {
    const version = (written: string) => readComponent(`name: a\nversion: ${written}\ncommand: echo\n`).component?.version;
    expect(readYaml('python: 3.10\n').value).toEqual({ python: '3.10' });
    expect([version('1.0'), version('1'), version('1.10'), version('"1.10"'), version('2024-01-01')]).toEqual(['1.0', '1', '1.1', '1.10', '2024-01-01']);
  });
});
