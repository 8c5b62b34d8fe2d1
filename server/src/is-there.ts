import { stat } from 'node:fs/promises';

/** Whether there is anything by a path: a file, a folder, or what a link leads to. */
export async function isThere(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}
