import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, copyFile, link, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { checkUnchanged, type FileContent } from './hash-file.ts';
import type { HashedFile } from './hash-tree.ts';

/** Brings one file into the store, with the bytes that were hashed or not at all. */
export type Take = (file: FileContent & { readonly path: string }, target: string) => Promise<void>;

export async function fillTree(target: string, files: readonly HashedFile[], take: Take): Promise<void> {
  await mkdir(target, { recursive: true });
  for (const folder of new Set(files.map((file) => dirname(file.name)))) await mkdir(join(target, folder), { recursive: true });
  for (const file of files) await take(file, join(target, file.name));
}

/**
 * The same bytes by another name, read-only by both. Across file systems, and where the file has a third name whose
 * owner does not expect that, a copy.
 */
export const takeByLink: Take = async (file, target) => {
  const isShared = (await stat(file.path)).nlink > 1;
  const isLinked =
    !isShared &&
    (await link(file.path, target).then(
      () => true,
      () => false,
    ));
  if (!isLinked) return await takeByCopy(file, target);
  await chmod(target, modeOf(file, 0o444));
  await checkUnchanged(file.path, file.state);
};

export const takeByCopy: Take = async (file, target) => {
  await copyFile(file.path, target, constants.COPYFILE_FICLONE);
  await chmod(target, modeOf(file, 0o444));
  await checkUnchanged(file.path, file.state);
};

/** Below this a link saves less than it costs. */
const worthLinking = 64 * 1024;

/**
 * Puts the store's own bytes in the place of equal ones, so that they lie on the disk once. Where that cannot be done they
 * stay twice, as they are. `content` is the stored file, or the folder with the files of these names. A stored file that
 * was written to since is not trusted with the only copy.
 */
export async function replaceByLinks(files: readonly (FileContent & { readonly path: string; readonly name: string })[], content: string): Promise<void> {
  const large = files.filter(({ sizeBytes }) => sizeBytes >= worthLinking);
  if (large.length === 0) return;
  const { ctimeMs: storedAt } = await stat(dirname(content));
  for (const { path, name } of large) {
    const stored = join(content, name);
    const [kept, doubled] = await Promise.all([stat(stored), stat(path)]);
    // Linked already, or somebody else's file by another name.
    if (doubled.nlink > 1 || kept.size !== doubled.size || kept.mtimeMs > storedAt) continue;
    const beside = join(dirname(path), `.pipewright-${randomUUID()}`);
    await link(stored, beside)
      .then(async () => await rename(beside, path))
      .catch(async () => await rm(beside, { force: true }));
  }
}

/** A copy of a stored folder that its owner may write to; made in sorted order, which some file systems list it in. */
export async function copyFresh(source: string, target: string): Promise<void> {
  await mkdir(target, { recursive: true });
  const entries = await readdir(source, { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const [from, to] = [join(source, entry.name), join(target, entry.name)];
    if (entry.isDirectory()) {
      await copyFresh(from, to);
      continue;
    }
    const { mode } = await stat(from);
    await copyFile(from, to, constants.COPYFILE_FICLONE);
    await chmod(to, modeOf({ isExecutable: (mode & 0o100) !== 0 }, 0o644));
  }
}

const modeOf = ({ isExecutable }: Pick<FileContent, 'isExecutable'>, plain: number): number => (isExecutable ? plain | 0o111 : plain);
