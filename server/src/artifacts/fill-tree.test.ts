import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../testing/temp-folder.ts';
import { takeByCopy, takeByLink } from './fill-tree.ts';
import { hashFile } from './hash-file.ts';

describe.each([
  ['takeByLink', takeByLink],
  ['takeByCopy', takeByCopy],
])('%s', (_name, take) => {
  it('refuses a file that was written to after it had been hashed', async () => {
    const folder = await tempFolder();
    const path = join(folder, 'out.csv');
    await writeFile(path, 'one');
    const file = { path, ...(await hashFile(path)) };
    await appendFile(path, 'two');
    await expect(take(file, join(folder, 'kept'))).rejects.toThrow(/out.csv changed while it was being read/);
  });
});
