import { expect } from '@playwright/test';
import { makeDraft, outputOf } from '../../fixtures/drafts.ts';
import { test } from '../../fixtures/server.ts';
import { Designer } from '../../pages/designer.ts';

const table = { type: 'uri_folder' };
const component = (name: string, version: string, ports: { readonly inputs: object; readonly outputs: object }) => ({
  name,
  version,
  type: 'command',
  display_name: name === 'cut' ? 'Cut in two' : 'Thin out',
  command: 'true',
  ...ports,
});
const first = { inputs: { data: table, share: { type: 'number', default: 0.5 } }, outputs: { part: table } };
const second = { inputs: { data: table, fraction: { type: 'number', default: 0.5 } }, outputs: { part: table, rest: table } };
const jobs = {
  load: { command: 'true', outputs: { out: null } },
  cut: { component: 'azureml:cut:1', display_name: 'Cut in two', inputs: { data: outputOf('load'), share: 0.7 } },
  report: { command: 'true', inputs: { part: '${{parent.jobs.cut.outputs.part}}' } },
};

test('a component dropped on a step takes its place and keeps the wires; a newer version is offered with what it changes', async ({
  page,
  server,
  request,
}) => {
  const designer = new Designer(page);
  for (const made of [component('cut', '1', first), component('sample', '1', { inputs: { rows: table }, outputs: { sample: table } })])
    expect((await request.post(`${server.url}/api/components`, { data: { component: made } })).status()).toBe(201);
  await designer.open(await makeDraft(server, request, jobs));
  const dialog = page.getByRole('dialog');

  // Dropped on the step: the two ports are found by their types, the value has no place and says so.
  await page.getByRole('searchbox', { name: 'Search components' }).fill('Thin out');
  const [from, to] = [await page.getByRole('button', { name: /^Thin out/ }).boundingBox(), await designer.step('cut').boundingBox()];
  if (!from || !to) throw new Error('expected both to be on the page');
  await page.mouse.move(from.x + 40, from.y + 8);
  await page.mouse.down();
  await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 8 });
  await expect(page.getByText('Replace Cut in two by Thin out')).toBeVisible();
  await page.mouse.up();
  const row = (port: string) => dialog.locator(`[data-move="${port}"]`);
  await expect(row('inputs.data')).toContainText('Moved');
  await expect(row('outputs.part')).toContainText('Moved');
  await expect(row('inputs.share')).toContainText('No such port');
  await dialog.getByRole('button', { name: 'Replace', exact: true }).click();
  await expect(designer.edge('load.outputs.out->cut.inputs.rows')).toHaveCount(1);
  await expect(designer.edge('cut.outputs.sample->report.inputs.part')).toHaveCount(1);
  await page.getByRole('button', { name: /^Undo: Replace Cut in two by Thin out/ }).click();
  await expect(designer.edge('load.outputs.out->cut.inputs.data')).toHaveCount(1);
  await designer.expectSaved();

  // A newer version: what is different, and the value goes where it is said to go.
  expect((await request.post(`${server.url}/api/components`, { data: { component: component('cut', '2', second) } })).status()).toBe(201);
  await page.reload();
  const mark = designer.step('cut').getByTitle('version 2 of its component is registered');
  await expect(mark).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Command' }).fill('Upgrade all');
  await page.keyboard.press('Enter');
  const all = page.getByRole('dialog', { name: 'Upgrade components' });
  await expect(all).toContainText('version 1 → 2');
  await all.getByRole('button', { name: 'Look' }).click();
  await expect(dialog.getByRole('region', { name: 'What is different' })).toContainText('New output rest');
  await expect(row('inputs.share')).toContainText('Moved');
  await dialog.getByRole('button', { name: 'Upgrade', exact: true }).click();
  await expect(designer.step('cut')).toContainText('0.7');
  await expect(mark).toHaveCount(0);
});
