import { createHash } from 'node:crypto';
import { mkdir, realpath, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { EnvironmentLock } from '@pipewright/shared/run/environment-lock.ts';
import type { EnvironmentDefinition } from '@pipewright/shared/run/run-snapshot.ts';
import { choosePython, type Python } from './find-python.ts';
import { hostSigns, type HostSigns } from './host-signs.ts';
import { runTool } from './run-tool.ts';

/** `packaging` comes with pip; without either the interpreter is taken not to satisfy anything. */
const check = `
import json, sys
from importlib.metadata import version, PackageNotFoundError
try:
    from packaging.requirements import Requirement
except ImportError:
    from pip._vendor.packaging.requirements import Requirement
found = []
for line in sys.argv[1:]:
    r = Requirement(line)
    if r.marker is not None and not r.marker.evaluate():
        continue
    if r.extras or r.url:
        sys.exit(1)
    try:
        if not r.specifier.contains(version(r.name), prereleases=True):
            sys.exit(1)
        found.append(r.name + "==" + version(r.name))
    except PackageNotFoundError:
        sys.exit(1)
print(json.dumps({"packages": sorted(found), "folders": [p for p in sys.path if p.endswith(("site-packages", "dist-packages"))]}))
`;
const Packages = z.object({ packages: z.array(z.string()), folders: z.array(z.string()) });

export interface HostEnvironment {
  readonly python: Python;
  /** Whether the version is one that was asked for, and not only the nearest. */
  readonly isExact: boolean;
  /** Of the packages only those that were asked for: what else is installed is the person's. */
  readonly lock: EnvironmentLock;
  readonly signs: HostSigns;
}

/** The machine's own Python, if it has everything; null where it has not. */
export async function lookAtHost(pythons: readonly Python[], definition: EnvironmentDefinition | null): Promise<HostEnvironment | null> {
  const chosen = choosePython(pythons, definition?.python ?? null);
  if (!chosen || (definition?.resolution === 'strict' && !chosen.isExact)) return null;
  const { python } = chosen;
  const found = await packagesOf(python, definition?.requirements ?? []);
  if (!found) return null;
  return { ...chosen, lock: { python: python.version, packages: found.packages }, signs: hostSigns([python.path, ...found.folders]) };
}

/** Those that are asked for, as an interpreter has them, and where they lie; null where it lacks one. */
async function packagesOf(python: Python, requirements: readonly string[]): Promise<z.infer<typeof Packages> | null> {
  if (requirements.length === 0) return { packages: [], folders: [] };
  if (requirements.some((line) => line.startsWith('-') || line.includes('://'))) return null;
  const { ok, stdout } = await runTool(python.path, ['-c', check, ...requirements]);
  return ok ? Packages.parse(JSON.parse(stdout)) : null;
}

/**
 * The folder that makes `python` and `python3` this interpreter. Usually its own; where that has no `python`, or another
 * one, as on Debian, a folder of links.
 */
export async function binFolderOf(python: Python, environmentsFolder: string): Promise<string> {
  const own = dirname(python.path);
  const wanted = await realpath(python.path);
  const found = await Promise.all(['python', 'python3'].map(async (name) => await realpath(join(own, name)).catch(() => null)));
  if (found.every((path) => path === wanted)) return own;
  const links = join(environmentsFolder, `host-${createHash('sha256').update(python.path).digest('hex').slice(0, 16)}`);
  await mkdir(links, { recursive: true });
  for (const name of ['python', 'python3']) {
    const link = join(links, name);
    await rm(link, { force: true });
    await symlink(python.path, link);
  }
  return links;
}
