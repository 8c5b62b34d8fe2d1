import { expect } from '@playwright/test';
import { makeDraft } from '../../fixtures/drafts.ts';
import { test } from '../../fixtures/server.ts';
import { Designer } from '../../pages/designer.ts';

test('Tab adds a component at the pointer; what is pinned comes first, and stays so', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, { cars: { component: 'azureml:sample_data:1' } }));
  const menu = page.getByRole('dialog', { name: 'Add a step' });
  await designer.clickPaper({ x: 0.25, y: 0.75 });
  await page.keyboard.press('Tab');
  await page.keyboard.type('nrmlz');
  await expect(menu.getByRole('option', { name: /^Normalize/ })).toHaveAttribute('aria-selected', 'true');
  // What it is stands beside the list.
  await expect(menu).toContainText('built-in');
  await page.keyboard.press('Alt+p');
  await page.keyboard.press('Enter');
  await expect(designer.step('normalize')).toBeVisible();
  const [paper, step] = [await designer.canvas.boundingBox(), await designer.step('normalize').boundingBox()];
  if (!paper || !step) throw new Error('expected both to be drawn');
  const corner = { x: step.x - paper.x - paper.width * 0.25, y: step.y - paper.y - paper.height * 0.75 };
  expect(Math.hypot(corner.x, corner.y)).toBeLessThan(12);

  await designer.expectSaved();
  await page.reload();
  await expect(designer.step('normalize')).toBeVisible();
  await designer.doubleClickPaper({ x: 0.25, y: 0.25 });
  await expect(menu.getByRole('group').first()).toHaveAccessibleName('Pinned');
  await expect(menu.getByRole('group', { name: 'Pinned' }).getByRole('option')).toHaveText(/^Normalize/);
});

test('Space opens it instead, for those who choose so', async ({ page, server, request }) => {
  await page.goto(`${server.url}/settings`);
  await page.getByRole('radiogroup', { name: 'Quick add' }).getByText('Space').click();
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, { cars: { component: 'azureml:sample_data:1' } }));
  await designer.clickPaper({ x: 0.25, y: 0.75 });
  await page.keyboard.press('Space');
  await expect(page.getByRole('dialog', { name: 'Add a step' })).toBeVisible();
  await page.keyboard.press('Escape');
  await designer.canvas.focus();
  await page.keyboard.press('Tab');
  await expect(designer.canvas).not.toBeFocused();
  await expect(page.getByRole('dialog', { name: 'Add a step' })).toHaveCount(0);
});
