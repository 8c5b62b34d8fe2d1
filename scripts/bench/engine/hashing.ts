import { execFile } from 'node:child_process';
import { createHash, randomFillSync } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createArtifactStore } from '../../../server/src/artifacts/create-artifact-store.ts';
import { median } from './compare.ts';
import type { Print } from './one-server.ts';

const run = promisify(execFile);
const gigabytes = 2;
const files = 100_000;

/** Hashing of data where it lies: one large file, and many small ones that have not changed. */
export async function measureHashing(print: Print, rounds: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'pipewright-bench-hash-'));
  try {
    const large = join(folder, 'large.bin');
    await writeLarge(large);
    const [bare, ours]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      bare.push(await timed(async () => await pipeline(createReadStream(large, { highWaterMark: 1 << 18 }), createHash('sha256'))));
      // A store of its own each time: nothing is remembered.
      ours.push(await timed(async () => await createArtifactStore(join(folder, 'objects'), Date.now).hash(large)));
    }
    const speed = (ms: number): string => `${((gigabytes * 1000) / ms).toFixed(2)} GB/s`;
    const ratio = `**${(median(bare) / median(ours)).toFixed(2)} ×** its speed (≥ 0.8)`;
    print('hashing 2 GB in one file', `\`createHash\` loop ${speed(median(bare))} · Pipewright ${speed(median(ours))}`, ratio);
    await rm(large);

    const many = join(folder, 'many');
    await writeMany(many);
    // Their dates are trusted once the clock has moved on.
    await delay(2500);
    const store = createArtifactStore(join(folder, 'objects'), Date.now);
    await store.hash(many);
    const [find, again]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      find.push(await timed(async () => await run('find', [many, '-printf', '%s\n'], { maxBuffer: 1 << 26 })));
      again.push(await timed(async () => await store.hash(many)));
    }
    const [theirs, own] = [median(find), median(again)];
    const figures = `\`find -printf %s\` ${Math.round(theirs)} ms · Pipewright ${Math.round(own)} ms`;
    print('100,000 small files unchanged since the last run', figures, `**${(own / theirs).toFixed(2)} ×** (≤ 3)`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeLarge(path: string): Promise<void> {
  const block = randomFillSync(Buffer.alloc(1 << 24));
  const file = await open(path, 'w');
  for (let written = 0; written < gigabytes * 1e9; written += block.length) await file.write(block);
  await file.close();
}

async function writeMany(folder: string): Promise<void> {
  for (let index = 0; index < files; index += 1) {
    const below = join(folder, String(index % 100));
    if (index < 100) await mkdir(below, { recursive: true });
    const path = join(below, `${index}.txt`);
    await writeFile(path, String(index));
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}
