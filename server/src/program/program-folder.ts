import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

// The command line as few files instead of five hundred, which start in half the time. Only speed depends on it: where it is
// not what it was made as, or not made from what there is now, the sources are run. This module is loaded by every command:
// it waits, and needs no library.

const projectRoot = join(import.meta.dirname, '..', '..', '..');

/** Where the program is put. Its own packages are found from here. */
export const programFolder = (root = projectRoot): string => join(root, 'server', 'dist');

/** A file that the program was made from, or consists of, by its path below the root. */
export interface ListedFile {
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
}

/** The program, if it and everything that it was made from are as they were then; null if they are not, or there is none. */
export function findProgram(root = projectRoot): string | null {
  try {
    const [madeIn, entry, ...files] = readFileSync(listFile(root), 'utf8').split('\n');
    if (madeIn !== root || entry === undefined || files.pop() !== '') return null;
    const isFresh = files.every((line) => line === lineOf(lookAt(root, line.slice(line.indexOf('/') + 1))));
    return isFresh ? join(root, entry) : null;
  } catch {
    return null;
  }
}

export function lookAt(root: string, path: string): ListedFile {
  const { size, mtimeMs } = statSync(join(root, path));
  return { path, size, mtimeMs };
}

/** Makes a program the one that is run. */
export function setProgram(root: string, entry: string, files: readonly ListedFile[]): void {
  const file = listFile(root);
  writeFileSync(`${file}.new`, [root, relative(root, entry), ...files.map(lineOf), ''].join('\n'));
  renameSync(`${file}.new`, file);
}

const listFile = (root: string): string => join(programFolder(root), 'made-from');

const lineOf = ({ path, size, mtimeMs }: ListedFile): string => `${size} ${mtimeMs} /${path}`;
