import { execFileSync } from 'node:child_process';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readTextFile } from './read-text-file.ts';
import { tempFolder } from './testing/temp-folder.ts';

it('reads files, by a link too, and does not wait for a pipe or a device', async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, 'a.yml'), 'a: 1\n');
  await symlink('a.yml', join(folder, 'link'));
  await symlink('nothing', join(folder, 'broken'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  for (const name of ['a.yml', 'link']) expect(await readTextFile(join(folder, name))).toBe('a: 1\n');
  for (const path of ['pipe', 'broken', '.', 'none', 'a.yml/b', '\0']) expect(await readTextFile(join(folder, path))).toBeNull();
  expect(await readTextFile('/dev/zero')).toBeNull();
});
