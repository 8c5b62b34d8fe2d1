import { expect } from '@playwright/test';
import { makeDraft } from '../../fixtures/drafts.ts';
import { test } from '../../fixtures/server.ts';
import { seriousViolations } from '../../pages/axe.ts';
import { Designer } from '../../pages/designer.ts';

test('the code of a step is changed in place and becomes the next version, by one edit; what is not saved is there after a reload', async ({
  page,
  server,
  request,
}) => {
  const component = { type: 'command', name: 'says', display_name: 'Says', command: 'bash say.sh', outputs: {} };
  const files = { 'say.sh': 'echo one\n', 'lib/words.txt': 'words\n' };
  expect((await request.post(`${server.url}/api/components`, { data: { component, files } })).status()).toBe(201);
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, { say: { component: 'azureml:says:1' } }));
  await designer.step('say').click();
  await page.getByRole('button', { name: 'Code ./code' }).click();
  await page
    .getByRole('list', { name: 'Files of the code' })
    .getByRole('button', { name: /^say\.sh/ })
    .click();
  const dialog = page.getByRole('dialog');
  const text = dialog.getByRole('textbox', { name: 'say.sh' });
  await text.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('echo two');
  await expect(dialog.getByText(/^1 file changed/)).toBeVisible();
  expect(await seriousViolations(page)).toEqual([]);
  await page.reload();

  await designer.step('say').click();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Command' }).fill('open the code');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Review and save…' }).click();
  await expect(dialog.getByRole('region', { name: 'say.sh' })).toContainText('+ echo two');
  await dialog.getByRole('button', { name: 'Save the next version' }).click();
  await expect(page.getByText('Says · version 2')).toBeVisible();
  await designer.expectSaved();
  await designer.canvas.focus();
  await page.keyboard.press('Control+z');
  await expect(page.getByText('Says · version 1')).toBeVisible();
});

