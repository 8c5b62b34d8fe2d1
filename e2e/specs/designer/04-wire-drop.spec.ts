import { expect } from '@playwright/test';
import { makeDraft } from '../../fixtures/drafts.ts';
import { test } from '../../fixtures/server.ts';
import { Designer } from '../../pages/designer.ts';

const undo = 'Control+z';

test('a wire dropped on the paper lists what it fits and by which port; Enter places and connects it as one entry', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, { cars: { component: 'azureml:sample_data:1' } }));
  await designer.pullToPaper('cars.outputs.table', { x: 0.3, y: 0.7 });
  const menu = page.getByRole('dialog', { name: 'Add a step' });
  await expect(menu).toContainText('Takes mltable');
  // Both ways to use it are there, the one it would take marked in what is told of it.
  await page.keyboard.type('join tables');
  await expect(menu.getByRole('option', { name: /Join tables into left/ })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(menu.getByRole('option', { name: /Join tables into right/ })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(designer.edge('cars.outputs.table->join_tables.inputs.right')).toBeAttached();
  await designer.step('join_tables').focus();
  await page.keyboard.press(undo);
  await expect(designer.step('join_tables')).toHaveCount(0);
});

test('a wire from an input finds what gives it: a component, or an input of the pipeline', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, { keep: { component: 'azureml:filter_rows:1', inputs: { condition: 'true' } } }));
  await designer.pullToPaper('keep.inputs.table', { x: 0.3, y: 0.2 });
  await expect(page.getByRole('dialog', { name: 'Add a step' })).toContainText('Gives mltable');
  await page.keyboard.type('sample data');
  await page.keyboard.press('Enter');
  await expect(designer.edge('sample_data.outputs.table->keep.inputs.table')).toBeAttached();
  await designer.pullToPaper('keep.inputs.table', { x: 0.7, y: 0.2 });
  await page.keyboard.type('new input of the pipeline');
  await page.keyboard.press('Enter');
  await expect(designer.edge('sample_data.outputs.table->keep.inputs.table')).not.toBeAttached();
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('table');
});
