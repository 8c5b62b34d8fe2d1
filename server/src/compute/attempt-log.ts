import { watch } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { AttemptFolder } from './attempt-folder.ts';

/** Bytes of the log as it is shown: our lines before, the step's own, our lines after. */
export interface LogPart {
  readonly offset: number;
  readonly nextOffset: number;
  readonly size: number;
  readonly text: string;
}

const parts = ['prologue', 'log', 'epilogue'] as const;
/** Under the watcher, for file systems that do not tell of changes. */
const pollEveryMs = 500;
const bytesAtOnce = 256 * 1024;

/** Reads whole characters only: one that is cut at the end comes with the next part. */
export async function readLog(folder: AttemptFolder, offset: number, limit: number): Promise<LogPart> {
  const sizes = await Promise.all(parts.map(async (name) => await sizeOf(folder.file(name))));
  const size = sizes.reduce((sum, part) => sum + part, 0);
  const chunks: Buffer[] = [];
  let start = 0;
  let left = Math.max(0, Math.min(limit, size - offset));
  let at = offset;
  for (const [index, name] of parts.entries()) {
    const length = sizes[index] ?? 0;
    const isIn = at >= start && at < start + length && left > 0;
    if (isIn) {
      const take = Math.min(left, start + length - at);
      chunks.push(await readBytes(folder.file(name), at - start, take));
      at += take;
      left -= take;
    }
    start += length;
  }
  const bytes = Buffer.concat(chunks);
  const whole = offset + bytes.length >= size ? bytes : bytes.subarray(0, wholeCharacters(bytes));
  return { offset, nextOffset: offset + whole.length, size, text: whole.toString('utf8') };
}

/** Tells of what is appended from an offset on, until stopped. Constant memory, however long the log. */
export function tailLog(folder: AttemptFolder, from: number, appended: (part: LogPart) => void): () => void {
  const stopping = new AbortController();
  let offset = from;
  let isReading = false;
  let isStale = false;
  const read = async (): Promise<void> => {
    isStale = true;
    if (isReading) return;
    isReading = true;
    while (isStale && !stopping.signal.aborted) {
      isStale = false;
      const part = await readLog(folder, offset, bytesAtOnce);
      if (part.text === '' || stopping.signal.aborted) continue;
      offset = part.nextOffset;
      appended(part);
      isStale = part.nextOffset < part.size;
    }
    isReading = false;
  };
  void folder.create().then(() => {
    if (stopping.signal.aborted) return;
    const watcher = watch(folder.path, { signal: stopping.signal }, () => void read());
    watcher.on('error', () => undefined);
    void read();
  });
  void (async () => {
    while (!stopping.signal.aborted) {
      await delay(pollEveryMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      await read();
    }
  })();
  return () => stopping.abort();
}

async function sizeOf(path: string): Promise<number> {
  return await stat(path).then(
    (info) => info.size,
    () => 0,
  );
}

async function readBytes(path: string, position: number, length: number): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** How many bytes make whole UTF-8 characters; bytes that are none pass as they are. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0b1100_0000) === 0b1000_0000) continue;
    const length = byte >= 0b1111_0000 ? 4 : byte >= 0b1110_0000 ? 3 : byte >= 0b1100_0000 ? 2 : 1;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
