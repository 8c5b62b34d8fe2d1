import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { makeDraft } from '../fixtures/drafts.ts';
import { test } from '../fixtures/server.ts';
import { Designer } from '../pages/designer.ts';
import { violationsOn } from '../pages/axe.ts';

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
  expect(await violationsOn(page)).toEqual([]);
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
  expect(await violationsOn(page)).toEqual([]);

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

const counting = `name: count_letters
version: "1"
type: command
display_name: Count letters
inputs:
  letters: { type: uri_folder }
  stop_words: { type: uri_file }
outputs: { count: { type: uri_folder } }
command: cat \${{inputs.letters}}/* \${{inputs.stop_words}} | wc -c > \${{outputs.count}}/count.txt
`;

test('registered data is dragged onto an input, another is chosen in the inspector by keys, and the text says both', async ({ page, server, request }) => {
  const folder = await mkdtemp(join(tmpdir(), 'pipewright-e2e-'));
  await mkdir(join(folder, 'letters'));
  await writeFile(join(folder, 'letters', 'a.txt'), 'abc');
  await writeFile(join(folder, 'words.txt'), 'the');
  await writeFile(join(folder, 'count.yml'), counting);
  const register = async (data: Record<string, string>): Promise<void> => {
    expect((await request.post(`${server.url}/api/register`, { data })).ok()).toBe(true);
  };
  await register({ file: join(folder, 'count.yml') });
  await register({ kind: 'data', name: 'letters', path: join(folder, 'letters') });
  await register({ kind: 'data', name: 'words', path: join(folder, 'words.txt') });
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, { count: { component: 'azureml:count_letters:1' } }));

  // By mouse: what does not fit is refused with its reason, and the port beside it takes it.
  const palette = page.getByRole('complementary', { name: 'Components' });
  await palette.getByText('Data', { exact: true }).click();
  const letters = palette.getByRole('button', { name: /^letters/ });
  await designer.drag(letters, designer.port('count.inputs.stop_words'));
  await expect(page.getByText('letters is uri_folder; stop_words of Count letters takes uri_file.').first()).toBeVisible();
  await designer.drag(letters, designer.port('count.inputs.letters'));
  await expect(designer.port('count.inputs.letters')).toHaveAttribute('aria-label', /connected$/);

  // By keys: the list of what the other input takes, then its version.
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await inspector.getByRole('button', { name: 'Choose registered data for stop_words' }).focus();
  await page.keyboard.press('Enter');
  const menu = page.getByRole('dialog', { name: 'Registered data for stop_words' });
  await expect(menu.getByRole('option', { name: /^words/ })).toBeVisible();
  await expect(menu.getByRole('option', { name: /^letters/ })).toHaveCount(0);
  expect(await violationsOn(page)).toEqual([]);
  await page.keyboard.type('words');
  await page.keyboard.press('Enter');
  await expect(inspector.getByRole('textbox', { name: 'Path of stop_words' })).toHaveValue('azureml:words:1');
  await inspector.getByRole('combobox', { name: 'Version of words for stop_words' }).focus();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('option', { name: 'Latest, now version 1' }).click();
  await expect(inspector.getByRole('textbox', { name: 'Path of stop_words' })).toHaveValue('azureml:words@latest');

  await page.getByRole('banner').getByText('YAML').click();
  const text = page.getByRole('region', { name: 'YAML' }).getByRole('textbox');
  await expect(text).toContainText('path: azureml:letters:1');
  await expect(text).toContainText('path: azureml:words@latest');
  await page.getByRole('banner').getByText('Design').click();
  await designer.run();
  await designer.expectStatus('count', 'completed');
  await rm(folder, { recursive: true });
});
