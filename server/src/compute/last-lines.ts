import { open } from 'node:fs/promises';

/** Enough for any traceback worth reading; a log of gigabytes costs no more. */
const bytesRead = 64 * 1024;

/** The last lines of a file, with the rest of a progress bar's line (`\r`) left out; none when there is no file. */
export async function readLastLines(path: string, count: number): Promise<string[]> {
  const handle = await open(path, 'r').catch(() => null);
  if (!handle) return [];
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, bytesRead);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    const lines = buffer.toString('utf8').replace(/\n$/, '').split('\n');
    return lines.slice(-count).map((line) => line.slice(line.lastIndexOf('\r', line.length - 2) + 1).trimEnd());
  } finally {
    await handle.close();
  }
}
