import { expect } from '@playwright/test';
import { makeDraft } from '../../fixtures/drafts.ts';
import { test } from '../../fixtures/server.ts';
import { Designer } from '../../pages/designer.ts';

test('the palette goes to steps, does what the page can do, and changes settings', async ({ page, server, request }) => {
  const designer = new Designer(page);
  const jobs = { clean: { display_name: 'Clean prices', command: 'true' }, train: { display_name: 'Fit a tree', command: 'true' } };
  await designer.open(await makeDraft(server, request, jobs));
  const palette = page.getByRole('dialog', { name: 'Search and commands' });
  const choose = async (words: string, option: RegExp): Promise<void> => {
    await page.keyboard.press('Control+k');
    await expect(palette.getByRole('combobox')).toBeFocused();
    await page.keyboard.type(words);
    await expect(palette.getByRole('option', { selected: true })).toHaveText(option);
    await page.keyboard.press('Enter');
    await expect(palette).toBeHidden();
  };
  await choose('fit a', /^Fit a tree/);
  await expect(page.getByRole('heading', { name: 'Fit a tree' })).toBeVisible();
  await choose('duplicate', /^Duplicate the step/);
  await expect(page.locator('[data-step]')).toHaveCount(3);
  await choose('compact', /^Compact density/);
  await choose('settings', /^Go to settings/);
  await expect(page.getByRole('radio', { name: 'Compact' })).toBeChecked();
});
