import type { JsonSchema } from './json-schema.ts';

/** What a schema says of one place in a document: all that may stand there. */
export interface SchemaPlace {
  /** The nearest words about it. */
  readonly description: string | undefined;
  /** Alternatives, without references and conditions. */
  readonly forms: readonly JsonSchema[];
}

interface Context {
  readonly root: JsonSchema;
  /** What the document holds there, for parts of a schema that depend on it; undefined where it is not known. */
  readonly value: unknown;
}

/** Null: the schema knows nothing of such a place. */
export function schemaAt(root: JsonSchema, path: readonly (string | number)[], document: unknown): SchemaPlace | null {
  let value = document;
  let places = [root];
  for (const segment of path) {
    const forms = places.flatMap((schema) => formsOf(schema, { root, value }));
    places = forms.flatMap((form) => memberOf(form, segment) ?? []);
    if (places.length === 0) return null;
    value = memberOfValue(value, segment);
  }
  const forms = places.flatMap((schema) => formsOf(schema, { root, value }));
  return { description: places.map((schema) => describedBy(schema, root)).find((words) => words !== undefined && words !== ''), forms };
}

function memberOf(form: JsonSchema, segment: string | number): JsonSchema | undefined {
  if (typeof segment === 'number') return form.items;
  const own = form.properties && Object.hasOwn(form.properties, segment) ? form.properties[segment] : undefined;
  return own ?? (typeof form.additionalProperties === 'object' ? form.additionalProperties : undefined);
}

function memberOfValue(value: unknown, segment: string | number): unknown {
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, segment)) return undefined;
  return Reflect.get(value, segment);
}

function describedBy(schema: JsonSchema, root: JsonSchema): string | undefined {
  return schema.description ?? (schema.$ref === undefined ? undefined : describedBy(resolve(schema.$ref, root), root));
}

function resolve(reference: string, root: JsonSchema): JsonSchema {
  const found = root.$defs?.[reference.replace('#/$defs/', '')];
  if (!found) throw new Error(`Internal error: expected ${reference} in the schema`);
  return found;
}

/** A schema with what holds for the value, as a list of alternatives. */
function formsOf(schema: JsonSchema, context: Context): JsonSchema[] {
  if (schema.$ref !== undefined) return formsOf(resolve(schema.$ref, context.root), context);
  const { anyOf, allOf, ...own } = schema;
  const more = (allOf ?? []).flatMap((part) => {
    if (!part.if) return formsOf(part, context);
    const chosen = isLike(part.if, context.value) ? part.then : part.else;
    return chosen ? formsOf(chosen, context) : [];
  });
  const alternatives = (anyOf ?? []).flatMap((part) => formsOf(part, context));
  return [own, ...more, ...alternatives];
}

/** Enough of a validator for conditions on a key of the map they stand at. */
function isLike(schema: JsonSchema, value: unknown): boolean {
  if (schema.const !== undefined && schema.const !== value) return false;
  if (schema.pattern !== undefined && typeof value === 'string' && !new RegExp(schema.pattern).test(value)) return false;
  if (typeof schema.type === 'string' && schema.type === 'string' && typeof value !== 'string') return false;
  if (schema.required?.some((key) => memberOfValue(value, key) === undefined)) return false;
  if (schema.not && isLike(schema.not, value)) return false;
  if (schema.anyOf && !schema.anyOf.some((part) => isLike(part, value))) return false;
  return Object.entries(schema.properties ?? {}).every(([key, part]) => {
    const member = memberOfValue(value, key);
    return member === undefined ? part.const === undefined && part.pattern === undefined : isLike(part, member);
  });
}

/** The kinds of value that may stand at a place, in words; of several that are taken for one, the one that is meant. */
export function kindsOf({ forms }: SchemaPlace): string {
  const kinds = forms.flatMap(({ type, enum: values }) => (values || type === undefined ? [] : [typeof type === 'string' ? type : (type[0] ?? 'null')]));
  return [...new Set(kinds)]
    .filter((kind) => kind !== 'null')
    .map((kind) => kindWords[kind] ?? kind)
    .join(' · ');
}

const kindWords: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  boolean: 'true or false',
  object: 'map',
  array: 'list',
};

/** Values that a schema names: enumerations, truth values, examples. */
export function valuesOf({ forms }: SchemaPlace): unknown[] {
  const named = forms.flatMap((form) => [...(form.enum ?? []), ...(form.const === undefined ? [] : [form.const])]);
  const truths = forms.some(({ type }) => type === 'boolean' || (Array.isArray(type) && type[0] === 'boolean')) ? [true, false] : [];
  return [...new Set([...named, ...truths])].filter((value) => value !== null);
}
