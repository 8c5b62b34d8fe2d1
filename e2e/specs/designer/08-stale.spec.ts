import { mkdir, writeFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { makeDraft, outputOf } from '../../fixtures/drafts.ts';
import { test } from '../../fixtures/server.ts';
import { Designer } from '../../pages/designer.ts';

const out = { out: null };

test('what is out of date says why, leads to the cause, and is well again when the change is taken back', async ({ page, server, request }) => {
  const designer = new Designer(page);
  const data = `${server.home}/prices`;
  await mkdir(data);
  await writeFile(`${data}/x`, '1');
  await designer.open(
    await makeDraft(server, request, {
      other: { display_name: 'Other', command: 'ls ${{inputs.data}}', inputs: { data: { type: 'uri_folder', path: data } } },
      split: { display_name: 'Split', command: 'echo ${{inputs.fraction}} > ${{outputs.out}}/x', inputs: { fraction: 0.7 }, outputs: out },
      train: { display_name: 'Train', command: 'cat ${{inputs.data}}/x > ${{outputs.out}}/x', inputs: { data: outputOf('split') }, outputs: out },
      score: { display_name: 'Score', command: 'cat ${{inputs.data}}/x', inputs: { data: outputOf('train') } },
    }),
  );
  await designer.run();
  await designer.expectStatus('score', 'completed');

  await designer.step('split').click();
  const fraction = page.getByRole('complementary', { name: 'Inspector' }).getByRole('textbox', { name: 'fraction' });
  await fraction.fill('0.75');
  await fraction.press('Enter');
  await expect(designer.step('split')).toContainText('Will run');
  await expect(designer.step('split')).toContainText('fraction 0.7 → 0.75');
  await expect(designer.step('score')).toContainText('because Split changes');
  const cause = designer.step('score').getByText('because Split changes');
  await cause.hover();
  await expect(designer.step('split')).toHaveAttribute('data-pointed', 'true');
  await cause.click();
  await expect(designer.step('split')).toHaveAttribute('data-selected', 'true');

  await designer.canvas.focus();
  await page.keyboard.press('Control+Z');
  await expect(designer.step('split')).not.toContainText('Will run');
  await expect(designer.step('score')).not.toContainText('because');

  // Nobody tells of a file that changes on the disk: whoever comes back to the page sees it.
  await writeFile(`${data}/x`, 'another');
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
  await expect(designer.step('other')).toContainText('Will run');
});
