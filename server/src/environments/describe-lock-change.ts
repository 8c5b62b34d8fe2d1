import type { EnvironmentLock } from '@pipewright/shared/run/environment-lock.ts';

export interface LockDifference {
  /** A package, or `Python`. */
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

const none = 'none';

/** Which versions differ between two locks, by name. */
export function differencesOf(before: EnvironmentLock, after: EnvironmentLock): LockDifference[] {
  const [earlier, now] = [versionsOf(before), versionsOf(after)];
  const names = [...new Set([...earlier.keys(), ...now.keys()])].toSorted();
  return names
    .map((name) => ({ name, before: earlier.get(name) ?? none, after: now.get(name) ?? none }))
    .filter((difference) => difference.before !== difference.after);
}

/** Notes for one who runs a step in an environment that was made again and is not what it was. */
export function describeLockChange(before: EnvironmentLock, after: EnvironmentLock): string[] {
  const differences = differencesOf(before, after);
  if (differences.length === 0) return [];
  const said = differences.map(({ name, before: from, after: to }) => `${name} ${from} → ${to}`);
  return [`The environment was made again and is not what it was before: ${said.join(', ')}.`];
}

function versionsOf({ python, packages }: EnvironmentLock): Map<string, string> {
  const versions = packages.map((line): [string, string] => {
    const [, name = line, version = line] = /^([A-Za-z0-9._-]+)\s*(?:==|@)\s*(.*)$/.exec(line) ?? [];
    return [name, version];
  });
  return new Map([['Python', python], ...versions]);
}
