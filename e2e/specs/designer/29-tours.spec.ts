import { expect } from '@playwright/test';
import { test } from '../../fixtures/server.ts';
import { Designer } from '../../pages/designer.ts';
import { seriousViolations } from '../../pages/axe.ts';

test('the first tour leads on as things are done, from an empty canvas to a pipeline', async ({ page, server }) => {
  const designer = new Designer(page);
  await page.goto(server.url);
  await page.getByRole('banner').getByRole('button', { name: 'New pipeline' }).click();
  await page.getByRole('button', { name: 'Show me how, in two minutes' }).click();
  const tour = page.getByRole('dialog', { name: 'Tour: Build a pipeline' });
  await expect(tour).toContainText('Add data');
  expect(await seriousViolations(page)).toEqual([]);

  await designer.doubleClickPaper({ x: 0.5, y: 0.3 });
  await page.keyboard.type('sample data');
  await page.keyboard.press('Enter');
  await expect(tour).toContainText('Connect a step');
  await designer.pullToPaper('sample_data.outputs.table', { x: 0.5, y: 0.7 });
  await page.keyboard.type('summarize');
  await page.keyboard.press('Enter');
  await expect(tour).toContainText('Set its parameters');
  await tour.getByRole('button', { name: 'Next' }).click();
  await expect(tour).toContainText('Run it');
  await designer.runButton.click();
  await expect(page.getByRole('dialog', { name: /^Run/ }).getByRole('button', { name: /^Run 2 steps/ })).toBeVisible();
  await page.keyboard.press('Escape');
  // What takes its time can be gone past as well.
  await tour.getByRole('button', { name: 'Skip' }).click();
  await expect(tour).toContainText('Look at what came out');
  await tour.getByRole('button', { name: 'Skip' }).click();
  await expect(tour).toContainText('That is all of it');
  await tour.getByRole('button', { name: 'Done' }).click();
  await expect(tour).toBeHidden();
});

for (const [title, cards] of [
  ['Run again, and why', 5],
  ['Nothing is lost', 4],
] as const) {
  test(`every card of the tour “${title}” stands beside something that is there; Esc ends it`, async ({ page, server }) => {
    await page.goto(server.url);
    await page.getByRole('button', { name: /^Help/ }).click();
    await page.getByRole('menuitem', { name: title }).click();
    const tour = page.getByRole('dialog', { name: `Tour: ${title}` });
    for (let at = 1; at < cards; at += 1) {
      await expect(tour).toContainText(`${at} of ${cards}`);
      if (title === 'Nothing is lost' && at === 1) await page.getByRole('button', { name: /^Show the history/ }).click();
      else await tour.getByRole('button', { name: /^(?:Next|Skip)$/ }).click();
      await expect(page.locator('[class*=ring]')).toBeVisible();
    }
    await tour.focus();
    await page.keyboard.press('Escape');
    await expect(tour).toBeHidden();
  });
}
