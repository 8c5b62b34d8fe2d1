import { expect } from '@playwright/test';
import { makeDraft } from '../../fixtures/drafts.ts';
import { test } from '../../fixtures/server.ts';
import { Designer } from '../../pages/designer.ts';

test('a command gets keys of one’s own by keyboard alone, its button says so, and they are there after a reload', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, { first: { command: 'true' }, second: { command: 'true' } }));
  await designer.canvas.focus();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet.getByRole('textbox')).toBeFocused();
  await page.keyboard.type('tidy the');
  await sheet.getByRole('button', { name: 'Tidy the layout: Ctrl+Shift+L, change' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Alt+a');
  // What has the keys is said before they are taken.
  await expect(sheet.getByRole('status')).toContainText('Align left edges');
  await page.keyboard.press('Alt+q');
  await page.keyboard.press('Enter');
  await expect(sheet.getByRole('button', { name: 'Tidy the layout: Alt+Q, change' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Tidy the layout (Alt Q)' })).toBeVisible();
  await page.keyboard.press('Alt+q');
  await expect(page.getByRole('button', { name: /^Undo: Tidy/ })).toBeVisible();
});
