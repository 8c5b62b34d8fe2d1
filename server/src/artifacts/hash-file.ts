import { createHash } from 'node:crypto';
import { createReadStream, type BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { Worker } from 'node:worker_threads';
import type { HashCache } from './hash-cache.ts';

export interface FileContent {
  readonly hash: string;
  readonly sizeBytes: number;
  /** Tells this state of the file from a later one. */
  readonly signature: string;
  readonly isExecutable: boolean;
}

/** Bytes that cannot be taken in, in words for the person who made them. */
export class UnreadableTreeError extends Error {
  override readonly name = 'UnreadableTreeError';
}

/** From here on a thread of its own pays for its start. */
const largeBytes = 64 * 1024 * 1024;

/** Hashes a file that stays as it is meanwhile; one that is written to is refused, since its bytes have no one hash. */
export async function hashFile(path: string, cache?: HashCache): Promise<FileContent> {
  const before = await stat(path, { bigint: true });
  if (!before.isFile()) throw new UnreadableTreeError(`${path} is neither a file nor a folder, so it cannot be stored.`);
  const known = cache?.find(path, before);
  if (known !== undefined) return contentOf(known, before);
  const hash = before.size >= largeBytes ? await hashInThread(path) : await hashHere(path);
  await checkUnchanged(path, signatureOf(before));
  cache?.remember(path, before, hash);
  return contentOf(hash, before);
}

export async function checkUnchanged(path: string, signature: string): Promise<void> {
  const now = await stat(path, { bigint: true }).catch(() => null);
  if (now && signatureOf(now) === signature) return;
  throw new UnreadableTreeError(`${path} changed while it was being read. Try again when nothing writes to it.`);
}

async function hashHere(path: string): Promise<string> {
  const digest = createHash('sha256');
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
  return { hash, sizeBytes: Number(stats.size), signature: signatureOf(stats), isExecutable: (stats.mode & 0o100n) !== 0n };
}

/** Not the time of its last change of names and rights: taking a file in is one. */
const signatureOf = ({ size, mtimeNs, ino }: BigIntStats): string => `${ino} ${size} ${mtimeNs}`;
