import { expect } from '@playwright/test';
import { Draft } from '@pipewright/shared/http/drafts.ts';
import { makeDraft, outputOf } from '../../fixtures/drafts.ts';
import { test } from '../../fixtures/server.ts';
import { Designer } from '../../pages/designer.ts';

const echo = (inputs: Record<string, string>) => ({
  command: `cat ${Object.keys(inputs)
    .map((name) => `\${{inputs.${name}}}/n`)
    .join(' ')} > \${{outputs.out}}/n`,
  inputs,
  outputs: { out: null },
});
const jobs = {
  load: { command: 'echo 1 > ${{outputs.out}}/n', outputs: { out: null } },
  clean: echo({ data: outputOf('load') }),
  train: echo({ data: outputOf('clean') }),
  report: echo({ model: outputOf('train') }),
};

test('steps become a sub-pipeline and come out of it again, each by one entry of the history', async ({ page, server, request }) => {
  const designer = new Designer(page);
  const url = await makeDraft(server, request, jobs);
  await designer.open(url);
  const read = async () => Draft.parse(await (await request.get(url.replace('/drafts/', '/api/drafts/'))).json()).document;
  const before = await read();

  // Around a step that stands between them it cannot be done; the dialog says which, and takes it along.
  await designer.step('load').click();
  await designer.step('train').click({ modifiers: ['Shift'] });
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Command' }).fill('sub-pipeline');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('alert')).toContainText('clean stands between them');
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  await designer.step('clean').click();
  await designer.step('train').click({ modifiers: ['Shift'] });
  await designer.step('train').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Make a sub-pipeline of 2 steps…' }).click();
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Training');
  await expect(dialog.getByRole('region', { name: 'Goes in' })).toContainText('data');
  await dialog.getByRole('button', { name: 'Make the sub-pipeline' }).click();
  await expect(designer.step('training')).toBeVisible();
  await expect(designer.step('clean')).toBeHidden();
  await expect(designer.edge('load.outputs.out->training.inputs.data')).toHaveCount(1);
  await expect(designer.edge('training.outputs.out->report.inputs.model')).toHaveCount(1);
  await designer.expectSaved();

  await page.keyboard.press('Control+z');
  await expect(designer.step('clean')).toBeVisible();
  await page.keyboard.press('Control+Shift+z');
  await expect(designer.step('training')).toBeVisible();
  await designer.expectSaved();

  await designer.step('training').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Unpack into its steps' }).click();
  await expect(designer.edge('load.outputs.out->clean.inputs.data')).toHaveCount(1);
  await expect(designer.edge('train.outputs.out->report.inputs.model')).toHaveCount(1);
  await designer.expectSaved();
  expect(await read()).toEqual(before);
});

test('a sub-pipeline is edited inside, saved as a new version, and the step outside uses it', async ({ page, server, request }) => {
  const designer = new Designer(page);
  const inner = {
    type: 'pipeline',
    name: 'training',
    version: '1',
    display_name: 'Training',
    inputs: { data: { type: 'uri_folder' } },
    outputs: { model: { type: 'uri_folder' } },
    jobs: { fit: { ...echo({ data: '${{parent.inputs.data}}' }), outputs: { out: '${{parent.outputs.model}}' } }, note: { command: 'true' } },
  };
  expect((await request.post(`${server.url}/api/components`, { data: { component: inner } })).status()).toBe(201);
  const train = { type: 'pipeline', component: 'azureml:training:1', inputs: { data: outputOf('load') } };
  const url = await makeDraft(server, request, { load: jobs.load, train, report: echo({ model: '${{parent.jobs.train.outputs.model}}' }) });
  await designer.open(url);

  // From outside: another name for an input; the wires stay.
  await designer.step('train').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Inputs and outputs…' }).click();
  const ports = page.getByRole('dialog', { name: 'Inputs and outputs of Training' });
  await ports.getByRole('textbox', { name: 'Name of data' }).fill('table');
  await ports.getByRole('button', { name: 'Save as new version' }).click();
  await expect(designer.edge('load.outputs.out->train.inputs.table')).toHaveCount(1);
  await expect(designer.edge('train.outputs.model->report.inputs.model')).toHaveCount(1);
  await designer.expectSaved();

  await designer.step('train').dblclick();
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await expect(page).toHaveURL(/outer=/);
  await designer.step('note').click();
  await page.keyboard.press('Control+d');
  await expect(designer.step('note_2')).toBeVisible();
  await page.getByRole('button', { name: 'Save as new version' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Save and upgrade 1 step' }).click();

  await expect(page).toHaveURL(url);
  await expect(designer.step('train')).toContainText('3 steps');
  await expect(designer.edge('train.outputs.model->report.inputs.model')).toHaveCount(1);
  await designer.expectSaved();
  await page.getByRole('button', { name: /^Undo: Upgrade 1 step to version 3/ }).click();
  await expect(designer.step('train')).toContainText('2 steps');
});
