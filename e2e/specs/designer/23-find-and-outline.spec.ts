import { expect } from '@playwright/test';
import { makeDraft, outputOf } from '../../fixtures/drafts.ts';
import { test } from '../../fixtures/server.ts';
import { Designer } from '../../pages/designer.ts';

const step = (title: string, inputs: Record<string, unknown> = {}) => ({ command: 'true', display_name: title, inputs, outputs: { out: null } });
const jobs = {
  report: step('Report', { model: outputOf('train') }),
  load: step('Load'),
  train: step('Train', { data: outputOf('load'), rate: 0.125 }),
  again: step('Train again', { data: outputOf('train') }),
};

test('what is searched is ringed and walked through; the outline goes to a step by its name', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, jobs));

  await page.keyboard.press('Control+f');
  const field = page.getByRole('textbox', { name: 'Find on the canvas' });
  // Each letter selects what answers, and the keyboard stays in the field.
  const bar = page.getByRole('search', { name: 'Find on the canvas' });
  await page.keyboard.type('tr');
  await expect(designer.step('train')).toHaveAttribute('data-selected', 'true');
  await page.keyboard.type('ain');
  await expect(field).toHaveValue('train');
  await expect(bar.getByRole('status')).toHaveText('1 of 3');
  await expect(designer.step('train')).toHaveCSS('outline-style', 'solid');
  await expect(designer.step('again')).toHaveCSS('outline-style', 'dashed');
  await expect(designer.step('load')).not.toHaveCSS('outline-style', 'dashed');
  await field.press('Enter');
  await expect(designer.step('report')).toHaveAttribute('data-selected', 'true');
  await expect(bar.getByRole('status')).toHaveText('2 of 3');
  await field.fill('0.125');
  await expect(bar).toContainText('rate: 0.125');
  await field.press('Escape');
  await expect(bar).toBeHidden();

  await page.keyboard.press('Control+Shift+O');
  const tree = page.getByRole('tree', { name: 'Outline of the pipeline' });
  await expect(tree.getByRole('treeitem')).toHaveText([/Load/, /Train/, /Report/, /Train again/]);
  await expect(tree.getByRole('treeitem', { name: 'Train', exact: true })).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(designer.step('again')).toHaveAttribute('data-selected', 'true');
  await page.getByRole('searchbox', { name: 'Filter the steps' }).fill('rep');
  await expect(tree.getByRole('treeitem')).toHaveText([/Report/]);
  await tree.getByRole('treeitem').click();
  await expect(designer.step('report')).toHaveAttribute('data-selected', 'true');
});
