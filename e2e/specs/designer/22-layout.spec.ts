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
