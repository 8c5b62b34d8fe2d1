import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// The command line as few files instead of five hundred, which start in half the time. Nothing but speed depends on it:
// whatever is amiss with it, the sources are run. This module is loaded by every command: it waits, and needs no library.

const projectRoot = join(import.meta.dirname, '..', '..', '..');

/** Where the program is put. Its own packages are found from here. */
export const programFolder = (root = projectRoot): string => join(root, 'server', 'dist');

/** A file that the program was made from, by its path below the root. */
export interface SourceFile {
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
}

/** The program, if everything that it was made from is as it was then; null if it is not, or there is none. */
export function findProgram(root = projectRoot): string | null {
  try {
    const [madeIn, entry, ...sources] = readFileSync(listFile(root), 'utf8').split('\n');
    if (madeIn !== root || entry === undefined || sources.pop() !== '') return null;
    const program = join(programFolder(root), entry);
    const isFresh = existsSync(program) && sources.every((line) => line === lineOf(lookAt(root, line.slice(line.indexOf('/') + 1))));
    return isFresh ? program : null;
  } catch {
    return null;
  }
}

export function lookAt(root: string, path: string): SourceFile {
  const { size, mtimeMs } = statSync(join(root, path));
  return { path, size, mtimeMs };
}

/** Makes a program that lies in the folder the one that is run. */
export function setProgram(root: string, entry: string, sources: readonly SourceFile[]): void {
  const file = listFile(root);
  writeFileSync(`${file}.new`, [root, entry, ...sources.map(lineOf), ''].join('\n'));
  renameSync(`${file}.new`, file);
}

const listFile = (root: string): string => join(programFolder(root), 'made-from');

const lineOf = ({ path, size, mtimeMs }: SourceFile): string => `${size} ${mtimeMs} /${path}`;
