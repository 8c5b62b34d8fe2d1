import { expect, type Page } from '@playwright/test';
import { makeDraft, outputOf } from '../../fixtures/drafts.ts';
import { test } from '../../fixtures/server.ts';
import { centreOf, Designer } from '../../pages/designer.ts';

const columns = 20;
const keys = Array.from({ length: 400 }, (_, index) => `s${index}`);
const places = Object.fromEntries(keys.map((key, index) => [key, { x: (index % columns) * 264, y: Math.floor(index / columns) * 112 }]));
const jobs = Object.fromEntries(
  keys.map((key, index) => [key, { command: 'true', inputs: index < columns ? {} : { before: outputOf(`s${index - columns}`) }, outputs: { out: null } }]),
);
const layout = { layout: { steps: places } };
const edge = 's0.outputs.out->s20.inputs.before';

test('a draft that takes its time opens without a jump', async ({ page, server, request }) => {
  const url = await makeDraft(server, request, jobs, layout);
  await page.addInitScript(noteShifts);
  await page.route('**/api/drafts/*', async (route) => {
    // Everything stands where it will be before the draft is there.
    await expect(page.getByLabel('Loading')).toHaveCount(2);
    await route.continue();
  });
  const designer = new Designer(page);
  await designer.open(url);
  await expect(designer.step('s0')).toBeVisible();
  await designer.expectSaved();
  expect(await shiftOf(page)).toBeLessThanOrEqual(0.05);
});

test('from afar steps are blocks and edges lines, which are selected by a press beside them', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, jobs, layout));
  await expect(designer.step('s0')).toHaveAttribute('data-level', 'title');
  await expect(designer.port('s0.outputs.out')).toBeVisible();
  await lookAtAll(designer);
  await expect(designer.step('s399')).toBeVisible();
  await expect(page.locator('[data-port]')).toHaveCount(0);
  await expect(designer.canvas.locator('[data-edge]')).toHaveCount(380);

  const [from, to] = [await centreOf(designer.step('s0')), await centreOf(designer.step('s20'))];
  await page.mouse.click(from.x + 2, (from.y + to.y) / 2);
  await expect(designer.edge(edge)).toHaveAttribute('data-selected', 'true');
  await expect(page.locator('[data-selected]')).toHaveCount(1);
  await page.keyboard.press('Delete');
  await expect(designer.edge(edge)).toHaveCount(0);
  await designer.dragBy(designer.step('s0'), { x: -24, y: -24 });
  await expect.poll(async () => (await designer.placesOf(['s0']))['s0']?.x).toBeLessThan(-100);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(designer.edge(edge)).toHaveCount(1);
  expect(await designer.placesOf(['s0'])).toEqual({ s0: places['s0'] });
});

test('the map takes the window along, and lets a pointer pass that holds something else', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, jobs, layout));
  const map = page.getByRole('img', { name: 'Map of the pipeline' });
  const at = await centreOf(map);
  const before = await designer.view();
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  await page.mouse.move(at.x + 10, at.y + 20, { steps: 4 });
  await page.mouse.up();
  const after = await designer.view();
  expect(after.zoom).toBe(before.zoom);
  // What lies right and below comes into the window.
  expect(after.x).toBeLessThan(before.x - 50);
  expect(after.y).toBeLessThan(before.y - 100);
  await page.mouse.move(at.x, at.y, { steps: 4 });
  expect(await designer.view()).toEqual(after);
  await page.mouse.wheel(0, 200);
  await expect.poll(async () => (await designer.view()).zoom).toBeLessThan(after.zoom);
});

async function lookAtAll(designer: Designer): Promise<void> {
  await designer.canvas.focus();
  await designer.page.keyboard.press('1');
  await expect(designer.step('s0')).toHaveAttribute('data-level', 'block');
  // The canvas glides there.
  await expect
    .poll(async () => {
      const { zoom } = await designer.view();
      return await designer.page
        .evaluate((seen) => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(seen)))), zoom)
        .then(async () => (await designer.view()).zoom === zoom);
    })
    .toBe(true);
}

function noteShifts(): void {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) sum += Number(Reflect.get(entry, 'value'));
    Object.assign(window, { shiftSum: sum });
  }).observe({ type: 'layout-shift', buffered: true });
}

const shiftOf = async (page: Page): Promise<number> => await page.evaluate(() => Number(Reflect.get(window, 'shiftSum') ?? 0));
