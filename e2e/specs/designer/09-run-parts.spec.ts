import { writeFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { getRun, makeDraft, outputOf } from '../../fixtures/drafts.ts';
import { test } from '../../fixtures/server.ts';
import { Designer } from '../../pages/designer.ts';

const out = { out: null };

test('a part of the pipeline runs from the toolbar of a step and by keys, whatever is wrong with the rest', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(
    await makeDraft(server, request, {
      load: { display_name: 'Load', command: 'echo x > ${{outputs.out}}/x', outputs: out },
      train: { display_name: 'Train', command: 'cat ${{inputs.data}}/x > ${{outputs.out}}/x', inputs: { data: outputOf('load') }, outputs: out },
      score: { display_name: 'Score', command: 'cat ${{inputs.data}}/x', inputs: { data: outputOf('train') } },
      broken: { component: 'azureml:nowhere:1' },
    }),
  );
  const dialog = page.getByRole('dialog');
  const toolbar = page.getByRole('toolbar', { name: 'Step' });
  await designer.step('train').click();
  await toolbar.getByRole('button', { name: 'Run to here…' }).click();
  await expect(dialog.getByRole('heading', { name: 'Run to Train' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Run 2 steps' }).click();
  await designer.expectStatus('train', 'completed');
  await expect(page.getByRole('region', { name: 'Run 1' })).toContainText('to Train');
  await expect(designer.step('score')).not.toContainText('added after');

  await designer.step('score').click();
  await page.keyboard.press('Alt+Shift+Enter');
  await expect(dialog.locator('[data-plan-step="train"]')).toContainText('Stands in');
  await page.keyboard.press('Control+Enter');
  await designer.expectStatus('score', 'completed');
  const run = await getRun(server, request, '2');
  expect([run.part?.text, run.steps.map(({ key, status }) => [key, status])]).toEqual([
    'only Score',
    [
      ['train', 'reused'],
      ['score', 'completed'],
    ],
  ]);

  await designer.step('train').click({ modifiers: ['Shift'] });
  await expect(toolbar.getByRole('button', { name: 'Run selected (2)' })).toBeVisible();
});

test('a run that failed is gone on with from its strip', async ({ page, server, request }) => {
  const designer = new Designer(page);
  const mended = `${server.home}/mended`;
  await designer.open(
    await makeDraft(server, request, {
      chance: { command: 'echo $RANDOM > ${{outputs.out}}/x', outputs: out, is_deterministic: false },
      fragile: { command: `cat \${{inputs.x}}/x; [ -e ${mended} ]`, inputs: { x: outputOf('chance') } },
    }),
  );
  await designer.run();
  await designer.expectStatus('fragile', 'failed');
  await writeFile(mended, '');
  await page.getByRole('region', { name: 'Run 1' }).getByRole('button', { name: 'Resume' }).click();
  await designer.expectStatus('fragile', 'completed');
  await expect(designer.step('chance')).toContainText('finished in run 1');
});
