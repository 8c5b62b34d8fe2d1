import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Never part of a code snapshot: they change by themselves. */
const always = ['.git', '__pycache__', '.ipynb_checkpoints', '.venv', 'node_modules', '.DS_Store', '.pytest_cache', '.mypy_cache'];

/**
 * What a code folder leaves out: what changes by itself, and the patterns of its `.amlignore`, else its `.gitignore`
 * (names, folders, `*` and `**`, `/` at the start, `!` takes back).
 */
export async function readIgnoreRules(folder: string): Promise<(name: string) => boolean> {
  const text = (await read(join(folder, '.amlignore'))) ?? (await read(join(folder, '.gitignore'))) ?? '';
  const rules = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(toRule);
  return (name) => {
    const parts = name.split('/');
    if (parts.some((part) => always.includes(part)) || name.endsWith('.pyc')) return true;
    return rules.reduce((isIgnored, rule) => (rule.matches(name) ? !rule.takesBack : isIgnored), false);
  };
}

function toRule(line: string): { matches: (name: string) => boolean; takesBack: boolean } {
  const takesBack = line.startsWith('!');
  const pattern = (takesBack ? line.slice(1) : line).replace(/\/$/, '');
  const isAnchored = pattern.replace(/^\//, '').includes('/') || pattern.startsWith('/');
  const body = pattern
    .replace(/^\//, '')
    .split(/(\*\*\/|\*\*|\*|\?)/)
    .map((piece) => ({ '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' })[piece] ?? piece.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`))
    .join('');
  const expression = new RegExp(`${isAnchored ? '^' : '(?:^|/)'}${body}(?:/|$)`);
  return { matches: (name) => expression.test(name), takesBack };
}

async function read(path: string): Promise<string | undefined> {
  return await readFile(path, 'utf8').catch(() => undefined);
}
