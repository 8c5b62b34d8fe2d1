import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Preview } from '@pipewright/shared/http/preview.ts';

/** More than a person looks through, and than a page should draw. */
export const mostFiles = 1000;

export interface ListedFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly sizeBytes: number;
}

/** All files under a folder, sorted by path. */
export async function listFiles(folder: string): Promise<ListedFile[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files: ListedFile[] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.push({ path: relative(folder, path).split(sep).join('/'), sizeBytes: (await stat(path)).size });
  }
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

export function previewOfFiles(files: readonly ListedFile[]): Preview {
  return { kind: 'files', files: files.slice(0, mostFiles), isTruncated: files.length > mostFiles };
}
