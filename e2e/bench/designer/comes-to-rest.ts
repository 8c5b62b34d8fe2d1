import type { Page } from '@playwright/test';

/** Nothing is left to do: what edits ask for later has been asked for and answered. */
export async function comesToRest(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('status').filter({ hasText: 'Saved' }).waitFor();
  await page.waitForLoadState('networkidle');
}
