import { formatComponentReference, parseComponentReference } from './component-reference.ts';

/** A newer version of a registered component. */
export interface NewerVersion {
  readonly reference: string;
  readonly version: string;
}

/** The newest version by name, of all that are known by their references. */
export function newestVersions(references: Iterable<string>): ReadonlyMap<string, string> {
  const newest = new Map<string, string>();
  for (const reference of references) {
    const parsed = parseComponentReference(reference);
    if (parsed.kind !== 'registered' || parsed.version === 'latest') continue;
    const known = newest.get(parsed.name);
    if (known === undefined || compareVersions(parsed.version, known) > 0) newest.set(parsed.name, parsed.version);
  }
  return newest;
}

/** Null: the newest is used, or it is no registered component with a version of its own. */
export function newerVersion(reference: string | null, newest: ReadonlyMap<string, string>): NewerVersion | null {
  const parsed = reference === null ? null : parseComponentReference(reference);
  if (parsed?.kind !== 'registered' || parsed.version === 'latest' || reference?.startsWith('azureml://') === true) return null;
  const version = newest.get(parsed.name);
  return version === undefined || compareVersions(version, parsed.version) <= 0 ? null : { reference: formatComponentReference(parsed.name, version), version };
}

/** By the numbers in them. */
const compareVersions = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });
