import { createHash } from 'node:crypto';
import { mkdir, realpath, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Python } from './find-python.ts';
import { runTool } from './run-tool.ts';

/** `packaging` comes with pip; without either the interpreter is taken not to satisfy anything. */
const check = `
import sys
from importlib.metadata import version, PackageNotFoundError
try:
    from packaging.requirements import Requirement
except ImportError:
    from pip._vendor.packaging.requirements import Requirement
for line in sys.argv[1:]:
    r = Requirement(line)
    if r.marker is not None and not r.marker.evaluate():
        continue
    if r.extras or r.url:
        sys.exit(1)
    try:
        if not r.specifier.contains(version(r.name), prereleases=True):
            sys.exit(1)
    except PackageNotFoundError:
        sys.exit(1)
`;

/** Whether everything is installed in an interpreter already. */
export async function hostSatisfies(python: Python, requirements: readonly string[]): Promise<boolean> {
  if (requirements.length === 0) return true;
  if (requirements.some((line) => line.startsWith('-') || line.includes('://'))) return false;
  const { ok } = await runTool(python.path, ['-c', check, ...requirements]);
  return ok;
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
