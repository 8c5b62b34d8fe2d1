import { expect, type Locator, type Page } from '@playwright/test';
import { RunSummary } from '@pipewright/shared/run/run.ts';
import { makeDraft, outputOf } from '../../fixtures/drafts.ts';
import { test } from '../../fixtures/server.ts';
import { Designer } from '../../pages/designer.ts';

const reads = (step: string) => ({ x: { type: 'uri_folder', path: outputOf(step) } });
const out = { out: { type: 'uri_folder' } };
const jobs = {
  load: { command: 'echo 1 > ${{outputs.out}}/a', outputs: out },
  clean: { command: 'cp ${{inputs.x}}/a ${{outputs.out}}/a', inputs: reads('load'), outputs: out },
  split: { command: 'cp ${{inputs.x}}/a ${{outputs.out}}/a', inputs: reads('clean'), outputs: out },
  report: { command: 'cat ${{inputs.x}}/a', inputs: reads('split') },
};
const places = { load: { x: 0, y: 0 }, clean: { x: 0, y: 200 }, split: { x: 0, y: 312 }, report: { x: 0, y: 500 } };

const frame = (page: Page): Locator => page.locator('[data-group]');
const head = (page: Page): Locator => page.locator('[data-group] [data-frame-head]');

async function takeHead(page: Page, by: { readonly x: number; readonly y: number }): Promise<void> {
  const box = await head(page).boundingBox();
  if (!box) throw new Error('expected a frame');
  await page.mouse.move(box.x + 30, box.y + 12);
  await page.mouse.down();
  await page.mouse.move(box.x + 30 + by.x, box.y + 12 + by.y, { steps: 6 });
  await page.mouse.up();
}

test('steps are grouped, named, moved by the frame, taken out and put in by hand: one entry each', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, jobs, { layout: { steps: places } }));
  await designer.step('clean').click();
  await designer.step('split').click({ modifiers: ['Shift'] });
  await page.keyboard.press('Control+g');
  await page.keyboard.type('Prepare');
  await page.keyboard.press('Enter');
  await expect(frame(page)).toHaveAccessibleName('Prepare, 2 steps');
  await expect(frame(page)).toBeFocused();

  const before = await designer.placesOf(['clean', 'split', 'load']);
  await takeHead(page, { x: 240, y: 0 });
  const moved = await designer.placesOf(['clean', 'split', 'load']);
  expect(moved['clean']?.x).toBeGreaterThan(before['clean']?.x ?? 0);
  expect(moved['load']).toEqual(before['load']);
  await page.keyboard.press('Control+z');
  await expect.poll(async () => await designer.placesOf(['clean', 'split', 'load'])).toEqual(before);

  await designer.holdAndMoveTo('split', { x: 400, y: 312 });
  await expect(page.locator('[data-frame-drop]')).toHaveText('split out of Prepare');
  await page.mouse.up();
  await expect(frame(page)).toHaveAccessibleName('Prepare, 1 step');
  await designer.holdAndMoveTo('report', { x: 16, y: 216 });
  await expect(page.locator('[data-frame-drop]')).toHaveText('report into Prepare');
  await page.mouse.up();
  await expect(frame(page)).toHaveAccessibleName('Prepare, 2 steps');
  await page.keyboard.press('Control+z');
  await expect(frame(page)).toHaveAccessibleName('Prepare, 1 step');
  expect(await designer.placesOf(['report'])).toEqual({ report: places.report });
  await page.keyboard.press('Control+z');
  await expect(frame(page)).toHaveAccessibleName('Prepare, 2 steps');

  await designer.step('split').click();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(frame(page)).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(frame(page)).toHaveCount(0);
  await expect(designer.step('split')).toBeVisible();
});

