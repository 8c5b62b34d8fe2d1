import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { refused, type RegisterOutcome } from './register-parts.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** Writes one file of an upload; false where its name leads elsewhere. */
export async function writeUpload(folder: string, path: string, content: Readable): Promise<boolean> {
  const file = resolve(folder, path);
  if (!file.startsWith(resolve(folder) + sep) || path.includes('\0')) return false;
  await mkdir(dirname(file), { recursive: true });
  await pipeline(content, createWriteStream(file));
  return true;
}

/** One file is that file, several are a folder. Gone when it is taken in; kept when it cannot be, so that another name may be tried. */
export async function takeUpload(folder: string, take: (path: string) => Promise<RegisterOutcome>): Promise<RegisterOutcome> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const [only, ...others] = entries;
  if (!only) return refused('missing', 'Nothing was uploaded.');
  const outcome = await take(others.length === 0 ? join(folder, only.name) : folder);
  if (outcome.ok) await rm(folder, { recursive: true, force: true });
  return outcome;
}

/** Those that nobody came back for within a day. */
export async function clearUploads(uploadsFolder: string, now: number): Promise<void> {
  for (const name of await readdir(uploadsFolder).catch(() => [])) {
    const folder = join(uploadsFolder, name);
    const changedAt = (await stat(folder).catch(() => null))?.mtimeMs ?? now;
    if (now - changedAt > dayMs) await rm(folder, { recursive: true, force: true });
  }
}
