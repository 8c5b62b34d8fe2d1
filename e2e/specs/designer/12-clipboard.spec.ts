import { expect, type Page } from '@playwright/test';
import { makeDraft, outputOf } from '../../fixtures/drafts.ts';
import { test } from '../../fixtures/server.ts';
import { Designer } from '../../pages/designer.ts';

const jobs = {
  a: { component: 'azureml:nowhere:1', outputs: { out: null } },
  b: { command: 'cat ${{inputs.x}} ${{inputs.n}}', inputs: { x: outputOf('a'), n: '${{parent.inputs.often}}' } },
};

/** What Ctrl+V does with a text that was copied elsewhere. */
async function pasteText(page: Page, text: string): Promise<void> {
  await page.locator('[data-canvas]').evaluate((canvas, data) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', data);
    canvas.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

test('steps go to another draft by the clipboard, with the inputs they read and components that are missing', async ({ page, context, server, request }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const designer = new Designer(page);
  const url = await makeDraft(server, request, jobs, { inputs: { often: 3 } });
  await designer.open(url);
  await designer.step('a').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+c');
  const there = new Designer(await context.newPage());
  await there.open(await makeDraft(server, request, { b: { command: 'true' } }));
  await there.canvas.focus();
  await there.page.keyboard.press('Control+v');
  await expect(there.edge('a.outputs.out->b_2.inputs.x')).toBeAttached();
  await expect(there.step('a')).toHaveAttribute('data-missing');
  await there.page.keyboard.press('Escape');
  await expect(there.page.getByRole('textbox', { name: 'Value of often' })).toHaveValue('3');
  await there.canvas.focus();
  await there.page.keyboard.press('Control+z');
  await expect(there.step('a')).toHaveCount(0);
});

test('copies of a step read nothing, or what it reads with Shift; Ctrl D and Alt with a drag keep it as well', async ({ page, context, server, request }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, jobs, { inputs: { often: 3 } }));
  await designer.step('b').click();
  await page.keyboard.press('Control+c');
  // At the pointer.
  await designer.clickPaper({ x: 0.2, y: 0.2 });
  await page.keyboard.press('Control+v');
  await expect(designer.step('b_2')).toBeVisible();
  await designer.clickPaper({ x: 0.8, y: 0.2 });
  await page.keyboard.press('Control+Shift+v');
  await expect(designer.edge('a.outputs.out->b_3.inputs.x')).toBeAttached();
  await expect(designer.edge('a.outputs.out->b_2.inputs.x')).not.toBeAttached();
  await designer.step('b').click();
  await page.keyboard.press('Control+d');
  await expect(designer.edge('a.outputs.out->b_4.inputs.x')).toBeAttached();
  const before = await designer.step('a').boundingBox();
  await page.keyboard.down('Alt');
  await designer.dragBy(designer.step('a'), { x: -180, y: 60 });
  await page.keyboard.up('Alt');
  await expect(designer.step('a_2')).toBeVisible();
  expect(await designer.step('a').boundingBox()).toEqual(before);
});

test('YAML is pasted as the steps that stand in it, and nonsense is answered by what can be pasted', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, { only: { command: 'true' } }));
  await designer.canvas.focus();
  await pasteText(
    page,
    'jobs:\n  first:\n    command: echo 1\n    outputs: { out: {} }\n  second:\n    command: cat ${{inputs.i}}\n    inputs:\n      i: ${{parent.jobs.first.outputs.out}}\n',
  );
  await expect(designer.edge('first.outputs.out->second.inputs.i')).toBeAttached();
  await pasteText(page, 'type: command\ncomponent: azureml:sample_data:1\n');
  await expect(designer.step('sample_data')).toBeVisible();
  await pasteText(page, 'Dear all, this is a letter.');
  await expect(page.getByText(/That is no step\. Steps copied from a canvas can be pasted/)).toBeVisible();
  await pasteText(page, 'jobs:\n  first: [\n');
  await expect(page.getByText(/This YAML cannot be pasted: line \d/)).toBeVisible();
  await expect(page.locator('[data-step]')).toHaveCount(4);
});
