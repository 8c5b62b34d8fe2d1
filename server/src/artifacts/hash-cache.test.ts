import { stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../testing/temp-folder.ts';
import { HashCache } from './hash-cache.ts';

async function fileAndStats() {
  const path = join(await tempFolder(), 'data.csv');
  await writeFile(path, 'one');
  return { path, stats: await stat(path, { bigint: true }) };
}

describe('HashCache', () => {
  it('remembers a file whose last change is well past', async () => {
    const { path, stats } = await fileAndStats();
    const cache = new HashCache(() => Date.now() + 60_000);
    cache.remember(path, stats, 'abc');
    expect(cache.find(path, stats)).toBe('abc');
    expect(cache.find(`${path}.other`, stats)).toBeUndefined();
  });

  it('does not remember one that has only just changed, or will have changed tomorrow', async () => {
    const { path, stats } = await fileAndStats();
    const cache = new HashCache(() => Number(stats.mtimeMs) + 1000);
    cache.remember(path, stats, 'abc');
    expect(cache.find(path, stats)).toBeUndefined();
    const tomorrow = new Date(Date.now() + 86_400_000);
    await utimes(path, tomorrow, tomorrow);
    const later = await stat(path, { bigint: true });
    cache.remember(path, later, 'abc');
    expect(cache.find(path, later)).toBeUndefined();
  });

  it('forgets a file that was written to, even when its time was put back', async () => {
    const { path, stats } = await fileAndStats();
    const cache = new HashCache(() => Date.now() + 60_000);
    cache.remember(path, stats, 'abc');
    await writeFile(path, 'two');
    await utimes(path, Number(stats.atimeMs) / 1000, Number(stats.mtimeMs) / 1000);
    expect(cache.find(path, await stat(path, { bigint: true }))).toBeUndefined();
  });
});
