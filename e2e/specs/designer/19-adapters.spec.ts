import { expect } from '@playwright/test';
import { makeDraft } from '../../fixtures/drafts.ts';
import { test } from '../../fixtures/server.ts';
import { Designer } from '../../pages/designer.ts';

const jobs = {
  raw: { command: 'echo a > ${{outputs.file}}', outputs: { file: { type: 'uri_file' } } },
  keep: { component: 'azureml:filter_rows:1', inputs: { condition: 'true' } },
};

test('a wire that does not fit goes through a conversion, which says what it is for and can be removed', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, jobs));
  await designer.holdOver('raw.outputs.file', 'keep.inputs.table');
  await expect(designer.canvas.getByRole('status')).toContainText('Drop here to put Import table between');
  await page.mouse.up();
  await expect(designer.edge('import_table.outputs.table->keep.inputs.table')).toBeAttached();
  const chip = page.locator('[data-put-in=import_table]');
  await expect(chip).toContainText('put in to convert uri_file to mltable');
  // It stands in the draft, not in this window.
  await designer.expectSaved();
  await page.reload();
  await chip.getByRole('button', { name: /Remove the conversion/ }).click();
  await expect(designer.step('import_table')).toHaveCount(0);
  await expect(page.getByText(/table of Filter rows is open again/).first()).toBeVisible();
});

test('the list of what a step can be connected to offers it, too', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, jobs));
  await designer.step('raw').click();
  await page.keyboard.press('c');
  const option = page.getByRole('group', { name: 'Connect through a conversion' }).getByRole('option');
  await expect(option).toContainText('through Import table, from uri_file to mltable');
  await expect(option).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(designer.edge('raw.outputs.file->import_table.inputs.data')).toBeAttached();
  await expect(designer.edge('import_table.outputs.table->keep.inputs.table')).toBeAttached();
});
