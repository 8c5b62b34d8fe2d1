import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isThere } from '../is-there.ts';
import { runTool, type ToolOptions } from './run-tool.ts';

/**
 * `uv`: the machine's own, else the one fetched earlier, else fetched now from the index that the person's pip is set up
 * for. Undefined when none can be had; venv and pip do the work then.
 */
export async function findUv(pip: string | undefined, toolsFolder: string, options: ToolOptions): Promise<string | undefined> {
  if ((await runTool('uv', ['--version'])).ok) return 'uv';
  const folder = join(toolsFolder, 'uv');
  const own = join(folder, 'bin', 'uv');
  if (await isThere(own)) return own;
  if (pip === undefined) return undefined;
  options.onLine?.('fetching uv, once, to make environments with');
  await mkdir(toolsFolder, { recursive: true });
  // In its place only when whole: a fetch that is cut off leaves nothing that looks like uv.
  const fetched = join(toolsFolder, `uv.${randomUUID()}`);
  const { ok } = await runTool(pip, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', fetched, 'uv'], options);
  const isWhole = ok && (await runTool(join(fetched, 'bin', 'uv'), ['--version'])).ok;
  await rm(isWhole ? folder : fetched, { recursive: true, force: true });
  if (isWhole) await rename(fetched, folder);
  return isWhole ? own : undefined;
}
