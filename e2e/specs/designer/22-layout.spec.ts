import { expect } from '@playwright/test';
import { makeDraft } from '../../fixtures/drafts.ts';
import { test } from '../../fixtures/server.ts';
import { Designer } from '../../pages/designer.ts';

const places = { a: { x: 0, y: 0 }, b: { x: 330, y: 24 }, c: { x: 1010, y: 208 }, far: { x: 40, y: 400 } };
const jobs = Object.fromEntries(Object.keys(places).map((key) => [key, { command: 'true' }]));
const layout = { layout: { steps: places } };

test('steps are put in line and at the same distances, as one entry each', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, jobs, layout));
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await designer.step('a').click();
  const bar = page.getByRole('toolbar', { name: 'Arrange the selected steps' });
  await expect(bar).toHaveCount(0);
  await designer.step('b').click({ modifiers: ['Shift'] });
  await expect(bar.getByRole('button', { name: /^Distribute horizontally/ })).toHaveAttribute('aria-disabled', 'true');
  await designer.step('c').click({ modifiers: ['Shift'] });
  await bar.getByRole('button', { name: /^Align top edges/ }).click();
  await bar.getByRole('button', { name: /^Distribute horizontally/ }).click();
  await expect.poll(async () => await designer.placesOf(['a', 'b', 'c'])).toEqual({ a: { x: 0, y: 0 }, b: { x: 505, y: 0 }, c: { x: 1010, y: 0 } });
  await designer.canvas.focus();
  await page.keyboard.press('Control+z');
  expect(await designer.placesOf(['b'])).toEqual({ b: { x: 330, y: 0 } });
  await page.keyboard.press('Control+z');
  expect(await designer.placesOf(['b'])).toEqual({ b: places.b });
});

test('a drag keeps to the grid, or jumps into line with what is near; arrows walk, extend and nudge', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, jobs, layout));
  const line = page.locator('[data-helper-line]');
  await designer.holdAndMoveTo('b', { x: 403, y: 211 });
  await expect(line).toHaveCount(1);
  await expect(line).toHaveAttribute('data-helper-line', 'y');
  await page.mouse.up();
  await expect(line).toHaveCount(0);
  // In line with c, and on the grid where nothing is near.
  expect(await designer.placesOf(['b'])).toEqual({ b: { x: 400, y: places.c.y } });
  await designer.step('a').click();
  await page.keyboard.press('Control+ArrowRight');
  await page.keyboard.press('Control+ArrowRight');
  await page.keyboard.press('Control+ArrowDown');
  await expect.poll(async () => await designer.placesOf(['a'])).toEqual({ a: { x: 16, y: 8 } });
  await page.keyboard.press('Control+z');
  await expect.poll(async () => await designer.placesOf(['a'])).toEqual({ a: places.a });
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.locator('[data-step][data-selected]')).toHaveCount(2);
});

test('tidying the selected steps leaves the others where they stand', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, jobs, layout));
  await designer.step('a').click();
  await designer.step('b').click({ modifiers: ['Shift'] });
  await page.keyboard.press('Control+Shift+l');
  await expect.poll(async () => (await designer.placesOf(['b']))['b']).not.toEqual(places.b);
  expect(await designer.placesOf(['c', 'far'])).toEqual({ c: places.c, far: places.far });
  await designer.canvas.focus();
  await page.keyboard.press('Control+z');
  await expect.poll(async () => await designer.placesOf(['a', 'b'])).toEqual({ a: places.a, b: places.b });
});
