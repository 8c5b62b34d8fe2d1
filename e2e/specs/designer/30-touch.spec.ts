import { type CDPSession, expect, type Locator, type Page } from '@playwright/test';
import { makeDraft } from '../../fixtures/drafts.ts';
import { test } from '../../fixtures/server.ts';
import { Designer } from '../../pages/designer.ts';

test.use({ hasTouch: true, isMobile: true, viewport: { width: 1280, height: 900 } });

interface Point {
  readonly x: number;
  readonly y: number;
}

async function centreOf(what: Locator): Promise<Point> {
  const box = await what.boundingBox();
  if (!box) throw new Error('expected it to be on the page');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** A finger that is put down, moved and lifted. */
async function drag(fingers: CDPSession, { from, to, page }: { readonly from: Point; readonly to: Point; readonly page: Page }): Promise<void> {
  await fingers.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [from] });
  for (const share of [0.1, 0.4, 0.7, 1]) {
    const at = { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
    await fingers.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [at] });
  }
  // It rests before it is lifted: lifted in full motion it would throw the page, and the next tap would only stop that.
  await page.evaluate(async () => await new Promise(requestAnimationFrame));
  await fingers.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [to] });
  await fingers.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

test('fingers take a component out of the palette, by a tap or a drag, and draw a wire from port to port', async ({ page, server, request, context }) => {
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, { cars: { component: 'azureml:sample_data:1' } }));
  const fingers = await context.newCDPSession(page);
  await page.locator('[data-palette-item="azureml:split_data:1"]').tap();
  await expect(designer.step('split_data')).toBeVisible();
  await page.getByRole('button', { name: /^Undo/ }).tap();
  await expect(designer.step('split_data')).toHaveCount(0);

  const row = page.locator('[data-palette-item="azureml:summarize_data:1"]');
  await row.scrollIntoViewIfNeeded();
  const paper = await designer.paperAt({ x: 0.5, y: 0.85 });
  await drag(fingers, { from: await centreOf(row), to: paper, page });
  await expect(designer.step('summarize_data')).toBeVisible();

  // A finger needs more room than a pointer.
  const port = designer.port('cars.outputs.table');
  expect(Math.round((await port.boundingBox())?.width ?? 0)).toBeGreaterThanOrEqual(32);
  await drag(fingers, { from: await centreOf(port), to: await centreOf(designer.port('summarize_data.inputs.table')), page });
  await expect(designer.edge('cars.outputs.table->summarize_data.inputs.table')).toHaveCount(1);
});

test('a tap on a port that has no data lists what it can be connected to', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, { cars: { component: 'azureml:sample_data:1' }, sum: { component: 'azureml:summarize_data:1' } }));
  await designer.port('sum.inputs.table').tap();
  await page
    .getByRole('option', { name: /Sample data/ })
    .first()
    .tap();
  await expect(designer.edge('cars.outputs.table->sum.inputs.table')).toHaveCount(1);
});
