import { expect } from '@playwright/test';
import { makeDraft, outputOf } from '../../fixtures/drafts.ts';
import { test } from '../../fixtures/server.ts';
import { seriousViolations } from '../../pages/axe.ts';
import { Designer } from '../../pages/designer.ts';

const out = { out: null };
const jobs = {
  make: { command: 'echo ${{inputs.text}} > ${{outputs.out}}/x', inputs: { text: 'hello' }, outputs: out },
  copy: { command: 'cat ${{inputs.data}}/x > ${{outputs.out}}/x', inputs: { data: outputOf('make') }, outputs: out },
  read: { command: 'cat ${{inputs.data}}/x', inputs: { data: outputOf('copy') } },
};

test('a version is saved by Ctrl S, compared with the draft as one graph, restored as one edit, and undone', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, jobs));
  await page.keyboard.press('Control+s');
  const dialog = page.getByRole('dialog', { name: 'Save a version' });
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('Version 1');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('All three');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await designer.step('copy').click();
  await page.keyboard.press('Delete');
  await expect(designer.step('copy')).toHaveCount(0);

  await designer.canvas.focus();
  await page.keyboard.press('h');
  const history = page.getByRole('complementary', { name: 'History' });
  await history.getByText('Versions', { exact: true }).click();
  await history.getByRole('button', { name: 'Compare the draft with All three' }).click();
  const comparison = page.getByRole('region', { name: 'Comparison' });
  const expectCompared = async (): Promise<void> => {
    await expect(page.getByRole('region', { name: 'What is compared' })).toContainText('1 step removed, 1 step changed');
    await expect(comparison.locator('[data-step=copy]')).toHaveAttribute('data-look', 'removed');
    await expect(comparison.locator('[data-step=read]')).toHaveAttribute('data-look', 'edited');
    await expect(comparison.locator('[data-edge="make.outputs.out->copy.inputs.data"]')).toHaveAttribute('data-look', 'removed');
  };
  await expectCompared();
  expect(await seriousViolations(page)).toEqual([]);
  // The address has it all.
  await page.reload();
  await expectCompared();
  await page.keyboard.press('n');
  const differences = page.getByRole('list', { name: 'Differences' });
  await expect(differences.getByRole('button', { name: /read/ })).toHaveAttribute('aria-current', 'true');
  await expect(differences).toContainText('copy · out');
  await page.keyboard.press('n');
  await expect(differences.getByRole('button', { name: /copy/ })).toHaveAttribute('aria-current', 'true');

  await page.getByRole('button', { name: 'Restore All three' }).click();
  await expect(designer.edge('copy.outputs.out->read.inputs.data')).toBeAttached();
  await page.getByRole('alert').filter({ hasText: 'Restored All three' }).getByRole('button', { name: 'Undo' }).click();
  await expect(designer.step('copy')).toHaveCount(0);
  await designer.expectSaved();
});

test('a run keeps the draft as it was, and its strip leads to what has changed since', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, { only: { command: 'echo ${{inputs.text}}', inputs: { text: 'one' } } }));
  await designer.run();
  await designer.expectStatus('only', 'completed');
  await designer.step('only').click();
  await page.getByRole('complementary', { name: 'Inspector' }).getByLabel('text', { exact: true }).fill('two');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '1 step changed since' }).click();
  await expect(page.getByRole('list', { name: 'Differences' })).toContainText('one → two');
  await page.keyboard.press('Escape');
  await expect(designer.canvas).toBeVisible();
  await designer.canvas.focus();
  await page.keyboard.press('h');
  await page.getByRole('complementary', { name: 'History' }).getByText('Versions', { exact: true }).click();
  await expect(page.getByRole('button', { name: 'Compare the draft with Run 1' })).toContainText('Completed');
});