test('a frame is made larger by its sides and corners, by keys and in numbers, keeps that, and fits its steps again', async ({ page, server, request }) => {
  const designer = new Designer(page);
  const groups = { prep: { title: 'Prepare', steps: ['clean', 'split'] } };
  const url = await makeDraft(server, request, jobs, { layout: { steps: places, groups } });
  await designer.open(url);
  const box = async () => (await frame(page).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const fits = await box();
  const { zoom } = await designer.view();
  await designer.dragBy(frame(page).locator('[data-edge-x="1"][data-edge-y="0"]'), { x: 80 * zoom, y: 30 });
  await designer.dragBy(frame(page).locator('[data-edge-x="-1"][data-edge-y="1"]'), { x: -40 * zoom, y: 40 * zoom });
  const large = await box();
  // To the grid.
  expect(large.x).toBeCloseTo(fits.x - 40 * zoom, -1);
  expect(large.width).toBeCloseTo(fits.width + 120 * zoom, -1);
  expect(large.height).toBeCloseTo(fits.height + 40 * zoom, -1);
  await expect(frame(page)).toHaveAttribute('data-selected');

  // What is moved in it by hand leaves it as it is; by keys it is stretched, one entry for all presses.
  await designer.holdAndMoveTo('split', { x: 40, y: 312 });
  await page.mouse.up();
  expect(await box()).toEqual(large);
  await page.keyboard.press('Control+z');
  await takeHead(page, { x: 0, y: 0 });
  await frame(page).focus();
  await page.keyboard.press('Control+Shift+ArrowRight');
  await page.keyboard.press('Control+Shift+ArrowRight');
  await expect.poll(async () => (await box()).width).toBeGreaterThan(large.width);
  await page.keyboard.press('Control+z');
  await expect.poll(box).toEqual(large);
  await designer.expectSaved();
  await page.reload();
  await expect.poll(async () => (await box()).height).toBeCloseTo(large.height, 0);
  await takeHead(page, { x: 0, y: 0 });
  const width = page.getByRole('textbox', { name: 'Width' });
  const before = Number(await width.inputValue());
  await width.fill(String(before + 16));
  await expect.poll(async () => (await box()).width).toBeCloseTo(large.width + 16 * zoom, 0);
  await page.getByRole('button', { name: 'Fit to its steps' }).click();
  await expect.poll(async () => (await box()).width).toBeCloseTo(fits.width, 0);
});

test('frames are folded on the page of a run as well, by the pointer and by keys, and stay so in this browser', async ({ page, server, request }) => {
  const designer = new Designer(page);
  const groups = { prep: { title: 'Prepare', steps: ['clean', 'split'] } };
  const url = await makeDraft(server, request, jobs, { layout: { steps: places, groups } });
  const started = await request.post(`${url.replace('/drafts/', '/api/drafts/')}/runs`, { data: {} });
  const run = RunSummary.parse(await started.json());
  await page.goto(`${server.url}/runs/${run.id}`);
  await expect(frame(page)).toHaveAccessibleName('Prepare, 2 steps');
  await page.getByRole('button', { name: 'Collapse Prepare' }).click();
  await expect(frame(page)).toHaveAttribute('data-status', 'completed', { timeout: 45_000 });
  await expect(frame(page)).toContainText('2 completed');
  await expect(designer.step('clean')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Expand the group' })).toBeFocused();
  await page.reload();
  await expect(frame(page)).toHaveAttribute('data-collapsed');
  // Walking comes to a step in it.
  await designer.step('load').click();
  await expect(designer.step('load')).toBeFocused();
  await expect(designer.step('load')).toHaveAttribute('data-selected');
  await page.keyboard.press('ArrowDown');
  await expect(designer.step('clean')).toBeFocused();
  await page.keyboard.press('e');
  await expect(frame(page)).toHaveAttribute('data-collapsed');
  await page.keyboard.press('Enter');
  await expect(designer.step('split')).toBeVisible();
});

test('a group collapses into one box with the state of its steps, by keys, and stays so in this browser', async ({ page, server, request }) => {
  const designer = new Designer(page);
  const groups = { prep: { title: 'Prepare', steps: ['clean', 'split'] } };
  await designer.open(await makeDraft(server, request, jobs, { layout: { steps: places, groups } }));
  await designer.expectSaved();
  const saved = await designer.indicator.textContent();
  await designer.step('clean').click();
  await page.keyboard.press('Alt+ArrowUp');
  await page.keyboard.press('e');
  await expect(designer.step('clean')).toHaveCount(0);
  await expect(frame(page)).toBeFocused();
  await expect(designer.edge('load.outputs.out->clean.inputs.x')).toBeAttached();
  await expect(designer.edge('clean.outputs.out->split.inputs.x')).toHaveCount(0);
  await expect(designer.edge('split.outputs.out->report.inputs.x')).toBeAttached();
  expect(await designer.indicator.textContent()).toBe(saved);
  await designer.run();
  await expect(frame(page)).toHaveAttribute('data-status', 'completed', { timeout: 45_000 });
  await expect(frame(page)).toContainText('2 completed');

  await page.reload();
  await expect(frame(page)).toHaveAttribute('data-collapsed');
  await designer.step('load').click();
  await page.keyboard.press('ArrowDown');
  await expect(frame(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(designer.step('clean')).toBeVisible();
  await expect(frame(page)).not.toHaveAttribute('data-collapsed');
});

test('notes are written in Markdown, moved, resized, coloured, copied and found', async ({ page, context, server, request }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, jobs, { layout: { steps: places } }));
  const note = page.locator('[data-note]');
  await designer.step('load').click();
  await page.keyboard.press('Shift+N');
  await page.keyboard.type('## Why\nThe **harbour** <img src=x onerror=alert(1)>');
  await page.keyboard.press('Escape');
  await expect(note.getByRole('heading', { name: 'Why' })).toBeVisible();
  await expect(note.locator('img')).toHaveCount(0);
  await expect(note).toBeFocused();

  const before = await note.boundingBox();
  await designer.dragBy(note, { x: 64, y: 32 });
  await designer.dragBy(note.locator('[data-grip]'), { x: 80, y: 40 });
  const after = await note.boundingBox();
  expect(after?.x).toBeGreaterThan(before?.x ?? 0);
  expect(after?.width).toBeGreaterThan(before?.width ?? 0);
  await page.getByRole('radio', { name: 'Green' }).click();
  await expect(note).toHaveAttribute('data-paper', 'green');
  await note.click();
  await page.keyboard.press('Control+c');
  await page.keyboard.press('Control+v');
  await expect(note).toHaveCount(2);
  await page.keyboard.press('Delete');
  await expect(note).toHaveCount(1);
  for (let entry = 0; entry < 2; entry += 1) await page.keyboard.press('Control+z');
  await expect(note).toHaveCount(1);
  await page.keyboard.press('Control+z');
  await expect(note).toHaveAttribute('data-paper', 'yellow');

  await page.keyboard.press('Control+f');
  await page.keyboard.type('harbour');
  await expect(page.getByRole('search').getByRole('status')).toHaveText('1 of 1');
  await expect(note).toHaveAttribute('data-selected');
});
