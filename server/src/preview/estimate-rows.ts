import { open, stat } from 'node:fs/promises';

const sampleBytes = 256 * 1024;

/** How many rows files of lines have, by how long the first ones are; the first of each may name the columns. Null: not one line ends where it is looked for. */
export async function estimateRows(files: readonly string[]): Promise<number | null> {
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  const sizeBytes = sizes.reduce((sum, size) => sum + size, 0);
  const start = await startOf(files[0]);
  let lines = 0;
  for (let at = start.indexOf(10); at !== -1; at = start.indexOf(10, at + 1)) lines += 1;
  const length = start.lastIndexOf(10) + 1;
  return lines === 0 ? null : Math.max(1, Math.round((sizeBytes / length) * lines) - files.length);
}

async function startOf(path: string | undefined): Promise<Buffer> {
  if (path === undefined) return Buffer.alloc(0);
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(sampleBytes), 0, sampleBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
