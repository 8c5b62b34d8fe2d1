/** As far as we write it: JSON Schema 2020-12. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly propertyNames?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly required?: readonly string[];
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly not?: JsonSchema;
  readonly if?: JsonSchema;
  readonly then?: JsonSchema;
  readonly else?: JsonSchema;
  readonly $schema?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
}

type More = Omit<JsonSchema, 'description' | 'type'>;

/** What people write in files: keys without a value, numbers for texts and `"true"` for true are taken, as Azure's tools do. */
export const text = (description: string, more: More = {}): JsonSchema => ({ description, type: ['string', 'number', 'boolean', 'null'], ...more });

/** A text that nothing else can be. */
export const words = (description: string, more: More = {}): JsonSchema => ({ description, type: ['string', 'null'], ...more });

export const truth = (description: string, more: More = {}): JsonSchema => ({
  description,
  type: ['boolean', 'string', 'null'],
  pattern: '^\\s*([Tt]rue|TRUE|[Ff]alse|FALSE|[Yy]es|YES|[Nn]o|NO|[Oo]n|ON|[Oo]ff|OFF)\\s*$',
  ...more,
});

export const number = (description: string, more: More = {}): JsonSchema => ({
  description,
  type: ['number', 'string', 'null'],
  pattern: '^\\s*-?[0-9.][0-9.eE+-]*\\s*$',
  ...more,
});

/** Exactly one of these. */
export const oneOf = (values: readonly string[], description: string, more: More = {}): JsonSchema => ({ description, enum: [...values, null], ...more });

/** One of these in the ordinary case; others are taken as well. */
export const oftenOneOf = (values: readonly string[], description: string, more: More = {}): JsonSchema => ({
  description,
  anyOf: [{ enum: values }, { type: ['string', 'null'] }],
  ...more,
});

export const listOf = (items: JsonSchema, description: string, more: More = {}): JsonSchema => ({ description, type: ['array', 'null'], items, ...more });

export const mapOf = (additionalProperties: JsonSchema, description: string, more: More = {}): JsonSchema => ({
  description,
  type: ['object', 'null'],
  additionalProperties,
  ...more,
});

/** A map with these keys, and any others. */
export const fields = (properties: Readonly<Record<string, JsonSchema>>, description: string, more: More = {}): JsonSchema => ({
  description,
  type: ['object', 'null'],
  properties,
  ...more,
});

export const either = (anyOf: readonly JsonSchema[], description: string, more: More = {}): JsonSchema => ({ description, anyOf, ...more });

export const anything = (description: string): JsonSchema => ({ description });

/** Where the one holds, the other has to. */
export const implies = (condition: JsonSchema, consequence: JsonSchema): JsonSchema => ({
  if: condition,
  // JSON Schema's own word.
  // oxlint-disable-next-line unicorn/no-thenable
  then: consequence,
});

/** A key that means something in Azure only. */
export const kept = (schema: JsonSchema): JsonSchema => ({
  ...schema,
  description: `${schema.description ?? ''} Kept as it is written; no effect on this machine.`.trim(),
});

export const ref = (name: string, more: Pick<JsonSchema, 'description'> = {}): JsonSchema => ({ $ref: `#/$defs/${name}`, ...more });

/** The keys that a map may have, whatever form it takes. */
export function keysOf({ properties = {}, anyOf = [], allOf = [], then }: JsonSchema): string[] {
  return [...new Set([...Object.keys(properties), ...[...anyOf, ...allOf, ...(then ? [then] : [])].flatMap(keysOf)])];
}