test('inputs, outputs and the command of a component are changed in place: what is wrong says so with a way out, and the step keeps its wires', async ({
  page,
  server,
  request,
}) => {
  const component = {
    type: 'command',
    name: 'counts',
    display_name: 'Counts',
    command: 'echo "${{inputs.word}}" > "${{outputs.out}}/said"; cat "${{inputs.data}}"/* >> "${{outputs.out}}/said"',
    inputs: { word: { type: 'string', default: 'one' }, data: { type: 'uri_folder' } },
    outputs: { out: { type: 'uri_folder' } },
  };
  expect((await request.post(`${server.url}/api/components`, { data: { component, files: {} } })).status()).toBe(201);
  const designer = new Designer(page);
  const make = { command: 'echo made > ${{outputs.out}}/made', outputs: { out: { type: 'uri_folder' } } };
  const counts = { component: 'azureml:counts:1', inputs: { word: 'two', data: '${{parent.jobs.make.outputs.out}}' } };
  await designer.open(await makeDraft(server, request, { make, counts }));
  await designer.step('counts').click();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Command' }).fill('inputs, outputs and command');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  const inputs = dialog.getByRole('region', { name: 'Inputs' });
  await inputs.getByRole('textbox', { name: 'Name of input 2' }).fill('table');
  await expect(dialog.getByText('${{inputs.data}} is not declared.')).toBeVisible();
  expect(await seriousViolations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Write table' }).click();
  await inputs.getByRole('button', { name: 'Remove word' }).click();
  await page.reload();

  // What was written is kept; the way goes on from the section of the step.
  await designer.step('counts').click();
  await page.getByRole('button', { name: /^Code its inputs/ }).click();
  await page.getByRole('button', { name: 'Inputs, outputs, command…' }).click();
  await expect(dialog.getByRole('button', { name: 'Review and save…' })).toBeDisabled();
  await dialog.getByRole('textbox', { name: 'Command' }).fill('cat "${{inputs.table}}"/* > "${{outputs.out}}/said"');
  await dialog.getByRole('button', { name: 'Review and save…' }).click();
  await expect(dialog.getByRole('region', { name: 'Inputs, outputs, command' })).toContainText('+ input table: uri_folder');
  await expect(dialog.getByRole('status')).toHaveText('1 wire or value of the step will not fit any more: word.');
  await dialog.getByRole('combobox', { name: 'Where word goes' }).click();
  await page.getByRole('option', { name: 'Take it away' }).click();
  expect(await seriousViolations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Save the next version' }).click();
  await expect(designer.edge('make.outputs.out->counts.inputs.table')).toBeAttached();
  await designer.expectSaved();
  await designer.run();
  await designer.expectStatus('counts', 'completed');
  expect(await (await request.get(`${server.url}/api/runs/1/steps/counts/outputs/out/said`)).text()).toBe('made\n');

  // What is written next is tried on what that run has read, before it is a version.
  await page.getByRole('button', { name: 'Inputs, outputs, command…' }).click();
  await dialog.getByRole('textbox', { name: 'Command' }).fill('echo tried; cat "${{inputs.table}}"/* "${{inputs.table}}"/* > "${{outputs.out}}/said"');
  await dialog.getByRole('button', { name: 'Test…' }).click();
  await expect(dialog.getByRole('combobox', { name: 'Values of' })).toHaveValue(/^Run 1 /);
  await expect(dialog.getByRole('combobox', { name: 'table' })).toHaveValue('out of make');
  await dialog.getByRole('button', { name: 'Run the test' }).click();
  const tested = dialog.getByRole('region', { name: 'The test' });
  await expect(tested.getByRole('status')).toContainText('Completed', { timeout: 45_000 });
  await expect(tested.getByRole('region', { name: 'Output out' })).toContainText('said');
  await tested.getByRole('tab', { name: 'Log' }).click();
  await expect(tested.getByText('tried', { exact: true })).toBeVisible();
  expect(await seriousViolations(page)).toEqual([]);
  expect(await (await request.get(`${server.url}/api/runs/2/steps/counts/outputs/out/said`)).text()).toBe('made\nmade\n');
  await dialog.getByRole('button', { name: 'Back to the code' }).click();
  await expect(dialog.getByText(/^what it takes, gives or runs changed/)).toBeVisible();
  await page.goto(`${server.url}/runs`);
  await expect(page.getByRole('row', { name: /Test of Counts/ })).toContainText('test');
});

test('a Python step is written from scratch: its ports, its code; it stands on the canvas and runs', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, {}));
  await page.getByRole('button', { name: 'New Python step…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Greet');
  const inputs = dialog.getByRole('region', { name: 'Inputs' });
  await inputs.getByRole('textbox', { name: 'Name of input 1' }).fill('whom');
  await inputs.getByRole('combobox', { name: 'Type of whom' }).click();
  await page.getByRole('option', { name: 'string' }).click();
  await inputs.getByRole('textbox', { name: 'Default of whom' }).fill('the "world"');
  await expect(dialog.getByRole('textbox', { name: 'Code of the step' })).toContainText('def run(whom: str, result: Path)');
  expect(await seriousViolations(page)).toEqual([]);
  await dialog.getByRole('textbox', { name: 'Code of the step' }).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('def run(whom, result):\n    print("hello", whom)\n    (result / "said.txt").write_text(whom)\n');
  await page.keyboard.press('Escape');

  // Closed, it is kept; the command opens it again.
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Command' }).fill('new python step');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('textbox', { name: 'Title' })).toHaveValue('Greet');
  await dialog.getByRole('button', { name: 'Test…' }).click();
  await expect(dialog.getByRole('textbox', { name: 'whom' })).toHaveValue('the "world"');
  await dialog.getByRole('textbox', { name: 'whom' }).fill('nobody');
  await dialog.getByRole('button', { name: 'Run the test' }).click();
  await expect(dialog.getByRole('region', { name: 'The test' }).getByRole('status')).toContainText('Completed', { timeout: 45_000 });
  expect(await (await request.get(`${server.url}/api/runs/1/steps/greet/outputs/result/said.txt`)).text()).toBe('nobody');
  await dialog.getByRole('button', { name: 'Back to the code' }).click();
  await dialog.getByRole('button', { name: 'Make the step' }).click();
  await expect(designer.step('greet')).toBeVisible();
  await designer.expectSaved();
  await designer.run();
  await designer.expectStatus('greet', 'completed');
  const said = await request.get(`${server.url}/api/runs/2/steps/greet/outputs/result/said.txt`);
  expect(await said.text()).toBe('the "world"');
});
