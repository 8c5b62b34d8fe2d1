import type { Component } from '@pipewright/shared/component/component.ts';
import type { InputDefinition, OutputDefinition } from '@pipewright/shared/component/ports.ts';

/** What a component says of itself beside its files, in lines that can be laid beside those of another version. */
export function declarationLines(component: Exclude<Component, { type: 'pipeline' }>): string {
  const holder = component.type === 'parallel' ? component.task : component;
  const { environment } = holder;
  const lines = [
    ...Object.entries(component.inputs).map(([name, definition]) => `input ${name}: ${wordsOf(definition)}`),
    ...Object.entries(component.outputs).map(([name, definition]) => `output ${name}: ${wordsOf(definition)}`),
    `environment: ${environment === undefined ? 'base Python' : typeof environment === 'string' ? environment : (environment.name ?? 'of its own')}`,
    ...(component.type === 'command'
      ? component.command
          .trimEnd()
          .split('\n')
          .map((line, index) => `${index === 0 ? 'command: ' : '         '}${line}`)
      : []),
  ];
  return `${lines.join('\n')}\n`;
}

function wordsOf({ type, default: fallback, optional, min, max, enum: choices, description }: InputDefinition | OutputDefinition): string {
  const said = (what: string, value: unknown): string[] => (value === undefined || value === null ? [] : [`${what} ${JSON.stringify(value)}`]);
  return [
    type,
    ...said('default', fallback),
    ...(optional === true ? ['may be left out'] : []),
    ...said('at least', min),
    ...said('at most', max),
    ...(Array.isArray(choices) ? [`one of ${choices.map((choice) => JSON.stringify(choice)).join(' ')}`] : []),
    ...(description === undefined || description === '' ? [] : [`“${description}”`]),
  ].join(', ');
}
