import { createHash } from 'node:crypto';
import { mkdir, realpath, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Python } from './find-python.ts';
import { z } from 'zod';
import { hostSigns, type HostSigns } from './environment-locks.ts';
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
const Answer = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.object({ packages: z.array(z.string()), folders: z.array(z.string()) }));

export interface HostPackages {
  /** Those that were asked for, as they are installed. */
  readonly packages: readonly string[];
  readonly signs: HostSigns;
}

/** What an interpreter has of the requirements, if it has all of them. */
export async function hostPackages(python: Python, requirements: readonly string[]): Promise<HostPackages | null> {
  if (requirements.length === 0) return { packages: [], signs: await hostSigns([python.path]) };
  if (requirements.some((line) => line.startsWith('-') || line.includes('://'))) return null;
  const { ok, stdout } = await runTool(python.path, ['-c', check, ...requirements]);
  if (!ok) return null;
  const { packages, folders } = Answer.parse(stdout);
  return { packages, signs: await hostSigns([python.path, ...folders]) };
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
