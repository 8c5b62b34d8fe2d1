import { z } from 'zod';
import { DataType } from '../component/port-type.ts';
import { Environment } from '../component/environment.ts';
import { documentKind } from '../azure/document-kind.ts';
import type { Problem } from '../graph/problem.ts';
import { Json } from '../json.ts';
import { describeIssue } from '../yaml/describe-issue.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { syntaxProblems } from '../yaml/syntax-problems.ts';

const text = z.preprocess((value) => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : (value ?? undefined)), z.string().optional());

/** A data or model YAML. */
export const AssetFile = z.looseObject({
  name: z.string().min(1),
  version: text,
  type: z.preprocess((type) => type ?? undefined, DataType.optional()),
  path: z.string().min(1),
  description: text,
  tags: z.preprocess((tags) => tags ?? {}, z.record(z.string(), Json)),
});
export type AssetFile = z.infer<typeof AssetFile>;

export type AssetText =
  | { readonly kind: 'data' | 'model'; readonly asset: AssetFile }
  | { readonly kind: 'environment'; readonly environment: Environment }
  /** It is a component, or nothing that can be registered. */
  | { readonly kind: 'other' }
  | { readonly kind: 'wrong'; readonly problems: readonly Problem[] };

/** Reads what a YAML file says of data, a model or an environment. */
export function readAsset(source: string, file?: string): AssetText {
  const yaml = readYaml(source);
  if (yaml.errors.length > 0) return { kind: 'wrong', problems: syntaxProblems(yaml, file) };
  const { value } = yaml;
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return { kind: 'other' };
  const kind = documentKind({ ...value });
  if (kind !== 'data' && kind !== 'model' && kind !== 'environment') return { kind: 'other' };
  const parsed = kind === 'environment' ? Environment.safeParse(withoutNulls({ ...value })) : AssetFile.safeParse(value);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue): Problem => {
      const { message, path } = describeIssue(issue, 'The file', { value });
      return { severity: 'error', code: 'invalid-value', message, path, ...yaml.positionOf(path), ...(file === undefined ? {} : { file }) };
    });
    return { kind: 'wrong', problems };
  }
  return kind === 'environment' ? { kind, environment: Environment.parse(parsed.data) } : { kind, asset: AssetFile.parse(parsed.data) };
}

const withoutNulls = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
