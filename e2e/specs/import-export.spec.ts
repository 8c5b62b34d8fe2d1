import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { expect, type Page } from '@playwright/test';
import { Draft } from '@pipewright/shared/http/drafts.ts';
import { Imported } from '@pipewright/shared/http/imports.ts';
import { centralHeader, endRecord, localHeader, zipMethods } from '@pipewright/shared/zip/zip-records.ts';
import { test } from '../fixtures/server.ts';
import { Designer } from '../pages/designer.ts';

const pipeline = `type: pipeline
display_name: Brought # by hand
jobs:
  say:
    component: ./components/say.yml
    inputs: { words: { type: uri_file, path: ./words.txt } }
    outputs: { out: }
`;
const say = `command: sh code.sh \${{inputs.words}} > \${{outputs.out}}/said
code: ../src
inputs: { words: { type: uri_file } }
outputs: { out: { type: uri_folder } }
`;
const parts = { 'components/say.yml': say, 'src/code.sh': 'cat $1\n', 'words.txt': 'hello\n' };

function zip(files: Readonly<Record<string, string>>): Buffer {
  const directory: Uint8Array[] = [];
  const packed: Uint8Array[] = [];
  let offset = 0;
  for (const [path, text] of Object.entries(files)) {
    const [name, bytes] = [Buffer.from(path), Buffer.from(text)];
    const content = { method: zipMethods.stored, crc: crc32(bytes), packedBytes: bytes.length, bytes: bytes.length };
    const header = localHeader(name, zipMethods.stored, content);
    packed.push(header, bytes);
    directory.push(centralHeader({ ...content, name, offset, isExecutable: false }, false));
    offset += header.length + bytes.length;
  }
  const length = directory.reduce((sum, entry) => sum + entry.length, 0);
  return Buffer.concat([...packed, ...directory, endRecord(directory.length, length, offset)]);
}

async function choose(page: Page, name: string, files: Readonly<Record<string, string>>): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Import' }).click();
  await page.locator('input[aria-label="Choose files or a zip"]').setInputFiles({ name, mimeType: 'application/zip', buffer: zip(files) });
}

test('a zip is imported and runs; exported as a zip it is the same pipeline again', async ({ page, server, request }) => {
  await page.goto(`${server.url}/pipelines`);
  await choose(page, 'project.zip', { 'pipeline.yml': pipeline, ...parts });
  await page.waitForURL(/\/drafts\//);
  const designer = new Designer(page);
  await expect(designer.step('say')).toBeVisible();
  await designer.run();
  await designer.expectStatus('say', 'completed');

  await page.getByRole('banner').getByRole('button', { name: 'Export' }).click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Folder with everything (zip)' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('brought.zip');
  const data = await readFile(await download.path());
  const answer = await request.post(`${server.url}/api/imports/archive`, { data, headers: { 'Content-Type': 'application/zip' } });
  const [item] = Imported.parse(await answer.json()).items;
  expect(item).toMatchObject({ file: 'brought/pipeline.yml', problems: [], missing: [] });
  const documentOf = async (id: string): Promise<unknown> => Draft.parse(await (await request.get(`${server.url}/api/drafts/${id}`)).json()).document;
  expect(await documentOf(item?.id ?? '')).toEqual(await documentOf(page.url().split('/').at(-1) ?? ''));
});

test('a zip that leads out of its folder is refused, and nothing is left of it', async ({ page, server, request }) => {
  await page.goto(`${server.url}/pipelines`);
  await choose(page, 'evil.zip', { 'pipeline.yml': pipeline, '../evil.txt': 'x' });
  const dialog = page.getByRole('dialog', { name: 'Not imported' });
  await expect(dialog).toContainText('whose path leads out of the folder');
  expect(await (await request.get(`${server.url}/api/drafts`)).json()).toMatchObject({ items: [] });
});

test('pasted YAML says what it lacks, and takes the folder that has it', async ({ page, server }, testInfo) => {
  await page.goto(`${server.url}/pipelines`);
  await page.getByRole('banner').getByRole('button', { name: 'Import' }).click();
  await page.getByLabel('Or paste YAML').fill(pipeline);
  await page.getByRole('button', { name: 'Import the text' }).click();
  const dialog = page.getByRole('dialog', { name: 'Imported Brought' });
  await expect(dialog.getByRole('list', { name: 'Missing parts' }).getByRole('listitem')).toHaveCount(2);
  await expect(dialog).toContainText('pipeline.yml:5:5');
  const folder = testInfo.outputPath('project');
  for (const [path, text] of Object.entries(parts)) {
    await mkdir(`${folder}/${path}`.replace(/\/[^/]+$/, ''), { recursive: true });
    await writeFile(`${folder}/${path}`, text);
  }
  await page.locator('input[aria-label="Add a folder"]').setInputFiles(folder);
  await expect(dialog.getByRole('list', { name: 'Missing parts' })).toHaveCount(0);
  await dialog.getByRole('link', { name: 'Open the draft' }).click();
  const designer = new Designer(page);
  await designer.run();
  await designer.expectStatus('say', 'completed');
});
