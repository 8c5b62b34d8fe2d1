import { fileSchemas } from '@pipewright/shared/file-schemas/file-schemas.ts';
import { kindsOf, schemaAt, valuesOf } from '@pipewright/shared/file-schemas/schema-at.ts';
import { placeInYaml } from '@pipewright/shared/yaml/place-in-yaml.ts';
import { readYaml } from '@pipewright/shared/yaml/read-yaml.ts';
import type { YamlFacts } from './complete-yaml.ts';

/** What a word in the text stands for. */
export interface Explanation {
  readonly from: number;
  readonly to: number;
  readonly title: string;
  /** Kind of value, default. */
  readonly facts: readonly string[];
  readonly text: string | undefined;
}

/** Null: there is nothing to say of it. */
export function explainYaml(text: string, offset: number, facts: YamlFacts): Explanation | null {
  const place = placeInYaml(text, offset);
  if (place.kind === 'comment' || place.kind === 'words') return null;
  const end = text.indexOf('\n', place.from);
  const rest = text.slice(place.from, end < 0 ? text.length : end);
  if (place.kind === 'value') return explainComponent(place.path, { from: place.from, written: rest, facts });
  const [whole, key = ''] = /^["']?([\w.$-]+)["']?(?=\s*:)/.exec(rest) ?? [];
  if (whole === undefined || offset > place.from + whole.length) return null;
  const word = { from: place.from, to: place.from + whole.length };
  const path = [...place.path, key];
  return explainPort(path, { ...word, facts }) ?? explainKey(path, { ...word, document: readYaml(text).value });
}

interface Word {
  readonly from: number;
  readonly to: number;
}

function explainKey(path: readonly (string | number)[], { from, to, document }: Word & { readonly document: unknown }): Explanation | null {
  const known = schemaAt(fileSchemas['pipeline.json'] ?? {}, path, document);
  if (!known) return null;
  const fallback = known.forms.find((form) => form.default !== undefined)?.default;
  const values = valuesOf(known).map(String);
  const said = [
    kindsOf(known),
    values.length > 0 ? `one of ${values.join(', ')}` : '',
    fallback === undefined ? '' : `unless said: ${JSON.stringify(fallback)}`,
  ];
  return { from, to, title: String(path.at(-1)), facts: said.filter((words) => words !== ''), text: known.description };
}

function explainPort(
  [top, key, side, name, ...deeper]: readonly (string | number)[],
  { from, to, facts }: Word & { readonly facts: YamlFacts },
): Explanation | null {
  if (top !== 'jobs' || typeof key !== 'string' || deeper.length > 0 || !Object.hasOwn(facts.steps, key)) return null;
  const ports = side === 'inputs' ? facts.steps[key]?.inputs : side === 'outputs' ? facts.steps[key]?.outputs : undefined;
  const port = ports?.find((each) => each.name === name);
  if (!port) return null;
  return { from, to, title: port.name, facts: port.type === null ? [] : [port.type], text: port.description };
}

function explainComponent(
  path: readonly (string | number)[],
  { from, written, facts }: { readonly from: number; readonly written: string; readonly facts: YamlFacts },
): Explanation | null {
  if (path.at(-1) !== 'component' && path.at(-1) !== 'trial') return null;
  const [reference = ''] = /^[^\s"'#]+/.exec(written.replace(/^["']/, '')) ?? [];
  const component = facts.components.find((each) => each.reference === reference);
  return component ? { from, to: from + written.trimEnd().length, title: component.title, facts: [component.reference], text: component.description } : null;
}
