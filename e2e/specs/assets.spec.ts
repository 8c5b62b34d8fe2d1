import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { test } from '../fixtures/server.ts';
import { Designer } from '../pages/designer.ts';

const pipelines = {
  'make.yml': `type: pipeline
display_name: Make letters
jobs:
  make: { command: 'echo a > \${{outputs.letters}}/a.txt', outputs: { letters: { type: uri_folder } } }
`,
  'use.yml': `type: pipeline
display_name: Use letters
jobs:
  use: { command: 'ls \${{inputs.letters}}', inputs: { letters: { type: uri_folder, path: 'azureml:letters@latest' } } }
`,
};

test('an output gets a name by its menu, another pipeline uses it, and its page tells of both', async ({ page, server, request }) => {
  const folder = await mkdtemp(join(tmpdir(), 'pipewright-e2e-'));
  for (const [name, text] of Object.entries(pipelines)) await writeFile(join(folder, name), text);
  const draftOf = async (name: string): Promise<string> => {
    const imported = (await (await request.post(`${server.url}/api/import`, { data: { file: join(folder, name) } })).json()) as { id: string };
    return `${server.url}/drafts/${imported.id}`;
  };
  const designer = new Designer(page);
  await designer.open(await draftOf('make.yml'));
  await designer.run();
  await designer.expectStatus('make', 'completed');
  await page.locator('[data-port="make.outputs.letters"]').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Register output letters…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Register output letters' });
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('letters');
  await dialog.getByRole('textbox', { name: 'Description' }).fill('The first of them');
  await dialog.getByRole('button', { name: 'Register' }).click();
  await expect(page.getByText('letters:1 is registered')).toBeVisible();

  await designer.open(await draftOf('use.yml'));
  await designer.run();
  await designer.expectStatus('use', 'completed');

  await page.goto(`${server.url}/data/letters`);
  const detail = page.getByRole('article', { name: 'letters' });
  await expect(detail.getByText('The first of them')).toBeVisible();
  await expect(detail.getByRole('list', { name: 'Made by' }).getByRole('link', { name: /run 1 · Make letters/ })).toBeVisible();
  await expect(detail.getByRole('list', { name: 'Used by' }).getByRole('link', { name: /run 2 · Use letters/ })).toBeVisible();
  await expect(detail.getByText('a.txt').first()).toBeVisible();

  // Archived and brought back, without leaving the page.
  await detail.getByRole('button', { name: 'What can be done with letters' }).click();
  await page.getByRole('menuitem', { name: 'Archive version 1' }).click();
  await expect(detail.getByText('archived')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(detail.getByText('latest', { exact: true })).toBeVisible();

  await detail.getByRole('link', { name: /run 2/ }).click();
  await expect(page.getByRole('link', { name: 'letters:1' })).toBeVisible();
  await rm(folder, { recursive: true });
});
