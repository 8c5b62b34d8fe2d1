import { realpathSync, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, relative, sep } from 'node:path';
import { describeBytes } from '../describe-bytes.ts';
import type { CodeRequest } from './artifact-store.ts';
import type { CodeRules } from './code-rules.ts';
import type { HashCache } from './hash-cache.ts';
import { hashFile, UnreadableTreeError } from './hash-file.ts';
import { hashFiles, hashOfTree, type FoundFile, type HashedFile } from './hash-tree.ts';
import { readIgnoreFiles } from './ignore-files.ts';

interface CodeContent {
  readonly hash: string;
  /** By their names in the snapshot, in order. */
  readonly files: readonly HashedFile[];
}

/** What a component's code consists of: a folder with what is included beside it, each under its base name, less what is ignored. */
export async function readCode(
  { folder, includes, definition }: CodeRequest,
  { rules, cache }: { readonly rules: CodeRules; readonly cache?: HashCache },
): Promise<CodeContent> {
  const files = new Map<string, HashedFile>();
  const take = async (path: string, own: string | null, prefix: string): Promise<void> => {
    for (const file of await codeFiles(path, own, { rules, cache })) files.set(`${prefix}${file.name}`, file);
  };
  if (folder !== null) await take(folder, definition, '');
  for (const include of includes) await take(include, null, (await stat(include)).isDirectory() ? `${basename(include)}/` : '');
  const sorted = [...files].map(([name, file]) => ({ ...file, name })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return { hash: hashOfCode(sorted), files: sorted };
}

/** Of code it matters, too, which files are programs. */
export function hashOfCode(files: readonly HashedFile[]): string {
  return hashOfTree(files.map(({ name, hash, isExecutable }) => ({ name: isExecutable ? `${name}\0x` : name, hash })));
}

interface Reading {
  readonly rules: CodeRules;
  readonly cache: HashCache | undefined;
}

/** Of a folder, or of the one file that stands for it. */
async function codeFiles(folder: string, definition: string | null, { rules, cache }: Reading): Promise<readonly HashedFile[]> {
  const why = whyNotCode(folder, rules.dataFolder);
  if (why !== null) throw new UnreadableTreeError(why);
  const known = cache ? { cache } : {};
  if (!(await stat(folder)).isDirectory()) {
    const found = { path: folder, name: basename(folder) };
    checkSize(folder, rules, { files: [found], hashed: [] });
    return [{ ...found, ...(await hashFile(folder, cache)) }];
  }
  const ignore = await readIgnoreFiles(folder);
  const own = definition === null ? null : relative(folder, definition);
  return await hashFiles(folder, {
    ...known,
    ignore: async (path, prefix) => {
      const isIgnored = await ignore(path, prefix);
      return (name, isFolder) => name === own || isIgnored(name, isFolder);
    },
    check: (files, hashed) => checkSize(folder, rules, { files, hashed }),
  });
}

/** A folder that nobody means, since it holds far more than any step could want. */
function whyNotCode(path: string, dataFolder: string | null): string | null {
  const real = realPath(path);
  const say = (what: string): string => `${path} cannot be the code of a step: it is ${what}. Name the folder that holds the step’s own files.`;
  if (real === sep) return say('the whole machine');
  if (real === realPath(homedir())) return say('your home folder');
  if (holds(real, realPath(homedir()))) return say('a folder that your home folder lies in');
  if (dataFolder === null) return null;
  const data = realPath(dataFolder);
  if (real === data) return say('the data folder of Pipewright');
  return holds(real, data) ? say(`a folder that the data folder of Pipewright (${dataFolder}) lies in`) : null;
}

const holds = (folder: string, path: string): boolean => path.startsWith(`${folder}${sep}`);

/** Of what is not there, the path itself. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

interface Found {
  readonly files: readonly FoundFile[];
  /** In their places, those whose size is known. */
  readonly hashed: readonly (HashedFile | undefined)[];
}

function checkSize(folder: string, { maxBytes, maxFiles }: CodeRules, { files, hashed }: Found): void {
  const sizes = files.map(({ path }, index) => hashed[index]?.sizeBytes ?? statSync(path, { throwIfNoEntry: false })?.size ?? 0);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total <= maxBytes && files.length <= maxFiles) return;
  const isLarge = total > maxBytes;
  const most = isLarge ? `${describeBytes(maxBytes)} that the code of a step may have` : `${maxFiles} files that the code of a step may have`;
  throw new UnreadableTreeError(
    `The code ${folder} holds ${describeBytes(total)} in ${files.length} files, more than the ${most}. Most of it: ${largest(files, sizes, isLarge)}. ` +
      `Name what the step does not read in ${folder}${sep}.amlignore (or .gitignore), one pattern a line, such as ${patternFor(files, sizes)}; ` +
      `data belongs in an input; or raise code.${isLarge ? 'max_bytes' : 'max_files'} in config.yml.`,
  );
}

interface Share {
  readonly name: string;
  bytes: number;
  count: number;
}

const mostNamed = 3;

/** What stands at the top of a folder, the largest first. */
function sharesOf(files: readonly FoundFile[], sizes: readonly number[]): Share[] {
  const shares = new Map<string, Share>();
  for (const [index, { name }] of files.entries()) {
    const slash = name.indexOf('/');
    const top = slash < 0 ? name : name.slice(0, slash + 1);
    const share = shares.get(top) ?? { name: top, bytes: 0, count: 0 };
    share.bytes += sizes[index] ?? 0;
    share.count += 1;
    shares.set(top, share);
  }
  return [...shares.values()].toSorted((a, b) => b.bytes - a.bytes);
}

function largest(files: readonly FoundFile[], sizes: readonly number[], isLarge: boolean): string {
  const shares = sharesOf(files, sizes).toSorted((a, b) => (isLarge ? b.bytes - a.bytes : b.count - a.count));
  return shares
    .slice(0, mostNamed)
    .map(({ name, bytes, count }) => `${name} (${describeBytes(bytes)}${count > 1 ? `, ${count} files` : ''})`)
    .join(', ');
}

const patternFor = (files: readonly FoundFile[], sizes: readonly number[]): string => `/${sharesOf(files, sizes)[0]?.name ?? 'data/'}`;
