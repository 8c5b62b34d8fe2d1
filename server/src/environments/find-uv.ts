import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Python } from './find-python.ts';
import { runTool, type ToolOptions } from './run-tool.ts';

/**
 * `uv`: the machine's own, else the one fetched earlier, else fetched now from the index that the person's pip is set up
 * for. Undefined when none can be had; venv and pip do the work then.
 */
export async function findUv(toolsFolder: string, python: Python, options: ToolOptions): Promise<string | undefined> {
  if ((await runTool('uv', ['--version'])).ok) return 'uv';
  const own = join(toolsFolder, 'uv', 'bin', 'uv');
  if (await isThere(own)) return own;
  options.onLine?.('fetching uv');
  const target = join(toolsFolder, 'uv');
  const { ok } = await runTool(python.path, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', target, 'uv'], options);
  return ok && (await isThere(own)) ? own : undefined;
}

/** uv does not read pip's own settings: those that say where packages come from are passed on. */
export async function indexSettings(python: Python): Promise<Record<string, string>> {
  const { ok, stdout } = await runTool(python.path, ['-m', 'pip', 'config', 'list']);
  const settings = new Map<string, string>();
  if (ok) {
    for (const line of stdout.split('\n')) {
      const match = /^(?:global|install|:env:)\.(index-url|extra-index-url|find-links|cert)='?(.*?)'?$/.exec(line.trim());
      if (match?.[1] && match[2]) settings.set(match[1], match[2].replaceAll(String.raw`\n`, ' '));
    }
  }
  const variables: Record<string, string> = {};
  const pass = (setting: string, variable: string): void => {
    const value = settings.get(setting);
    if (value !== undefined && process.env[variable] === undefined) variables[variable] = value;
  };
  pass('index-url', 'UV_DEFAULT_INDEX');
  pass('extra-index-url', 'UV_INDEX');
  pass('find-links', 'UV_FIND_LINKS');
  pass('cert', 'SSL_CERT_FILE');
  return variables;
}

async function isThere(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}
