import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { makeDraft } from '../../fixtures/drafts.ts';
import { test } from '../../fixtures/server.ts';
import { seriousViolations } from '../../pages/axe.ts';
import { Designer } from '../../pages/designer.ts';

test('the columns of a file are offered before anything has run: by name, kind and pattern, past steps that keep them', async ({
  page,
  server,
  request,
}, info) => {
  const file = join(info.outputPath(), 'cars.csv');
  await writeFile(file, 'horsepower,weight,origin\n130,3504,usa\n165,3693,europe\n');
  const designer = new Designer(page);
  await designer.open(
    await makeDraft(server, request, {
      read: { component: 'azureml:import_table:1', inputs: { data: { type: 'uri_file', path: file } } },
      filter: { component: 'azureml:filter_rows:1', inputs: { table: '${{parent.jobs.read.outputs.table}}', condition: 'weight > 1' } },
      pick: { component: 'azureml:select_columns:1', inputs: { table: '${{parent.jobs.filter.outputs.result}}', columns: 'horse_power, weight' } },
    }),
  );
  await designer.step('pick').click();
  const row = page.locator('[data-parameter="columns"]');
  await expect(row.locator('[data-unknown-column="horse_power"]')).toBeVisible();
  await row.getByRole('button', { name: 'Use horsepower' }).click();
  await expect(row.locator('[data-unknown-column]')).toHaveCount(0);

  await row.getByRole('button', { name: /choose the columns of/ }).click();
  const picker = page.getByRole('dialog');
  await picker.getByRole('button', { name: 'all number' }).click();
  await picker.getByRole('checkbox', { name: /^weight/ }).uncheck();
  await expect(picker.getByText(/^1 of 3 columns/)).toBeVisible();
  await picker.getByRole('checkbox', { name: /^origin/ }).check();
  await expect(picker.getByText(/^2 of 3 columns/)).toBeVisible();
  expect(await seriousViolations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await designer.expectSaved();
  await expect(row.getByRole('button', { name: /choose the columns of/ })).toHaveText(/2 of 3/);
});

test('a number goes by arrows, Esc brings it back; an expression is completed; a parameter becomes a named input with one undo', async ({
  page,
  server,
  request,
}) => {
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, { split: { component: 'azureml:split_data:1', inputs: {} } }));
  await designer.step('split').click();
  const row = page.locator('[data-parameter="fraction"]');
  const field = row.getByRole('textbox', { name: 'Fraction in first' });
  await field.focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Shift+ArrowUp');
  await expect(field).toHaveValue('0.81');
  await page.keyboard.press('Escape');
  await expect(field).toHaveValue('');
  await field.fill('0.6');

  await row.hover();
  await row.getByRole('button', { name: 'More for Fraction in first' }).click();
  await page.getByRole('menuitem', { name: 'Make it a pipeline input…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Make Fraction in first a pipeline input' });
  await dialog.getByLabel('Name').fill('share');
  await page.keyboard.press('Enter');
  await expect(row.getByRole('group', { name: 'Fraction in first, bound to inputs.share' })).toContainText('= 0.6');
  await designer.canvas.focus();
  await page.keyboard.press('Control+z');
  await expect(field).toHaveValue('0.6');
  await page.keyboard.press('Control+Shift+z');

  const seed = page.locator('[data-parameter="seed"]');
  await seed.hover();
  await seed.getByRole('button', { name: /^Expression for/ }).click();
  await page.keyboard.type('sha');
  await page.getByRole('option', { name: /^inputs\.share/ }).click();
  await expect(seed.getByRole('combobox').or(seed.getByRole('textbox'))).toHaveValue('${{parent.inputs.share}}');
  await page.keyboard.press('Enter');
  await expect(seed.getByRole('group', { name: /bound to inputs\.share$/ })).toBeVisible();
});

test('the inputs of the pipeline are put in order by keys, by their arrows and by hand, and stand so in its text', async ({ page, server, request }) => {
  const inputs = { rate: 0.1, seed: 42, folds: 5 };
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, { a: { command: 'echo ${{inputs.r}}', inputs: { r: '${{parent.inputs.rate}}' } } }, { inputs }));
  const name = page.getByRole('textbox', { name: 'Name of the input folds' });
  await name.focus();
  await page.keyboard.press('Alt+ArrowUp');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(name).toBeFocused();
  await page.getByRole('button', { name: 'Move the input rate down' }).click();
  await expect(page.locator('[data-pipeline-input]').last()).toHaveAttribute('data-pipeline-input', 'rate');
  expect(await seriousViolations(page)).toEqual([]);
  // The order that the text is to have is made by hand, from another one and back.
  const grip = (port: string) => page.locator(`[data-port-grip="${port}"]`);
  const order = async () => await page.locator('[data-pipeline-input]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-pipeline-input')));
  await designer.drag(grip('rate'), grip('folds'));
  await expect.poll(order).toEqual(['rate', 'folds', 'seed']);
  await designer.dragBy(grip('rate'), { x: 0, y: 900 });
  await expect.poll(order).toEqual(['folds', 'seed', 'rate']);
  await designer.canvas.focus();
  await page.keyboard.press('Control+z');
  await expect.poll(order).toEqual(['rate', 'folds', 'seed']);
  await page.keyboard.press('Control+Shift+z');
  await expect.poll(order).toEqual(['folds', 'seed', 'rate']);
  await designer.expectSaved();
  const exported = await request.get(`${server.url}/api/drafts/${page.url().split('/').at(-1) ?? ''}/export?as=yaml`);
  expect(await exported.text()).toMatch(/folds: 5\s+seed: 42\s+rate: 0.1/);
});
