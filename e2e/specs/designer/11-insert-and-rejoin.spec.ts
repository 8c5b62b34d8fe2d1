import { expect } from '@playwright/test';
import { makeDraft } from '../../fixtures/drafts.ts';
import { test } from '../../fixtures/server.ts';
import { centreOf, Designer } from '../../pages/designer.ts';

const chain = {
  cars: { component: 'azureml:sample_data:1' },
  last: { component: 'azureml:filter_rows:1', inputs: { condition: 'true', table: '${{parent.jobs.cars.outputs.table}}' } },
};
const direct = 'cars.outputs.table->last.inputs.table';

test('a component dropped on an edge goes between, and what is below gives way; one undo takes it all back', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, chain));
  const [above, below] = [await centreOf(designer.step('cars')), await centreOf(designer.step('last'))];
  const middle = { x: (above.x + below.x) / 2, y: (above.y + below.y) / 2 };
  const palette = page.getByRole('complementary', { name: 'Components' });
  const over = async (name: RegExp): Promise<void> => {
    const row = palette.getByRole('button', { name });
    await row.scrollIntoViewIfNeeded();
    await designer.moveHeld(await centreOf(row), middle);
  };
  await over(/^Linear regression /);
  await expect(page.locator('[data-edge-target=refused]')).toContainText('Linear regression takes no mltable');
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await over(/^Normalize /);
  await expect(page.locator('[data-edge-target=welcome]')).toContainText('Put in here');
  await page.mouse.up();
  await expect(designer.edge('cars.outputs.table->normalize.inputs.table')).toBeAttached();
  await expect(designer.edge(direct)).not.toBeAttached();
  const moved = await centreOf(designer.step('last'));
  expect(moved.y).toBeGreaterThan(below.y + 40);
  await designer.canvas.focus();
  await page.keyboard.press('Control+z');
  await expect(designer.edge(direct)).toBeAttached();
  expect(await centreOf(designer.step('last'))).toEqual(below);
});

test('a step that stands alone goes into an edge by a drag, and Ctrl Delete joins what was around it', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, { ...chain, alone: { component: 'azureml:remove_duplicates:1' } }));
  const [above, below, alone] = [await centreOf(designer.step('cars')), await centreOf(designer.step('last')), await centreOf(designer.step('alone'))];
  await designer.moveHeld(alone, { x: (above.x + below.x) / 2, y: (above.y + below.y) / 2 });
  await page.mouse.up();
  await expect(designer.edge('cars.outputs.table->alone.inputs.table')).toBeAttached();
  await expect(designer.edge(direct)).not.toBeAttached();
  await designer.step('alone').focus();
  await page.keyboard.press('Control+Delete');
  await expect(designer.step('alone')).toHaveCount(0);
  await expect(designer.edge(direct)).toBeAttached();
  await designer.canvas.focus();
  await page.keyboard.press('Control+z');
  await expect(designer.edge('cars.outputs.table->alone.inputs.table')).toBeAttached();
  // The drag was one entry, with all that came of it.
  await page.keyboard.press('Control+z');
  await expect(designer.edge(direct)).toBeAttached();
  expect(await centreOf(designer.step('alone'))).toEqual(alone);
});
