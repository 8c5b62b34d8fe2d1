import { createHash } from 'node:crypto';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { readYaml } from '@pipewright/shared/yaml/read-yaml.ts';
import type { Registered } from '@pipewright/shared/http/register.ts';
import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import type { DataFinder } from '../data/find-data.ts';
import type { CodeRules } from '../artifacts/code-rules.ts';
import type { ComponentRegistry } from '../registry/component-registry.ts';
import type { EnvironmentRegistry } from '../registry/environment-registry.ts';
import type { Store } from '../store/store.ts';

export interface RegisterParts {
  readonly store: Pick<Store, 'assets' | 'registry' | 'runs'>;
  readonly artifacts: ArtifactStore;
  readonly components: ComponentRegistry;
  readonly environmentRegistry: EnvironmentRegistry;
  /** What of a folder is code. */
  readonly rules: CodeRules;
  readonly data: DataFinder;
  /** `assets/` in the data folder: what registered components consist of. */
  readonly assetsFolder: string;
  /** `uploads/` in the data folder. */
  readonly uploadsFolder: string;
  readonly by: string;
  readonly now: () => string;
}

export interface Refused {
  readonly ok: false;
  readonly reason: 'taken' | 'wrong' | 'missing';
  readonly message: string;
  readonly problems: readonly Problem[];
}

export type RegisterOutcome = { readonly ok: true; readonly registered: Registered } | Refused;

export const refused = (reason: 'taken' | 'wrong' | 'missing', message: string): Refused => ({ ok: false, reason, message, problems: [] });

/** The same, said of a key of a file. */
export function refusedAt(
  reason: 'wrong' | 'missing',
  message: string,
  { text, file, key }: { readonly text: string; readonly file: string; readonly key: string },
): RegisterOutcome {
  const problem: Problem = { severity: 'error', code: reason === 'missing' ? 'missing-file' : 'invalid-value', message, path: [key], file };
  return { ok: false, reason, message: `${file}: ${message}`, problems: [{ ...problem, ...readYaml(text).positionOf([key]) }] };
}

export const taken = (kind: string, name: string, version: string): RegisterOutcome =>
  refused('taken', `The ${kind} ${name}:${version} is registered with other content, and a version is never changed. Give another version.`);

export const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The version that has this content already, else one more than the highest that is a whole number. */
export function nextVersion(
  records: readonly { readonly name: string; readonly version: string; readonly contentHash: string }[],
  name: string,
  contentHash: string,
): string {
  const own = records.filter((record) => record.name === name);
  const same = own.find((record) => record.contentHash === contentHash);
  if (same) return same.version;
  const numbers = own.map(({ version }) => Number(version)).filter(Number.isSafeInteger);
  return String(Math.max(0, ...numbers) + 1);
}
