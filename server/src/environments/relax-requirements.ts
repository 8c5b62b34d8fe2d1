import type { Python } from './find-python.ts';
import type { PackageResolver } from './package-resolver.ts';
import { loosen, parseRequirement, type Requirement } from './requirement.ts';

export interface Relaxed {
  readonly requirements: readonly string[];
  /** What stands in for what, for the person who reads the run. */
  readonly notes: readonly string[];
}

interface Relaxing {
  readonly resolver: PackageResolver;
  readonly python: Python;
}

/**
 * Requirements that can be installed in this Python without building: a pin without a build for it gives way to the
 * nearest newer version that has one, a package without any is left out. Undefined when nothing gives way: what is wrong
 * is something else then.
 */
export async function relaxRequirements(requirements: readonly string[], relaxing: Relaxing): Promise<Relaxed | undefined> {
  const notes: string[] = [];
  const relaxed: string[] = [];
  for (const line of requirements) {
    const requirement = parseRequirement(line);
    const isFine = requirement === undefined || (await relaxing.resolver.hasBuild(line));
    const found = isFine ? { line, note: undefined } : await nearestBuild(requirement, line, relaxing);
    if (found.line !== undefined) relaxed.push(found.line);
    if (found.note !== undefined) notes.push(found.note);
  }
  return notes.length === 0 ? undefined : { requirements: relaxed, notes };
}

async function nearestBuild(
  requirement: Requirement,
  line: string,
  { resolver, python }: Relaxing,
): Promise<{ readonly line: string | undefined; readonly note: string | undefined }> {
  const { name, extras, marker } = requirement;
  // Misspelled, or a version that never was: that is for the installer to say.
  if (!(await resolver.isKnown(line))) return { line, note: undefined };
  const why = `which has no build for Python ${python.version}`;
  for (const wanted of [loosen(requirement), `${name}${extras}${marker}`]) {
    if (wanted === undefined) continue;
    const version = await resolver.versionWithBuild(wanted, name);
    if (version !== null) return { line: `${name}${extras}==${version}${marker}`, note: `${name} ${version} stands in for ${line}, ${why}.` };
  }
  return { line: undefined, note: `${line} was left out: it has no build for Python ${python.version}.` };
}
