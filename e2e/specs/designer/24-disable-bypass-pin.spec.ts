import { expect } from '@playwright/test';
import { makeDraft, outputOf } from '../../fixtures/drafts.ts';
import { test } from '../../fixtures/server.ts';
import { Designer } from '../../pages/designer.ts';

const reads = (step: string) => ({ x: { type: 'uri_folder', path: outputOf(step) } });
const out = { out: { type: 'uri_folder' } };
const jobs = {
  load: { command: 'echo 1 > ${{outputs.out}}/a', outputs: out },
  clean: { command: 'cp ${{inputs.x}}/a ${{outputs.out}}/a', inputs: reads('load'), outputs: out },
  report: { command: 'cat ${{inputs.x}}/a', inputs: reads('clean') },
};
const layout = { layout: { steps: { load: { x: 0, y: 0 }, clean: { x: 0, y: 160 }, report: { x: 0, y: 320 } } } };

test('a step is disabled with what needs it, or bypassed, and the plan says so; each is one entry', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(
    await makeDraft(server, request, { ...jobs, first: { command: 'true', outputs: out }, last: { command: 'true', inputs: reads('first') } }, layout),
  );
  await designer.step('clean').click();
  await page.keyboard.press('d');
  await expect(designer.step('clean')).toHaveAttribute('data-aside', 'disabled');
  await expect(designer.step('report')).toHaveAttribute('data-aside', 'needs');
  await expect(designer.step('report')).toContainText('needs clean');
  await designer.runButton.click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.locator('[data-plan-left-out=report]')).toContainText('needs clean, which is not run');
  await expect(dialog.locator('[data-plan-step=load]')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await designer.step('clean').click();
  await page.keyboard.press('b');
  await expect(designer.step('clean')).toHaveAttribute('data-aside', 'bypassed');
  await expect(designer.step('report')).not.toHaveAttribute('data-aside');
  await page.keyboard.press('Control+z');
  await expect(designer.step('clean')).toHaveAttribute('data-aside', 'disabled');
  await page.keyboard.press('Control+z');
  await expect(designer.step('clean')).not.toHaveAttribute('data-aside');
  // Nothing that it is given could stand in for what is read of it.
  await designer.step('first').click();
  await page.keyboard.press('b');
  await expect(page.getByText('first cannot be bypassed: what reads out takes uri_folder, and no input that it is given is one.').first()).toBeVisible();
  await expect(designer.step('first')).not.toHaveAttribute('data-aside');
});

test('the result of a run is pinned, taken instead of running the step, and still there after a reload', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, jobs, layout));
  await designer.run();
  await designer.expectStatus('report', 'completed');
  await designer.step('clean').click();
  await page.keyboard.press('p');
  await expect(designer.step('clean')).toContainText('result of run 1');
  // What is above it fails from now on; it does not ask.
  await designer.step('load').click();
  await page.keyboard.press('d');
  await expect(designer.step('clean')).not.toHaveAttribute('data-aside');
  await designer.expectSaved();
  await page.reload();
  await expect(designer.step('clean')).toHaveAttribute('data-pinned', '1');
  await designer.runButton.click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.locator('[data-plan-step=clean]')).toContainText('pinned: its result of run 1 is taken');
  await page.keyboard.press('Escape');
  await designer.step('clean').click();
  await page.keyboard.press('p');
  await expect(designer.step('clean')).toHaveAttribute('data-aside', 'needs');
  await page.keyboard.press('Control+z');
  await expect(designer.step('clean')).toHaveAttribute('data-pinned', '1');
  // Another run is chosen from its menu.
  await designer.step('clean').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Pin the result of a run…' }).click();
  await page.getByRole('menuitem', { name: /^Run 1/ }).click();
  await expect(designer.step('clean')).toContainText('result of run 1');
});
