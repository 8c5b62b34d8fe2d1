import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeZip, zipOf, type ZippedFile } from '../testing/make-zip.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { unpackZip } from './unpack-zip.ts';

const rules = { maxBytes: 300_000_000, maxFiles: 10 };

async function unpack(bytes: Buffer): Promise<{ names: readonly string[]; folder: string }> {
  const place = await tempFolder();
  const folder = join(place, 'into');
  await mkdir(folder);
  await writeFile(join(place, 'a.zip'), bytes);
  return { names: await unpackZip(join(place, 'a.zip'), folder, rules), folder };
}

describe('unpacking an archive', () => {
  it('gives its files with their rights, and leaves out what changes by itself', async () => {
    const { names, folder } = await unpack(
      makeZip([
        { name: 'p/' },
        { name: 'p/run.sh', text: 'echo', mode: 0o10_0755 },
        { name: 'p/empty.txt' },
        { name: 'p/größe.txt', text: 'x'.repeat(100_000) },
        { name: 'p/.git/HEAD', text: 'x' },
        { name: '__MACOSX/p/._run.sh', text: 'x' },
      ]),
    );
    expect(names).toEqual(['p/run.sh', 'p/empty.txt', 'p/größe.txt']);
    expect(await readdir(join(folder, 'p'))).toEqual(['empty.txt', 'größe.txt', 'run.sh']);
    expect((await stat(join(folder, 'p/run.sh'))).mode & 0o777).toBe(0o755);
    expect(await readFile(join(folder, 'p/größe.txt'), 'utf8')).toBe('x'.repeat(100_000));
  });

  const plain = { name: 'a.yml', text: 'jobs: {}\n' };
  const zeros = Buffer.alloc(1_000_000);
  const saying = { bytes: zeros, says: { bytes: 150_000_000 } };
  it.each<[string, string, readonly ZippedFile[]]>([
    ['a path that leads out', 'leads out of the folder', [plain, { name: '../evil' }]],
    ['a path that leads out further in', 'leads out of the folder', [plain, { name: 'a/../../evil' }]],
    ['a path from the root', 'begins at the root', [plain, { name: '/etc/evil' }]],
    ['a path from a drive', 'begins at a drive', [plain, { name: 'C:/evil' }]],
    ['a path with backslashes', 'backslash', [plain, { name: String.raw`..\evil` }]],
    ['a path with empty parts', 'empty parts', [plain, { name: 'a//b' }]],
    ['a NUL byte in a name', 'NUL byte', [plain, { name: 'a\0b' }]],
    ['a link', 'Links are not unpacked', [plain, { name: 'link', text: '/etc/passwd', mode: 0o12_0777 }]],
    ['a device', 'neither a file nor a folder', [plain, { name: 'device', mode: 0o06_0666 }]],
    ['a name twice', 'twice', [plain, plain]],
    [
      'a file that is a folder, too',
      'as a file and as a folder',
      [
        { name: 'a', text: 'x' },
        { name: 'a/b', text: 'x' },
      ],
    ],
    ['too many files', 'more than the 10 that an import may have', Array.from({ length: 11 }, (_none, index) => ({ name: `f${index}` }))],
    ['too many bytes', 'would unpack to 450 MB', [1, 2, 3].map((index) => ({ name: `f${index}`, ...saying }))],
    ['a bomb', 'taken for a bomb', [{ name: 'zeros', ...saying }]],
    ['more bytes than it says', 'not what its directory says', [{ name: 'zeros', bytes: zeros, says: { bytes: 1000 } }]],
    ['other bytes than it says', 'not what its directory says', [{ ...plain, says: { crc: 1 } }]],
    ['another name than it says', 'not where its directory says', [{ ...plain, says: { name: 'b.yml' } }]],
  ])('refuses %s', async (_what, message, files) => {
    await expect(unpack(makeZip(files))).rejects.toThrow(message);
  });

  it('refuses what is no archive, or not all of one', async () => {
    await expect(unpack(Buffer.from('PK, but nothing else'))).rejects.toThrow('not a ZIP archive');
    const whole = zipOf({ 'a.txt': 'x'.repeat(1000), 'b.txt': 'y' });
    await expect(unpack(whole.subarray(0, whole.length - 30))).rejects.toThrow('not a ZIP archive');
    await expect(unpack(whole.subarray(20))).rejects.toThrow('damaged');
  });
});
