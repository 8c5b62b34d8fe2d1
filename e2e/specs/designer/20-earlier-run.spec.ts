import { expect } from '@playwright/test';
import { makeDraft } from '../../fixtures/drafts.ts';
import { test } from '../../fixtures/server.ts';
import { Designer } from '../../pages/designer.ts';

const out = { out: null };

test('what an earlier run had comes back into the draft as one edit, or becomes a draft that shows it', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(
    await makeDraft(server, request, {
      split: { display_name: 'Split', command: 'echo ${{inputs.fraction}} > ${{outputs.out}}/x', inputs: { fraction: 0.7 }, outputs: out },
    }),
  );
  await designer.run();
  await designer.expectStatus('split', 'completed');
  await designer.step('split').click();
  const fraction = page.getByRole('complementary', { name: 'Inspector' }).getByRole('textbox', { name: 'fraction' });
  await fraction.fill('0.75');
  await fraction.press('Enter');
  await expect(designer.step('split')).toContainText('Will run');

  await page.getByRole('banner').getByText('Runs').click();
  const row = page.getByRole('row').filter({ hasText: 'Completed' });
  await row.hover();
  await row.getByRole('button', { name: 'Bring back its state' }).click();
  await expect(designer.step('split')).toContainText('Completed');
  await designer.step('split').click();
  await expect(fraction).toHaveValue('0.7');
  await designer.canvas.focus();
  await page.keyboard.press('Control+Z');
  await expect(fraction).toHaveValue('0.75');

  await page.goto(`${server.url}/runs/1`);
  await page.getByRole('button', { name: 'Clone' }).click();
  await page.waitForURL(/\/drafts\/.*show=1/);
  // Until its code has come, the page of the run stays on the screen.
  await expect(page.getByRole('region', { name: 'Run 1' })).toBeVisible();
  await designer.expectStatus('split', 'completed');
});
