import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hashFile } from '../artifacts/hash-file.ts';
import type { ExportedFolder } from '../export/exported-folder.ts';
import { writeFolder } from '../export/write-folder.ts';
import { isThere } from '../is-there.ts';

/** Where a registered component lies: a folder for each content, so that nobody writes into that of another. */
export const folderOfComponent = (assetsFolder: string, { name, version, contentHash }: ComponentContent): string =>
  join(assetsFolder, 'components', name, version, contentHash);

interface ComponentContent {
  readonly name: string;
  readonly version: string;
  readonly contentHash: string;
}

/** What is being made. */
export const unfinishedIn = (assetsFolder: string): string => join(assetsFolder, 'unfinished');

/** What a server left behind that ended in the middle. */
export async function clearUnfinished(assetsFolder: string): Promise<void> {
  await rm(unfinishedIn(assetsFolder), { recursive: true, force: true });
}

/**
 * Copies what a component consists of to where it lies, whole or not at all; the answer is a sentence where it cannot.
 * The folder is named by what was hashed before, so a file that has changed since then does not go into it.
 */
export async function placeComponent(exported: ExportedFolder, folder: string, assetsFolder: string): Promise<string | null> {
  if (await isThere(folder)) return null;
  const fresh = join(unfinishedIn(assetsFolder), randomUUID());
  try {
    await writeFolder(exported, fresh);
    const changed = await changedSince(exported, fresh);
    if (changed !== null) return `${changed} changed while it was being read. Try again when nothing writes to it.`;
    await mkdir(dirname(folder), { recursive: true });
    await rename(fresh, folder).catch(async (error: unknown) => {
      // Another registration of the same content may have been first.
      if (!(await isThere(folder))) throw error;
    });
    return null;
  } catch (error) {
    const gone = goneFileOf(error);
    if (gone === null) throw error;
    return `${gone} was removed while it was being read. Try again when nothing writes there.`;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** The first file whose copy holds other bytes than those that were hashed. */
async function changedSince({ files }: ExportedFolder, copy: string): Promise<string | null> {
  for (const [name, file] of files) {
    if ('path' in file && (await hashFile(join(copy, name))).hash !== file.hash) return file.path;
  }
  return null;
}

const goneFileOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT' && 'path' in error && typeof error.path === 'string' ? error.path : null;
