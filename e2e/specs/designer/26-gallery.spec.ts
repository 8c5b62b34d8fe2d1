import { expect } from '@playwright/test';
import { test } from '../../fixtures/server.ts';
import { seriousViolations } from '../../pages/axe.ts';

test('a pipeline of the gallery is looked at on its canvas, with whose it is, and cloned', async ({ page, server }) => {
  await page.goto(`${server.url}/gallery`);
  await page.getByRole('textbox', { name: 'Search the gallery' }).fill('fuel');
  await page.getByRole('link', { name: 'Fuel economy' }).click();
  const dialog = page.getByRole('dialog', { name: 'Fuel economy' });
  await expect(dialog.locator('[data-step]')).toHaveCount(9);
  await expect(dialog).toContainText('A regression with missing values');
  await expect(dialog).toContainText('Apache-2.0');
  await expect(dialog.getByRole('link', { name: 'Split data' })).toBeVisible();
  // Arrows walk in it as on any canvas, and nothing of it is edited.
  await dialog.getByRole('region', { name: 'Pipeline' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(dialog.locator('[data-step]:focus')).toHaveCount(1);
  expect(await seriousViolations(page)).toEqual([]);
  await page.reload();
  await dialog.getByRole('button', { name: 'Clone Fuel economy' }).click();
  await expect(page).toHaveURL(/\/drafts\//);
  await expect(page.locator('[data-step]')).toHaveCount(9);
});
