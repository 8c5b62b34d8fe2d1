import { expect } from '@playwright/test';
import { makeDraft } from '../../fixtures/drafts.ts';
import { test } from '../../fixtures/server.ts';
import { Designer } from '../../pages/designer.ts';

const lines = ['make,price', 'audi,13950', 'bmw,16430', 'audi,17450', 'volvo,', 'bmw,41315'];
const jobs = {
  make: {
    type: 'command',
    display_name: 'Make prices',
    command: `printf '${lines.join('\\n')}\\n' > \${{outputs.out}}/rows.csv && echo '{"r2": 0.91}' > \${{outputs.report}}`,
    outputs: { out: { type: 'mltable' }, report: { type: 'uri_file' } },
  },
  use: { type: 'command', display_name: 'Use prices', command: 'cat ${{inputs.table}}/rows.csv', inputs: { table: '${{parent.jobs.make.outputs.out}}' } },
};

test('the data on a port is told by hovering, and looked at by a press', async ({ page, request, server }) => {
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, jobs));
  await designer.run();
  await designer.expectStatus('use', 'completed');

  await designer.port('use.inputs.table').hover();
  const card = page.locator('[data-port-card]');
  await expect(card).toContainText('from Make prices');
  await expect(card).toContainText('of run 1');

  // What flows into an input is what its source put out.
  await designer.port('use.inputs.table').click();
  const drawer = page.getByRole('region', { name: 'Preview of Make prices, out' });
  await expect(drawer.getByRole('link', { name: 'Run 1' })).toBeVisible();
  const cells = drawer.getByRole('gridcell');
  await expect(cells).toHaveText(['audi', '13,950', 'bmw', '16,430', 'audi', '17,450', 'volvo', 'missing', 'bmw', '41,315']);

  await drawer.getByRole('columnheader', { name: /price/ }).hover();
  await drawer.getByRole('button', { name: 'Actions on the column price' }).click();
  await page.getByRole('menuitem', { name: 'Sort descending' }).click();
  await expect(cells.nth(1)).toHaveText('41,315');
  await drawer.getByRole('button', { name: /^make/ }).click();
  await drawer.getByRole('complementary', { name: 'Column make' }).getByRole('button', { name: /audi/ }).click();
  await expect(cells).toHaveText(['audi', '17,450', 'audi', '13,950']);
  await expect(drawer).toContainText('of 2 that fit, of 5');

  await drawer.getByRole('tab', { name: 'Chart' }).click();
  await expect(drawer.getByLabel('Rows by make')).toBeVisible();
  await expect(drawer).toContainText('2 of 2 rows');
});

test('the keyboard opens the data of a step, and marks and copies its cells', async ({ page, request, server, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, jobs));
  await designer.run();
  await designer.expectStatus('use', 'completed');
  await designer.step('make').click();
  await page.keyboard.press('v');
  const grid = page.getByRole('grid', { name: 'Rows' });
  await expect(grid.getByRole('gridcell').first()).toHaveText('audi');
  await grid.focus();
  for (const key of ['ArrowDown', 'ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowRight']) await page.keyboard.press(key);
  await page.keyboard.press('Control+c');
  await expect(page.getByText('Copied 4 cells')).toBeVisible();
  expect(await page.evaluate(async () => await navigator.clipboard.readText())).toBe('bmw\t16430\naudi\t17450');

  await page.keyboard.press('Escape');
  await expect(grid).toBeHidden();
  await designer.step('make').click();
  await page.keyboard.press('Shift+V');
  await page.getByRole('menuitem', { name: /report/ }).click();
  await expect(page.getByRole('region', { name: 'JSON' })).toContainText('0.91');
});
