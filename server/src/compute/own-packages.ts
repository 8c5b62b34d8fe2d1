import { join } from 'node:path';
import { runTool } from '../environments/run-tool.ts';

/** A command that installs packages with pip while it runs. */
export const installsPackages = (command: string): boolean => /\bpip[\d.]*["']?\s+(-\S+\s+)*install\b/.test(command);

/**
 * A virtual environment in which what is installed there already is found, and what is installed now comes first. `pip`
 * takes what is outside of it for given, and never for something to be replaced.
 */
const create = `
import os, pathlib, stat, sys, venv
target = pathlib.Path(sys.argv[1])
sys._base_executable = os.path.realpath(sys._base_executable)
venv.EnvBuilder(symlinks=True, clear=True).create(target)
packages = next(target.glob("lib/python*/site-packages"))
given = [p for p in sys.path if p.endswith(("site-packages", "dist-packages"))]
lines = ["import site; site.addsitedir(%r)" % p for p in given]
(packages / "given.pth").write_text("".join(line + "\\n" for line in lines))
for name in ("pip", "pip3", "pip%d.%d" % sys.version_info[:2]):
    script = target / "bin" / name
    script.write_text('#!/bin/sh\\nexec "%s/bin/python" -m pip "$@"\\n' % target)
    script.chmod(script.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
`;

/**
 * Makes an attempt whose command installs packages an environment of its own over the one it was given, which others use
 * too: in Azure such a command has a container to itself. The folder of its programs, or why there is none.
 */
export async function makeOwnPackages(folder: string, binFolder: string): Promise<{ readonly binFolder: string } | { readonly problem: string }> {
  const { ok, lines } = await runTool(join(binFolder, 'python'), ['-c', create, folder]);
  return ok ? { binFolder: join(folder, 'bin') } : { problem: lines.at(-1) ?? 'the interpreter did not start' };
}
