import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { hashFile, UnreadableTreeError } from '../artifacts/hash-file.ts';
import { hashFiles, hashOfTree, type HashedFile } from '../artifacts/hash-tree.ts';
import { describeBytes } from '../describe-bytes.ts';

/** Of data: more of it stays where it lies. */
const mostOfOneData = 100_000_000;
const mostOfAllData = 500_000_000;
const mostDataFiles = 20_000;

/** Files that are to be copied: to a place, by a name below it (empty: the place itself). */
export interface Copied {
  readonly name: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly isExecutable: boolean;
  readonly hash: string;
}

export const toCopied = ({ name, path, sizeBytes, isExecutable, hash }: HashedFile): Copied => ({ name, path, sizeBytes, isExecutable, hash });

type TakenData =
  | { readonly kind: 'taken'; readonly files: readonly Copied[]; readonly hash: string }
  | { readonly kind: 'left'; readonly note: string }
  | { readonly kind: 'missing'; readonly what: string };

/** Data that is small enough to go along. */
export class DataAllowance {
  #left = mostOfAllData;

  async take(path: string, what: string): Promise<TakenData> {
    const info = await stat(path).catch(() => null);
    if (!info) return { kind: 'missing', what: `${what} is not there (looked for ${path})` };
    try {
      const sizes = info.isDirectory() ? await sizeOf(path) : { bytes: info.size, files: 1 };
      if (sizes.bytes > mostOfOneData || sizes.bytes > this.#left || sizes.files > mostDataFiles) {
        const note = `${what} is left out, because it is large (${describeBytes(sizes.bytes)} in ${sizes.files} ${sizes.files === 1 ? 'file' : 'files'}). It still lies at ${path}, which the pipeline in the folder names.`;
        return { kind: 'left', note };
      }
      this.#left -= sizes.bytes;
      const files = info.isDirectory() ? await hashFiles(path) : [{ name: '', path, ...(await hashFile(path)) }];
      const hash = info.isDirectory() ? hashOfTree(files) : (files[0]?.hash ?? '');
      return { kind: 'taken', files: files.map(toCopied), hash };
    } catch (error) {
      if (error instanceof UnreadableTreeError) return { kind: 'left', note: `${what} is left out: ${error.message}` };
      throw error;
    }
  }
}

/** Stops counting where it is too much anyway. */
async function sizeOf(folder: string): Promise<{ bytes: number; files: number }> {
  const total = { bytes: 0, files: 0 };
  const open = [folder];
  for (let next = open.pop(); next !== undefined && total.files <= mostDataFiles * 10; next = open.pop()) {
    for (const entry of await readdir(next, { withFileTypes: true })) {
      const path = join(next, entry.name);
      if (entry.isDirectory()) open.push(path);
      else {
        total.files += 1;
        total.bytes += (await stat(path).catch(() => null))?.size ?? 0;
      }
    }
  }
  return total;
}

/** What an environment's file takes in by `-r FILE`, which is not a key of its own. */
export function requirementFilesIn(text: string): string[] {
  return [...text.matchAll(/(?:^|[\s"'-])(?:-r|--requirement)[=\s]+["']?([^\s"'#]+)/gm)].flatMap(([, file]) => file ?? []);
}

export const nameOfAsset = (name: string, version: string, path: string): string => join(`${name}-${version}`, basename(path));
