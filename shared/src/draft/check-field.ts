import type { z } from 'zod';
import type { Spelled } from '../azure/spellings.ts';
import { describeIssue } from '../yaml/describe-issue.ts';

export type CheckedField = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

interface FieldRules {
  readonly shape: Readonly<Record<string, z.ZodType>>;
  /** As it is when a file is read: a number among the tags is a text. */
  readonly spell: (fields: unknown) => Spelled;
}

/**
 * A field that a schema knows must hold what it says, or the draft could not be read back; one that it does not know is
 * kept as it comes. Undefined takes a field away.
 */
export function checkField({ shape, spell }: FieldRules, field: string, value: unknown): CheckedField {
  const schema = Object.hasOwn(shape, field) ? shape[field] : undefined;
  if (value === undefined) return { ok: true, value };
  const parsed = schema?.safeParse(value) ?? { success: true, data: value };
  if (parsed.success) return { ok: true, value: Object(spell({ [field]: parsed.data }).value)[field] };
  const [issue] = parsed.error.issues;
  return { ok: false, message: issue ? describeIssue(issue, field, { value }).message.replace(/\.$/, '') : `${field} is not valid` };
}
