import type { z } from 'zod';
import { describeIssue } from '../yaml/describe-issue.ts';

export type CheckedField = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

/**
 * A field that a schema knows must hold what it says, or the draft could not be read back; one that it does not know is
 * kept as it comes. Undefined takes a field away.
 */
export function checkField(shape: Readonly<Record<string, z.ZodType>>, field: string, value: unknown): CheckedField {
  const schema = Object.hasOwn(shape, field) ? shape[field] : undefined;
  if (value === undefined || !schema) return { ok: true, value };
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  return { ok: false, message: issue ? describeIssue(issue, field, { value }).message.replace(/\.$/, '') : `${field} is not valid` };
}
