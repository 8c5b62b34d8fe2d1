import { expect, type Page } from '@playwright/test';
import { makeDraft, outputOf } from '../../fixtures/drafts.ts';
import { test } from '../../fixtures/server.ts';
import { seriousViolations } from '../../pages/axe.ts';
import { Designer } from '../../pages/designer.ts';

const jobs = {
  make: { command: 'echo ${{inputs.text}} > ${{outputs.out}}/x', inputs: { text: 'hello' }, outputs: { out: null } },
  read: { command: 'cat ${{inputs.data}}/x', inputs: { data: outputOf('make') } },
};

const fieldOf = (page: Page) => page.getByRole('complementary', { name: 'Inspector' }).getByLabel('text', { exact: true });

test('an edit of a step that somebody removed brings it back, without a reload', async ({ page, context, server, request }) => {
  const url = await makeDraft(server, request, jobs);
  const here = new Designer(page);
  await here.open(url);
  await here.step('make').click();
  const there = new Designer(await context.newPage());
  await there.open(url);

  // What another window does to the step that is selected is told.
  await there.step('make').click();
  await fieldOf(there.page).fill('theirs');
  await expect(page.getByText(/changed text in another window/)).toBeVisible();

  // Away from the server for a while, edits are made on both sides.
  await page.route('**/ops', (route) => route.abort());
  await fieldOf(page).fill('mine');
  await expect(here.indicator).toContainText('Offline, kept on this device');
  await there.step('make').focus();
  await there.page.keyboard.press('Delete');
  await there.expectSaved();
  await page.unroute('**/ops');
  await page.getByRole('button', { name: 'Review' }).click();
  const dialog = page.getByRole('dialog', { name: 'Where two were at work' });
  await expect(dialog.getByRole('listitem')).toContainText('removed the step');
  await expect(dialog.getByRole('listitem')).toContainText('mine');
  expect(await seriousViolations(page)).toEqual([]);
  await dialog.getByRole('button', { name: /^Restore the step/ }).click();
  await expect(dialog).toBeHidden();
  await expect(here.edge('make.outputs.out->read.inputs.data')).toBeAttached();
  await here.step('make').click();
  await expect(fieldOf(page)).toHaveValue('mine');
  await here.expectSaved();
  await expect(there.edge('make.outputs.out->read.inputs.data')).toBeAttached();
});
