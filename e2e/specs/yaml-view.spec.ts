import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type APIRequestContext, expect, type Page } from '@playwright/test';
import { Draft } from '@pipewright/shared/http/drafts.ts';
import { test, type TestServer } from '../fixtures/server.ts';
import { Designer } from '../pages/designer.ts';
import { violationsOn } from '../pages/axe.ts';

const text = `type: pipeline
display_name: Prices # as lists show it
jobs:
  # loads the table
  load:
    command: echo 1 > \${{outputs.out}}
    outputs:
      out:
  show: # to be looked at
    command: cat \${{inputs.in}}
    inputs:
      in: \${{parent.jobs.load.outputs.out}}
`;

/** The draft of a file, opened on the canvas. */
async function openImported(page: Page, request: APIRequestContext, server: TestServer): Promise<Designer> {
  const file = join(server.home, 'prices.yml');
  await writeFile(file, text);
  const response = await request.post(`${server.url}/api/import`, { data: { file } });
  const designer = new Designer(page);
  await designer.open(`${server.url}/drafts/${Draft.parse(await response.json()).id}`);
  return designer;
}

const view = (page: Page, name: string) => page.getByRole('radiogroup', { name: 'View of the draft' }).getByText(name, { exact: true });
const editor = (page: Page) => page.getByRole('region', { name: 'YAML' }).getByRole('textbox');

async function openYaml(page: Page): Promise<void> {
  await view(page, 'YAML').click();
  await expect(editor(page)).toContainText('display_name');
}

test('what is typed as YAML stands on the canvas, can be undone there, and edits there leave comments alone', async ({ page, server, request }) => {
  const designer = await openImported(page, request, server);
  await openYaml(page);
  await expect(editor(page)).toContainText('# as lists show it');
  await editor(page).getByText('out', { exact: true }).first().click();
  await page.keyboard.press('End');
  await page.keyboard.insertText('\n  report: # mine\n    command: echo done\n    ');
  await page.keyboard.type('dep');
  const offered = page.getByRole('listbox');
  await offered.getByRole('option', { name: 'depends_on' }).click();
  await page.keyboard.type('lo');
  await offered.getByRole('option', { name: 'load' }).click();
  await expect(page.getByRole('region', { name: 'YAML' }).getByRole('status')).toContainText('The canvas shows what is written here');
  await designer.expectSaved();

  await view(page, 'Design').click();
  await expect(designer.step('report')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(designer.step('report')).not.toBeAttached();
  await page.keyboard.press('Control+Shift+z');
  await expect(designer.step('report')).toBeVisible();
  await designer.step('show').click();
  await page.keyboard.press('Delete');
  await expect(designer.step('show')).not.toBeAttached();
  await designer.expectSaved();

  await page.reload();
  await openYaml(page);
  await expect(editor(page)).toContainText('# loads the table');
  await expect(editor(page)).toContainText('report: # mine');
  await expect(editor(page)).not.toContainText('# to be looked at');
  expect(await violationsOn(page)).toEqual([]);
});

test('what cannot be read is marked, stays through a reload, and never reaches the canvas', async ({ page, server, request }) => {
  const designer = await openImported(page, request, server);
  await openYaml(page);
  await editor(page).getByText('# loads the table').click();
  await page.keyboard.press('End');
  await page.keyboard.insertText('\n  half');
  const status = page.getByRole('region', { name: 'YAML' }).getByRole('status');
  await expect(status).toContainText(/^Line \d+: This is not readable YAML/);
  await expect(page.locator('.cm-lint-marker-error')).toBeVisible();

  await view(page, 'Design').click();
  const banner = page.getByText('The YAML cannot be read as it stands');
  await expect(banner).toBeVisible();
  await expect(designer.step('load')).toBeVisible();
  await page.reload();
  await expect(banner).toBeVisible();
  await page.getByRole('button', { name: 'Open the YAML' }).click();
  await expect(editor(page)).toContainText('half');
  await editor(page).getByText('half').click();
  await page.keyboard.press('End');
  await page.keyboard.insertText(':\n    command: echo half\n');
  await expect(status).toContainText('The canvas shows what is written here');
  await view(page, 'Design').click();
  await expect(designer.step('half')).toBeVisible();
  await expect(banner).toBeHidden();
});

test('edits of another window appear in the text, and the cursor stays', async ({ page, server, request, context }) => {
  const designer = await openImported(page, request, server);
  await designer.step('show').click();
  await openYaml(page);
  // The view opens at the selected step.
  await page.keyboard.press('End');
  await page.keyboard.insertText(' too');
  const other = new Designer(await context.newPage());
  await other.open(page.url().replace(/\?.*/, ''));
  await other.step('load').click();
  await other.page.keyboard.press('Delete');
  await other.expectSaved();
  await expect(editor(page)).not.toContainText('echo 1 >');
  await page.keyboard.insertText(', and more');
  await expect(editor(page)).toContainText('show: # to be looked at too, and more');
});
