import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { readComponent } from '@pipewright/shared/yaml/read-component.ts';
import { createArtifactStore } from '../artifacts/create-artifact-store.ts';
import { hashFile } from '../artifacts/hash-file.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { filesOfCode } from './component-code.ts';

vi.mock(import('../artifacts/hash-file.ts'), async (original) => {
  const real = await original();
  return { ...real, hashFile: vi.fn(real.hashFile) };
});

it('reads what has not changed once, however often its files are asked for', async () => {
  const folder = await tempFolder();
  await mkdir(join(folder, 'src'));
  for (const name of ['one.py', 'two.py']) await writeFile(join(folder, 'src', name), name);
  const { component } = readComponent('type: command\nname: c\ncommand: "true"\ncode: ./src\n');
  if (!component) throw new Error('expected a component');
  const artifacts = createArtifactStore(join(folder, 'objects'), () => Date.now() + 60_000);
  const listed = async () => (await filesOfCode({ component, folder, definition: null }, artifacts)).map(({ name, sizeBytes }) => [name, sizeBytes]);
  expect(await listed()).toEqual(await listed());
  expect(hashFile).toHaveBeenCalledTimes(2);
  await writeFile(join(folder, 'src', 'two.py'), 'another');
  expect(await listed()).toEqual([
    ['one.py', 6],
    ['two.py', 7],
  ]);
  expect(hashFile).toHaveBeenCalledTimes(3);
});
