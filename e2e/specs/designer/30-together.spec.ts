import { expect, type Page } from '@playwright/test';
import { makeDraft, outputOf } from '../../fixtures/drafts.ts';
import { test } from '../../fixtures/server.ts';
import { seriousViolations } from '../../pages/axe.ts';
import { Designer } from '../../pages/designer.ts';

const jobs = {
  make: { command: 'echo ${{inputs.text}} > ${{outputs.out}}/x', inputs: { text: 'hello' }, outputs: { out: null } },
  read: { command: 'cat ${{inputs.data}}/x', inputs: { data: outputOf('make') } },
};

const panelOf = (page: Page) => page.getByRole('complementary', { name: 'Comments' });

test('two people see each other, comment with a mention, share a link, and read what was done', async ({ page, browser, server, request }) => {
  const url = await makeDraft(server, request, jobs);
  const here = new Designer(page);
  await here.open(url);
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  await context.addInitScript(() => localStorage.setItem('pipewright.preferences', JSON.stringify({ ownName: 'Grace' })));
  const there = new Designer(await context.newPage());
  await there.open(url);

  // Who is where, and what they change.
  await there.step('make').click();
  await expect(here.step('make').locator('[data-company="Grace"]')).toBeVisible();
  await page.getByRole('button', { name: 'Also here: Grace' }).click();
  await page.getByRole('menuitem', { name: 'Grace at make' }).click();
  await expect(here.step('make')).toHaveAttribute('data-selected', 'true');
  await there.page.getByRole('complementary', { name: 'Inspector' }).getByLabel('text', { exact: true }).fill('of Grace');
  await expect(page.getByRole('complementary', { name: 'Inspector' }).getByLabel('text', { exact: true })).toHaveValue('of Grace');

  // A comment by keys, with a mention from the list, is seen at its step.
  await here.step('make').click();
  await page.keyboard.press('Shift+M');
  await expect(page.getByRole('textbox', { name: 'Comment on make' })).toBeFocused();
  await page.keyboard.type('Is that what @re');
  await expect(page.getByRole('option', { name: /read/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.type('needs?');
  await page.keyboard.press('Control+Enter');
  await expect(panelOf(page).getByRole('listitem')).toContainText('Is that what @read needs?');
  await there.step('make').getByRole('button', { name: '1 open comment' }).click();
  await panelOf(there.page).getByRole('button', { name: '@read' }).click();
  await expect(there.step('read')).toHaveAttribute('data-selected', 'true');
  await panelOf(there.page).getByRole('button', { name: 'Resolve' }).click();
  await expect(here.step('make').getByRole('button', { name: '1 open comment' })).toBeHidden();
  expect(await seriousViolations(page)).toEqual([]);

  // A link to the step that is selected leads there.
  await there.step('read').click();
  await there.page.keyboard.press('l');
  await expect(there.page.getByText('Copied a link to read')).toBeVisible();
  const link = await there.page.evaluate(async () => await navigator.clipboard.readText());
  expect(link).toBe(`${url}?step=read`);
  await context.close();
  await expect(page.getByRole('button', { name: /^Also here/ })).toBeHidden();
  await page.goto(link);
  await expect(here.step('read')).toHaveAttribute('data-selected', 'true');
  await expect(page).toHaveURL(url);

  // Who did what, with a way to it.
  await here.canvas.focus();
  await page.keyboard.press('h');
  await page.getByRole('radiogroup', { name: 'What of the history' }).getByText('Activity').click();
  const activity = page.getByRole('list', { name: /^Activity/ });
  await expect(activity.locator('[data-activity="edits"]')).toContainText('Grace');
  await activity.locator('[data-activity="edits"]').getByRole('button', { name: 'make' }).click();
  await expect(here.step('make')).toHaveAttribute('data-selected', 'true');
});
