import { readFile, stat } from 'node:fs/promises';

/**
 * The text of a file that a person or another file names; null where there is none, or something else by that name: a pipe
 * or a device would be read without end, and with it one of the few threads that all files are read by.
 */
export async function readTextFile(path: string): Promise<string | null> {
  const info = await stat(path).catch(() => null);
  return info?.isFile() ? await readFile(path, 'utf8').catch(() => null) : null;
}
