import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hashFile, UnreadableTreeError } from '../artifacts/hash-file.ts';
import { hashFiles, hashOfTree, type HashedFile } from '../artifacts/hash-tree.ts';
import { describeBytes } from '../describe-bytes.ts';

/** More data than this stays where it lies. */
export interface DataBounds {
  readonly bytesOfOne: number;
  readonly bytesOfAll: number;
  readonly files: number;
}

export const exportedData: DataBounds = { bytesOfOne: 100_000_000, bytesOfAll: 500_000_000, files: 20_000 };

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
  | { readonly kind: 'large' | 'unreadable'; readonly note: string }
  | { readonly kind: 'missing'; readonly what: string };

/** Data that goes along: what is small enough, or, without bounds, all of it. */
export class DataAllowance {
  readonly #bounds: DataBounds | null;
  #taken = 0;

  constructor(bounds: DataBounds | null) {
    this.#bounds = bounds;
  }

  async take(path: string, what: string): Promise<TakenData> {
    const info = await stat(path).catch(() => null);
    if (!info) return { kind: 'missing', what: `${what} is not there (looked for ${path})` };
    const isFolder = info.isDirectory();
    try {
      const large = this.#bounds && (await this.#describeLarge(this.#bounds, isFolder ? path : info.size));
      if (large !== null)
        return {
          kind: 'large',
          note: `${what} is left out, because it is large (${large}). It still lies at ${path}, which the pipeline in the folder names.`,
        };
      const files = isFolder ? await hashFiles(path) : [{ name: '', path, ...(await hashFile(path)) }];
      const hash = isFolder ? hashOfTree(files) : (files[0]?.hash ?? '');
      return { kind: 'taken', files: files.map(toCopied), hash };
    } catch (error) {
      if (error instanceof UnreadableTreeError) return { kind: 'unreadable', note: `${what} cannot be taken along: ${error.message}` };
      throw error;
    }
  }

  /** What is asked for counts from now on; of a folder or a file of so many bytes. */
  async #describeLarge(bounds: DataBounds, data: string | number): Promise<string | null> {
    const { bytes, files } = typeof data === 'string' ? await sizeOf(data, bounds.files * 10) : { bytes: data, files: 1 };
    if (bytes > bounds.bytesOfOne || bytes > bounds.bytesOfAll - this.#taken || files > bounds.files)
      return `${describeBytes(bytes)} in ${files} ${files === 1 ? 'file' : 'files'}`;
    this.#taken += bytes;
    return null;
  }
}

/** Stops counting where it is too much anyway. */
async function sizeOf(folder: string, mostFiles: number): Promise<{ bytes: number; files: number }> {
  const total = { bytes: 0, files: 0 };
  const open = [folder];
  for (let next = open.pop(); next !== undefined && total.files <= mostFiles; next = open.pop()) {
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
