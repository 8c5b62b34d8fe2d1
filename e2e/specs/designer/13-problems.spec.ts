import { expect } from '@playwright/test';
import { makeDraft } from '../../fixtures/drafts.ts';
import { test } from '../../fixtures/server.ts';
import { seriousViolations } from '../../pages/axe.ts';
import { Designer } from '../../pages/designer.ts';

const jobs = {
  sample: { component: 'azureml:sample_data:1', inputs: { dataset: 'cars' } },
  split: { component: 'azureml:split_data:1', inputs: { table: '${{parent.jobs.sample.outputs.rows}}', fraction: 4 } },
  train: { component: 'azureml:train_model:1', inputs: { table: '${{parent.jobs.split.outputs.first}}' } },
  stray: { command: 'echo ${{inputs.valeu}}', inputs: { value: 'x' } },
};

test('problems are listed, shown on the canvas, gone to by F8, mended one by one and all together, and one undo takes that back', async ({
  page,
  server,
  request,
}) => {
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, jobs));
  const bar = page.getByRole('region', { name: 'Problems', exact: true });
  await bar.getByRole('button', { name: /^Problems/ }).click();
  const rows = bar.locator('[data-problem-row]');
  const count = await rows.count();
  expect(count).toBeGreaterThan(3);

  // Pointing at a row marks the step, its port and nothing else; the keyboard does the same.
  const broken = bar.locator('[data-problem="unknown-output"]');
  await broken.hover();
  await expect(designer.step('split')).toHaveCSS('outline-style', 'dashed');
  await expect(designer.step('train')).toHaveCSS('outline-style', 'none');
  await rows.first().focus();
  await page.keyboard.press('End');
  await expect(rows.last()).toBeFocused();

  // Enter opens the field.
  const wide = bar.locator('[data-problem="out-of-range"] [data-problem-row]');
  await wide.focus();
  await page.keyboard.press('Enter');
  const field = page.locator('[data-parameter="fraction"]').getByRole('textbox');
  await expect(field).toBeFocused();
  expect(await seriousViolations(page)).toEqual([]);

  // From there the keys go on, also from inside a text.
  await page.keyboard.press('F8');
  await expect(page.locator('[data-input="learner"]')).toBeVisible();
  await page.keyboard.press('Shift+F8');
  await expect(field).toBeFocused();

  await bar.getByLabel('Filter problems').fill('valeu');
  await expect(rows).toHaveCount(1);
  await bar.getByRole('button', { name: 'Write value' }).click();
  await expect(bar.getByText(/^None of the/)).toBeVisible();
  await bar.getByRole('button', { name: 'Show all' }).click();
  await bar.getByText('By step').click();
  await expect(
    bar
      .getByRole('region', { name: 'Split data' })
      .or(bar.getByRole('region', { name: 'split' }))
      .first(),
  ).toBeVisible();

  const left = await rows.count();
  await bar.getByRole('button', { name: 'Fix all…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Fix all problems' });
  await expect(dialog.getByText(/^Use /).first()).toBeVisible();
  await dialog.getByRole('button', { name: /^Fix \d+ problems?$/ }).click();
  await expect(bar.locator('[data-problem="out-of-range"]')).toHaveCount(0);
  await expect(bar.locator('[data-problem="unknown-output"]')).toHaveCount(0);
  await designer.canvas.focus();
  await page.keyboard.press('Control+z');
  await expect(rows).toHaveCount(left);
});

test('a conversion is put between two ports that do not fit', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(
    await makeDraft(server, request, {
      get: { command: 'cp a.csv ${{outputs.file}}', outputs: { file: { type: 'uri_file' } } },
      filter: { component: 'azureml:filter_rows:1', inputs: { table: '${{parent.jobs.get.outputs.file}}', condition: 'x > 1' } },
    }),
  );
  const bar = page.getByRole('region', { name: 'Problems', exact: true });
  await bar.getByRole('button', { name: 'Put Import table between' }).click();
  await expect(designer.edge('get.outputs.file->import_table.inputs.data')).toBeAttached();
  await expect(designer.edge('import_table.outputs.table->filter.inputs.table')).toBeAttached();
});
