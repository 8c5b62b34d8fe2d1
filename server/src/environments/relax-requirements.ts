import type { Python } from './find-python.ts';
import { loosen, parseRequirement, type Requirement } from './requirement.ts';
import { runTool, type ToolOptions } from './run-tool.ts';

export interface Relaxed {
  readonly requirements: readonly string[];
  /** What stands in for what, for the person who reads the run. */
  readonly notes: readonly string[];
}

interface Relaxing {
  readonly uv: string;
  readonly python: Python;
  readonly options: ToolOptions;
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
    const isFine = requirement === undefined || (await hasBuild(line, relaxing));
    const found = isFine ? { line, note: undefined } : await nearestBuild(requirement, line, relaxing);
    if (found.line !== undefined) relaxed.push(found.line);
    if (found.note !== undefined) notes.push(found.note);
  }
  return notes.length === 0 ? undefined : { requirements: relaxed, notes };
}

async function nearestBuild(
  requirement: Requirement,
  line: string,
  relaxing: Relaxing,
): Promise<{ readonly line: string | undefined; readonly note: string | undefined }> {
  const { name, extras, marker } = requirement;
  // Misspelled, or a version that never was: that is for the installer to say.
  if (!(await isKnown(line, relaxing))) return { line, note: undefined };
  const why = `which has no build for Python ${relaxing.python.version}`;
  for (const wanted of [loosen(requirement), `${name}${extras}${marker}`]) {
    if (wanted === undefined) continue;
    const version = await versionWithBuild(wanted, name, relaxing);
    if (version !== undefined) return { line: `${name}${extras}==${version}${marker}`, note: `${name} ${version} stands in for ${line}, ${why}.` };
  }
  return { line: undefined, note: `${line} was left out: it has no build for Python ${relaxing.python.version}.` };
}

/** What no other version would mend: a name or a version that nobody has, no network, a line that cannot be read. */
export function isForNobody(lines: readonly string[]): boolean {
  return lines.some((text) => /was not found in|there (?:is|are) no versions? of|Failed to (?:fetch|parse)|File not found|No space left/.test(text));
}

const builtOnly = ['--only-binary', ':all:'];

async function hasBuild(line: string, relaxing: Relaxing): Promise<boolean> {
  return (await compile(line, builtOnly, relaxing)).ok;
}

async function versionWithBuild(line: string, name: string, relaxing: Relaxing): Promise<string | undefined> {
  const resolution = line.includes('>=') ? 'lowest-direct' : 'highest';
  const { ok, stdout } = await compile(line, [...builtOnly, '--resolution', resolution], relaxing);
  const pinned = stdout.split('\n').find((text) => normalized(text.split('==')[0] ?? '') === normalized(name));
  return ok ? pinned?.split('==')[1]?.split(/[\s;]/)[0] : undefined;
}

async function isKnown(line: string, relaxing: Relaxing): Promise<boolean> {
  const { ok, lines } = await compile(line, [], relaxing);
  return ok || !isForNobody(lines);
}

async function compile(line: string, flags: readonly string[], { uv, python, options }: Relaxing): ReturnType<typeof runTool> {
  const args = ['pip', 'compile', '--quiet', '--no-deps', '--no-header', '--no-annotate', '--python', python.path, ...flags, '-'];
  return await runTool(uv, args, { ...options, input: `${line}\n`, onLine: () => undefined });
}

const normalized = (name: string): string =>
  name
    .replace(/\[.*/, '')
    .trim()
    .toLowerCase()
    .replaceAll(/[-_.]+/g, '-');
