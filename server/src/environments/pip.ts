import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Python } from './find-python.ts';
import { runTool, type ToolOptions } from './run-tool.ts';

/** An interpreter that has pip: the one that was found, else one in a virtual environment of our own. */
export async function pythonWithPip(python: Python, toolsFolder: string, options: ToolOptions): Promise<string | undefined> {
  if ((await runTool(python.path, ['-m', 'pip', '--version'])).ok) return python.path;
  const folder = join(toolsFolder, `pip-${python.version}`);
  const own = join(folder, 'bin', 'python');
  if ((await runTool(own, ['-m', 'pip', '--version'])).ok) return own;
  await rm(folder, { recursive: true, force: true });
  return (await runTool(python.path, ['-m', 'venv', folder], options)).ok ? own : undefined;
}

/**
 * What the person set for pip about where packages come from, in the variables that uv reads; it does not read pip's
 * own. Those that are set for uv already stay.
 */
export async function uvSettingsOfPip(pip: string | undefined): Promise<Record<string, string>> {
  const { ok, stdout } = pip === undefined ? { ok: false, stdout: '' } : await runTool(pip, ['-m', 'pip', 'config', 'list']);
  const variables = ok ? toUvSettings(stdout) : {};
  return Object.fromEntries(Object.entries(variables).filter(([name]) => process.env[name] === undefined));
}

const settingLine = /^(global|install|download|wheel|:env:)\.([a-z-]+)='(.*)'$/;

/** Sections that speak of installing; what the environment says comes last and wins. */
export function toUvSettings(listing: string): Record<string, string> {
  const settings = new Map<string, readonly string[]>();
  const rank = ['global', 'install', ':env:'];
  const found = listing.split('\n').flatMap((line) => {
    const [, section = '', name = '', value = ''] = settingLine.exec(line.trim()) ?? [];
    return rank.includes(section) ? [{ section, name, values: value.split(/\\n|\s+/).filter((word) => word !== '') }] : [];
  });
  for (const { name, values } of found.toSorted((a, b) => rank.indexOf(a.section) - rank.indexOf(b.section))) settings.set(name, values);
  const variables: Record<string, string> = {};
  for (const [setting, { variable, separator }] of Object.entries(translations)) {
    const values = settings.get(setting);
    if (values !== undefined && values.length > 0) variables[variable] = values.join(separator);
  }
  // Of several indexes pip takes the best version of all, where uv would stop at the first that has any.
  if (settings.has('extra-index-url')) variables['UV_INDEX_STRATEGY'] = 'unsafe-best-match';
  return variables;
}

const translations: Readonly<Record<string, { readonly variable: string; readonly separator: string }>> = {
  'index-url': { variable: 'UV_DEFAULT_INDEX', separator: ' ' },
  'extra-index-url': { variable: 'UV_INDEX', separator: ' ' },
  'find-links': { variable: 'UV_FIND_LINKS', separator: ',' },
  constraint: { variable: 'UV_CONSTRAINT', separator: ' ' },
  'trusted-host': { variable: 'UV_INSECURE_HOST', separator: ' ' },
  cert: { variable: 'SSL_CERT_FILE', separator: ' ' },
  proxy: { variable: 'ALL_PROXY', separator: ' ' },
  'default-timeout': { variable: 'UV_HTTP_TIMEOUT', separator: ' ' },
  timeout: { variable: 'UV_HTTP_TIMEOUT', separator: ' ' },
};
