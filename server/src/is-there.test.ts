import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isThere } from './is-there.ts';
import { tempFolder } from './testing/temp-folder.ts';

it('says whether there is a file or a folder, and nothing of a link that leads nowhere', async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, 'file'), '');
  await symlink('file', join(folder, 'link'));
  await symlink('nothing', join(folder, 'broken'));
  for (const name of ['.', 'file', 'link']) expect(await isThere(join(folder, name))).toBe(true);
  for (const name of ['none', 'broken', 'file/below']) expect(await isThere(join(folder, name))).toBe(false);
});
