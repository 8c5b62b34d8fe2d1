import { constants } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Lays a file, or the files of a folder, at a place that is a person's own: what has another name there stays, and what
 * has the same is replaced, each file in one moment. A file that is to lie at a folder lies in it.
 */
export async function copyInto(source: string, target: string): Promise<void> {
  if ((await stat(source)).isDirectory()) return await copyFolder(source, target);
  const isFolder = target.endsWith('/') || (await stat(target).catch(() => null))?.isDirectory() === true;
  await copyOne(source, isFolder ? join(target, basename(source)) : target);
}

async function copyFolder(source: string, target: string): Promise<void> {
  await mkdir(target, { recursive: true });
  for (const entry of await readdir(source, { withFileTypes: true })) {
    const [from, to] = [join(source, entry.name), join(target, entry.name)];
    if (entry.isDirectory()) await copyFolder(from, to);
    else await copyOne(from, to);
  }
}

async function copyOne(source: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const partial = join(dirname(target), `.${basename(target)}.pipewright-${process.pid}`);
  try {
    await copyFile(source, partial, constants.COPYFILE_FICLONE);
    // What is stored is read-only; this is not.
    await chmod(partial, 0o644);
    await rename(partial, target);
  } finally {
    await rm(partial, { force: true });
  }
}
