import { watch } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { AttemptFolder } from './attempt-folder.ts';

/** Bytes of the log as it is shown: our lines before, the step's own, our lines after. */
export interface LogPart {
  readonly offset: number;
  readonly nextOffset: number;
  readonly size: number;
  /** Where our lines before end and the step's own begin. */
  readonly stepFrom: number;
  /** Where our lines after begin; null while there are none. */
  readonly stepTo: number | null;
  readonly text: string;
}

const parts = ['prologue', 'log', 'epilogue'] as const;
/** Under the watcher, for file systems that do not tell of changes. */
const pollEveryMs = 500;
const bytesAtOnce = 256 * 1024;

/** Reads whole characters: one that is cut at the end comes with the next part, unless nothing else is left. */
export async function readLog(folder: AttemptFolder, offset: number, limit: number): Promise<LogPart> {
  const part = await readPart(folder, offset, limit);
  const isStuck = part.text === '' && part.bytes.length > 0;
  const text = isStuck ? part.bytes.toString('utf8') : part.text;
  const { size, stepFrom, stepTo } = part;
  return { offset, nextOffset: isStuck ? offset + part.bytes.length : part.nextOffset, size, stepFrom, stepTo, text };
}

/**
 * Tells of what is appended from an offset on, until stopped. Constant memory, however long the log. Half a character at
 * the end of what is there waits for its other half. It reads on when `appended` has resolved: a slow reader gets fewer,
 * larger parts.
 */
export function tailLog(folder: AttemptFolder, from: number, appended: (part: LogPart) => Promise<void> | void): () => void {
  const stopping = new AbortController();
  const { signal } = stopping;
  let offset = from;
  let isReading = false;
  let isStale = false;
  const read = async (): Promise<void> => {
    isStale = true;
    if (isReading) return;
    isReading = true;
    while (isStale && !signal.aborted) {
      isStale = false;
      // What cannot be read now is tried again by the poll.
      const part = await readPart(folder, offset, bytesAtOnce).catch(() => null);
      if (!part || part.text === '' || signal.aborted) continue;
      const { text, nextOffset, size, stepFrom, stepTo } = part;
      await appended({ offset, nextOffset, size, stepFrom, stepTo, text });
      offset = nextOffset;
      isStale = nextOffset < size;
    }
    isReading = false;
  };
  const follow = async (): Promise<void> => {
    // The watch needs a folder, also before the step has one.
    try {
      folder.create();
    } catch {
      // On a full disk the poll alone will do.
    }
    watchFolder(folder.path, { signal, changed: () => void read() });
    while (!signal.aborted) {
      await read();
      await delay(pollEveryMs, undefined, { signal }).catch(() => undefined);
    }
  };
  void follow();
  return () => stopping.abort();
}

function watchFolder(path: string, { signal, changed }: { readonly signal: AbortSignal; readonly changed: () => void }): void {
  try {
    watch(path, { signal }, changed).on('error', () => undefined);
  } catch {
    // There is no folder, or the system has no watches left.
  }
}

async function readPart(folder: AttemptFolder, offset: number, limit: number): Promise<LogPart & { readonly bytes: Buffer }> {
  const sizes = await Promise.all(parts.map(async (name) => await sizeOf(folder.file(name))));
  const size = sizes.reduce((sum, part) => sum + part, 0);
  const chunks: Buffer[] = [];
  let start = 0;
  let at = offset;
  const end = Math.min(offset + limit, size);
  for (const [index, name] of parts.entries()) {
    const length = sizes[index] ?? 0;
    const take = Math.min(end, start + length) - at;
    if (at >= start && take > 0) {
      const chunk = await readBytes(folder.file(name), at - start, take);
      chunks.push(chunk);
      at += take;
      // Cut short under us: what comes after would stand at the wrong offset.
      if (chunk.length < take) break;
    }
    start += length;
  }
  const bytes = Buffer.concat(chunks);
  const count = wholeCharacters(bytes);
  const [stepFrom = 0, own = 0, after = 0] = sizes;
  const stepTo = after > 0 ? stepFrom + own : null;
  return { offset, nextOffset: offset + count, size, stepFrom, stepTo, text: bytes.toString('utf8', 0, count), bytes };
}

async function sizeOf(path: string): Promise<number> {
  return await stat(path).then(
    (info) => info.size,
    () => 0,
  );
}

async function readBytes(path: string, position: number, length: number): Promise<Buffer> {
  const handle = await open(path, 'r').catch(() => null);
  if (!handle) return Buffer.alloc(0);
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
