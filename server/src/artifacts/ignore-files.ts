import { basename, join } from 'node:path';
import { isAlwaysIgnored, parseIgnoreRules, verdictOf, type IgnoreRule } from '@pipewright/shared/files/ignore-rules.ts';
import { readTextFile } from '../read-text-file.ts';
import type { Ignore } from './hash-tree.ts';

/**
 * What a code folder leaves out: what changes by itself, and what its ignore files say, those of folders inside it too. Where
 * it has an `.amlignore`, only files of that name count, as in Azure; else those called `.gitignore`.
 */
export async function readIgnoreFiles(root: string): Promise<Ignore> {
  const own = await read(join(root, '.amlignore'));
  const fileName = own === undefined ? '.gitignore' : '.amlignore';
  /** By the prefix of the names in a folder: empty, or `a/b/`. */
  const rules = new Map<string, readonly IgnoreRule[]>();
  return async (folder, prefix) => {
    const text = prefix === '' && own !== undefined ? own : await read(join(folder, fileName));
    if (text !== undefined) rules.set(prefix, parseIgnoreRules(text));
    return (name, isFolder) => isAlwaysIgnored(basename(name)) || verdictIn(rules, name, isFolder) === 'ignored';
  };
}

/** What the nearest file says that says anything. */
function verdictIn(rules: ReadonlyMap<string, readonly IgnoreRule[]>, name: string, isFolder: boolean): 'ignored' | 'kept' | undefined {
  for (let slash = name.lastIndexOf('/'); ; slash = name.lastIndexOf('/', slash - 1)) {
    const prefix = name.slice(0, slash + 1);
    const own = rules.get(prefix);
    const verdict = own && verdictOf(own, name.slice(prefix.length), isFolder);
    if (verdict !== undefined || slash < 0) return verdict;
  }
}

async function read(path: string): Promise<string | undefined> {
  return (await readTextFile(path)) ?? undefined;
}
