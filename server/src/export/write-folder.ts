import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, copyFile, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { hashFile } from '../artifacts/hash-file.ts';
import type { ExportedFile, ExportedFolder } from './exported-folder.ts';

/** What stands in the way: files that are there and say something else. */
export async function differingFiles({ files }: ExportedFolder, folder: string): Promise<string[]> {
  const differing: string[] = [];
  for (const [name, file] of files) {
    const target = join(folder, name);
    const there = await stat(target).catch(() => null);
    if (there && !(there.isFile() && (await hasSameBytes(file, target)))) differing.push(name);
  }
  return differing;
}

/** Each file whole or not at all; what else lies in the folder stays. */
export async function writeFolder({ files }: ExportedFolder, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, file] of files) {
    const target = join(folder, name);
    // Exported into its own project, much of it is there already.
    if ('path' in file && resolve(file.path) === resolve(target)) continue;
    await mkdir(dirname(target), { recursive: true });
    const fresh = join(dirname(target), `.pipewright-${randomUUID()}`);
    if ('text' in file) await writeFile(fresh, file.text);
    else {
      await copyFile(file.path, fresh, constants.COPYFILE_FICLONE);
      await chmod(fresh, file.isExecutable ? 0o755 : 0o644);
    }
    await rename(fresh, target);
  }
}

async function hasSameBytes(file: ExportedFile, target: string): Promise<boolean> {
  if ('text' in file) return (await readFile(target, 'utf8')) === file.text;
  return (
    resolve(file.path) === resolve(target) ||
    (await hashFile(file.path)).hash ===
      createHash('sha256')
        .update(await readFile(target))
        .digest('hex')
  );
}
