import { createHash } from 'node:crypto';
import { createReadStream, statSync, type BigIntStats } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { Worker } from 'node:worker_threads';
import type { HashCache } from './hash-cache.ts';

/** Not the time of its last change of names and rights: taking a file in is one. */
type FileState = Pick<BigIntStats, 'ino' | 'size' | 'mtimeNs'>;

export interface FileContent {
  readonly hash: string;
  readonly sizeBytes: number;
  /** Tells this state of the file from a later one. */
  readonly state: FileState;
  readonly isExecutable: boolean;
}

/** Bytes that cannot be taken in, in words for the person who made them. */
export class UnreadableTreeError extends Error {
  override readonly name = 'UnreadableTreeError';
}

/** Up to here a stream costs more than the reading. */
const smallBytes = 256 * 1024;
/** From here on a thread of its own pays for its start. */
const largeBytes = 64 * 1024 * 1024;

/** Hashes a file that stays as it is meanwhile; one that is written to is refused, since its bytes have no one hash. */
export async function hashFile(path: string, cache?: HashCache): Promise<FileContent> {
  const before = await stat(path, { bigint: true });
  if (!before.isFile()) throw new UnreadableTreeError(`${path} is neither a file nor a folder, so it cannot be stored.`);
  const known = cache?.find(path, before);
  if (known !== undefined) return contentOf(known, before);
  return await hashBytes(path, before, cache);
}

/** What is remembered of a file that has not changed since; a look without a trip through the thread pool. */
export function rememberedContent(path: string, cache: HashCache): FileContent | undefined {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (!stats) return undefined;
  const known = cache.find(path, stats);
  return known === undefined ? undefined : contentOf(known, stats);
}

async function hashBytes(path: string, before: BigIntStats, cache: HashCache | undefined): Promise<FileContent> {
  const hash = before.size >= largeBytes ? await hashInThread(path) : await hashHere(path, before.size);
  await checkUnchanged(path, before);
  cache?.remember(path, before, hash);
  return contentOf(hash, before);
}

export async function checkUnchanged(path: string, { ino, size, mtimeNs }: FileState): Promise<void> {
  const now = await stat(path, { bigint: true }).catch(() => null);
  if (now?.ino === ino && now.size === size && now.mtimeNs === mtimeNs) return;
  throw new UnreadableTreeError(`${path} changed while it was being read. Try again when nothing writes to it.`);
}

async function hashHere(path: string, size: bigint): Promise<string> {
  const digest = createHash('sha256');
  if (size <= smallBytes) return digest.update(await readFile(path)).digest('hex');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 18 }), digest);
  return digest.digest('hex');
}

async function hashInThread(path: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const worker = new Worker(new URL('./hash-worker.ts', import.meta.url), { workerData: path });
  worker.once('message', (hash: unknown) => resolve(String(hash)));
  worker.once('error', reject);
  worker.once('exit', (code) => reject(new Error(`Hashing ${path} ended with code ${code}`)));
  return await promise;
}

function contentOf(hash: string, stats: BigIntStats): FileContent {
  const { ino, size, mtimeNs } = stats;
  return { hash, sizeBytes: Number(size), state: { ino, size, mtimeNs }, isExecutable: (stats.mode & 0o100n) !== 0n };
}
