import { open } from 'node:fs/promises';

/** Enough for any traceback worth reading; a log of gigabytes costs no more. */
const bytesRead = 256 * 1024;

/** The lines at the end of a file, with what a progress bar painted over (`\r`) left out; none when there is no file. */
export async function readLastLines(path: string): Promise<string[]> {
  const handle = await open(path, 'r').catch(() => null);
  if (!handle) return [];
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, bytesRead);
    const { buffer, bytesRead: count } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    const lines = buffer.subarray(0, count).toString('utf8').replace(/\n$/, '').split('\n').map(withoutOverpainted);
    const isWhole = length === size;
    // The first line is only the end of one.
    return isWhole ? lines.filter((line, index) => line !== '' || index > 0) : lines.slice(1);
  } finally {
    await handle.close();
  }
}

function withoutOverpainted(line: string): string {
  const text = line.replace(/\r+$/, '');
  return text.slice(text.lastIndexOf('\r') + 1).trimEnd();
}
