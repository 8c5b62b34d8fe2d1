import { isMap, isScalar, isSeq, type Document } from 'yaml';
import { readByOlderYaml, type OlderReading } from '../azure/older-yaml.ts';
import type { Problem } from '../graph/problem.ts';
import type { YamlText } from './read-yaml.ts';

/** Values without quotes that reach a step as something else where Azure's tools read the file. */
export function olderReadings(yaml: YamlText): Problem[] {
  if (yaml.errors.length > 0) return [];
  return valuesIn(yaml.document).map(({ path, text, reading, offset }) => ({
    severity: 'note',
    code: 'irregular-value',
    message: `${path.join('.')}: ${describe(text, reading)}`,
    ...yaml.positionAt(offset),
  }));
}

function describe(text: string, reading: OlderReading): string {
  if (reading.kind === 'date') return `${text} without quotes is a date to Azure’s tools, and no value that they take; here it is a text. Write it in quotes.`;
  if (reading.kind === 'no-number') return `${text} without quotes is no number that Azure’s tools take; here it is a text. Write it in quotes.`;
  const declared = reading.kind === 'truth' ? 'a truth value' : 'a number';
  return `${text} without quotes is ${reading.value} to Azure’s tools; here it is that where ${declared} is declared, and a text elsewhere. Write ${reading.value}, or "${text}".`;
}

interface OlderValue {
  readonly path: readonly string[];
  readonly text: string;
  readonly reading: OlderReading;
  readonly offset: number;
}

function valuesIn(document: Document.Parsed): OlderValue[] {
  const found: OlderValue[] = [];
  const keys: string[] = [];
  const look = (node: unknown): void => {
    if (isScalar(node)) {
      const { value, type, range } = node;
      if (type !== 'PLAIN' || typeof value !== 'string' || !range) return;
      const reading = readByOlderYaml(value);
      if (reading && isValue(keys)) found.push({ path: [...keys], text: value, reading, offset: range[0] });
    } else if (isSeq(node)) {
      for (const item of node.items) look(item);
    } else if (isMap(node)) {
      for (const { key, value } of node.items) {
        keys.push(isScalar(key) ? String(key.value) : '');
        look(value);
        keys.pop();
      }
    }
  };
  look(document.contents);
  return found;
}

/** Whether a value stands there that a step is given, and not a word of the format. */
function isValue(path: readonly string[]): boolean {
  const at = path.findLastIndex((key) => key === 'inputs' || key === 'search_space' || key === 'environment_variables');
  const [place, name, member] = path.slice(at);
  if (at < 0 || name === undefined) return false;
  if (place === 'search_space') return member === 'values';
  return member === undefined || (place === 'inputs' && (member === 'default' || member === 'value' || member === 'enum'));
}
