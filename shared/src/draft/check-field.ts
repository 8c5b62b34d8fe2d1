import type { z } from 'zod';
import type { Spelled } from '../azure/spellings.ts';
import { describeIssue } from '../yaml/describe-issue.ts';

export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

interface FieldRules {
  readonly shape: Readonly<Record<string, z.ZodType>>;
  /** As it is when a file is read: a number among the tags is a text. */
  readonly spell: (fields: unknown) => Spelled;
}

/**
 * A field that a schema knows must hold what it says, or the draft could not be read back; one that it does not know is
 * kept as it comes. Undefined takes a field away, and so does null where a key with nothing after it is the same in a file.
 */
export function checkField({ shape, spell }: FieldRules, field: string, value: unknown): Checked<unknown> {
  if (value === undefined) return { ok: true, value };
  const spelled: unknown = Object(spell({ [field]: value }).value)[field];
  if (spelled === undefined && value === null) return { ok: true, value: undefined };
  // What has no effect in a file is refused here: whoever sets it means something.
  const meant = spelled === undefined ? value : spelled;
  const schema = Object.hasOwn(shape, field) ? shape[field] : undefined;
  return schema === undefined ? { ok: true, value: meant } : check(schema, field, meant);
}

interface ValueRules<T> {
  readonly schema: z.ZodType<T>;
  readonly spell: (value: unknown) => Spelled;
}

/** A step, an input or an output as a whole: what its type leaves open in it is spelled as well. Undefined takes it away. */
export function checkValue<T>({ schema, spell }: ValueRules<T>, name: string, value: T): Checked<T> {
  const spelled = spell(value).value;
  return spelled === value ? { ok: true, value } : check(schema, name, spelled);
}

function check<T>(schema: z.ZodType<T>, name: string, value: unknown): Checked<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  return { ok: false, message: issue ? describeIssue(issue, name, { value }).message.replace(/\.$/, '') : `${name} is not valid` };
}
