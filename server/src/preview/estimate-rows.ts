import { open } from 'node:fs/promises';
import type { TableReading } from './table-query.ts';

const sampleBytes = 256 * 1024;

/** How many rows a text of so many bytes has, by the lines that it begins with, the first of which may name the columns. */
export async function estimateRows({ sample }: TableReading, sizeBytes: number): Promise<{ readonly rowCount: number; readonly isEstimate: true }> {
  const start = sample === null ? Buffer.alloc(0) : await startOf(sample);
  let lines = 0;
  for (let at = start.indexOf(10); at !== -1; at = start.indexOf(10, at + 1)) lines += 1;
  const perLine = start.lastIndexOf(10) + 1;
  return { rowCount: lines === 0 ? 1 : Math.max(1, Math.round((sizeBytes / perLine) * lines) - 1), isEstimate: true };
}

async function startOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(sampleBytes), 0, sampleBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
