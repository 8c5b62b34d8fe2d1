import { expect, type Page } from '@playwright/test';
import { makeDraft, outputOf } from '../fixtures/drafts.ts';
import { test } from '../fixtures/server.ts';
import { seriousViolations } from '../pages/axe.ts';
import { Designer } from '../pages/designer.ts';

const out = { out: null };

async function emptyDraft(page: Page, url: string): Promise<Designer> {
  await page.goto(url);
  await page.getByRole('button', { name: 'New pipeline' }).first().click();
  await page.waitForURL(/\/drafts\//);
  const designer = new Designer(page);
  await expect(designer.canvas).toBeVisible();
  return designer;
}

const paletteEntry = (page: Page, name: string) =>
  page.getByRole('complementary', { name: 'Components' }).getByRole('button', { name: new RegExp(`^${name} `) });

test('a pipeline is built from an empty canvas by mouse; undo and redo go back and forth; a reload loses nothing', async ({ page, server }) => {
  const designer = await emptyDraft(page, server.url);
  const canvas = await designer.canvas.boundingBox();
  if (!canvas) throw new Error('expected a canvas');
  const drop = async (name: string, x: number, y: number): Promise<void> => {
    const entry = await paletteEntry(page, name).boundingBox();
    if (!entry) throw new Error(`expected ${name} in the palette`);
    await page.mouse.move(entry.x + 40, entry.y + entry.height / 2);
    await page.mouse.down();
    await page.mouse.move(canvas.x + x - 20, canvas.y + y - 20, { steps: 8 });
    await page.mouse.move(canvas.x + x, canvas.y + y, { steps: 3 });
    await page.mouse.up();
  };
  await drop('Sample data', 400, 220);
  await expect(designer.step('sample_data')).toBeVisible();
  await drop('Filter rows', 400, 420);
  await expect(designer.step('filter_rows')).toBeVisible();
  await designer.connect('sample_data.outputs.table', 'filter_rows.inputs.table');
  const edge = designer.edge('sample_data.outputs.table->filter_rows.inputs.table');
  await expect(edge).toBeAttached();
  await designer.expectSaved();

  await page.keyboard.press('Control+z');
  await expect(edge).not.toBeAttached();
  await page.keyboard.press('Control+Shift+z');
  await expect(edge).toBeAttached();
  await designer.expectSaved();
  await page.reload();
  await expect(edge).toBeAttached();
  await expect(designer.step('filter_rows')).toBeVisible();
  // Also what can be undone, and also when nothing was done in between.
  await page.reload();
  await expect(edge).toBeAttached();
  await expect(page.getByRole('button', { name: /^Undo: Connect/ })).toBeEnabled();
  await page.keyboard.press('Control+z');
  await expect(edge).not.toBeAttached();
});

test('an impossible target is refused, and the reason is shown', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(
    await makeDraft(server, request, {
      learner: { component: 'azureml:linear_regression:1' },
      filter: { component: 'azureml:filter_rows:1', inputs: { condition: 'true' } },
    }),
  );
  await designer.connect('learner.outputs.learner', 'filter.inputs.table');
  await expect(designer.edge('learner.outputs.learner->filter.inputs.table')).not.toBeAttached();
});

test('a pipeline is built by keyboard alone', async ({ page, server }) => {
  const designer = await emptyDraft(page, server.url);
  const search = page.getByRole('searchbox', { name: 'Search components' });
  await search.focus();
  await search.fill('sample data');
  await expect(paletteEntry(page, 'Sample data')).toBeVisible();
  await search.press('Enter');
  await expect(designer.step('sample_data')).toBeVisible();
  await search.focus();
  await search.fill('filter rows');
  await search.press('Enter');
  await expect(designer.step('filter_rows')).toBeVisible();
  await designer.step('sample_data').focus();
  await page.keyboard.press('c');
  await page.keyboard.press('Enter');
  await expect(designer.edge('sample_data.outputs.table->filter_rows.inputs.table')).toBeAttached();
  await designer.expectSaved();

  // Round the panes, and to another look at the draft.
  await search.focus();
  await page.keyboard.press('F6');
  await expect(designer.canvas).toBeFocused();
  await page.keyboard.press('F6');
  await expect(page.getByRole('complementary', { name: 'Inspector' }).locator(':focus')).toHaveCount(1);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Search steps, pipelines, runs, data, components and commands' })).toBeFocused();
  await page.keyboard.type('show yaml');
  await expect(page.getByRole('option', { name: 'Show YAML' })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'YAML' })).toContainText('sample_data');
});

test('publish makes a version that stands in the gallery and can be cloned', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, { only: { command: 'true', outputs: out } }));
  await page.getByRole('button', { name: 'Publish' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  expect(await seriousViolations(page)).toEqual([]);
  await dialog.getByRole('button', { name: /^Publish/ }).click();
  await expect(dialog).toBeHidden();
  await page.goto(`${server.url}/pipelines?show=published`);
  await page
    .getByRole('row', { name: /Journey/ })
    .getByRole('button', { name: /Export/ })
    .click();
  // The keyboard is at the first of the menu.
  await expect(page.getByRole('menuitem', { name: 'YAML file' })).toBeFocused();
  expect(await seriousViolations(page)).toEqual([]);
  await page.goto(`${server.url}/gallery`);
  await expect(page.getByText('Journey').first()).toBeVisible();
});

test('two tabs on one draft: an edit in one arrives in the other', async ({ page, context, server, request }) => {
  const url = await makeDraft(server, request, {
    a: { command: 'echo x > ${{outputs.out}}/x', outputs: out },
    b: { command: 'cat ${{inputs.data}}/x', inputs: { data: outputOf('a') } },
  });
  const here = new Designer(page);
  await here.open(url);
  const there = new Designer(await context.newPage());
  await there.open(url);
  await expect(there.step('b')).toBeVisible();
  await here.step('b').click();
  await page.keyboard.press('Delete');
  await expect(here.step('b')).toHaveCount(0);
  await expect(there.step('b')).toHaveCount(0);
});

test('axe finds nothing serious on the pages of the workspace', async ({ page, server }) => {
  for (const path of ['/', '/runs', '/components', '/gallery', '/data', '/models', '/environments', '/settings']) {
    await page.goto(`${server.url}${path}`);
    await expect(page.getByRole('banner')).toBeVisible();
    await page.waitForLoadState('networkidle');
    expect(await seriousViolations(page), path).toEqual([]);
  }
});

test('axe finds nothing serious on the designer and on a run', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, { only: { command: 'true', outputs: out } }));
  await designer.step('only').click();
  expect(await seriousViolations(page)).toEqual([]);
  await designer.run();
  await designer.expectStatus('only', 'completed');
  await page.goto(`${server.url}/runs/1/steps/only/logs`);
  await expect(page.locator('[data-step="only"]')).toBeVisible();
  expect(await seriousViolations(page)).toEqual([]);
});
