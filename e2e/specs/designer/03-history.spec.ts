import { expect } from '@playwright/test';
import { makeDraft } from '../../fixtures/drafts.ts';
import { test } from '../../fixtures/server.ts';
import { seriousViolations } from '../../pages/axe.ts';
import { Designer } from '../../pages/designer.ts';

test('the history lists every edit by what it did, goes several back and forth at once, and survives a reload', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, { a: { command: 'true' }, b: { command: 'true' }, c: { command: 'true' } }));
  await designer.step('c').click();
  await page.keyboard.press('Delete');
  await designer.step('b').click();
  await page.keyboard.press('Delete');
  await designer.step('a').click();
  await page.keyboard.press('Control+d');
  await expect(page.locator('[data-step]')).toHaveCount(2);
  await designer.canvas.focus();
  await page.keyboard.press('h');
  const panel = page.getByRole('complementary', { name: 'History' });
  const edits = panel.getByRole('list', { name: 'Edits, newest first' }).getByRole('button');
  await expect(edits).toHaveText([/^Duplicate 1 stepNow/, /^Delete 1 step/, /^Delete 1 step/, /^The beginning/]);
  expect(await seriousViolations(page)).toEqual([]);

  // By keyboard, from the present to the beginning: three entries back in one move.
  await expect(edits.first()).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-step]')).toHaveCount(3);
  await expect(edits.last()).toHaveAttribute('aria-current', 'step');
  await designer.expectSaved();

  // What was taken back is there after a reload as well.
  await page.reload();
  await expect(designer.step('c')).toBeVisible();
  await page.getByRole('button', { name: 'Show the history (H)' }).click();
  await expect(edits).toHaveText([/^Duplicate 1 step, taken back/, /^Delete 1 step, taken back/, /^Delete 1 step, taken back/, /^The beginning/]);
  await edits.nth(1).click();
  await expect(page.locator('[data-step]')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toBeVisible();
  await expect(designer.canvas).toBeFocused();
});
