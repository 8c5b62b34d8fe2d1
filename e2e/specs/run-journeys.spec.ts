import { writeFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { getRun, makeDraft, outputOf, waitFor } from '../fixtures/drafts.ts';
import { test } from '../fixtures/server.ts';
import { Designer } from '../pages/designer.ts';

const out = { out: null };

test('clone a sample, run it, watch it, reuse all of it, change one input and run only what depends on it', async ({ page, server }) => {
  // Environments are built on the way.
  test.setTimeout(400_000);
  await page.goto(server.url);
  await page.getByRole('button', { name: /Clone/ }).first().click();
  await page.waitForURL(/\/drafts\//);
  const designer = new Designer(page);
  await expect(designer.step('split_data')).toBeVisible();
  await designer.expectStatus('split_data', 'none');

  await designer.run();
  await expect(designer.step('evaluate_model')).toHaveAttribute('data-status', 'completed', { timeout: 300_000 });
  await expect(designer.step('split_data')).toContainText('279 + 119 rows');
  await designer.step('evaluate_model').click();
  await expect(page.getByText('0.8103')).toBeVisible();

  await designer.run();
  await designer.expectStatus('evaluate_model', 'reused');
  await expect(designer.step('train_model')).toContainText('run 1');

  await designer.canvas.click({ position: { x: 20, y: 400 } });
  const seed = page.getByRole('complementary').locator('input[value="42"]');
  await seed.fill('7');
  // Its value is how it was found, so it is no longer found by it.
  await page.keyboard.press('Enter');
  await designer.expectSaved();
  await designer.run();
  await designer.expectStatus('evaluate_model', 'completed');
  await designer.expectStatus('fill_horsepower', 'reused');
  await designer.expectStatus('split_data', 'completed');
});

test('a failing step shows its first error on the node and its log beside the canvas', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(
    await makeDraft(server, request, {
      bad: { command: `echo looking; python3 -c "raise KeyError('horse_power')"`, outputs: out },
      after: { command: 'true ${{inputs.data}}', inputs: { data: outputOf('bad') } },
    }),
  );
  await designer.run();
  await designer.expectStatus('bad', 'failed');
  await expect(designer.step('bad')).toContainText("KeyError: 'horse_power'");
  await designer.expectStatus('after', 'blocked');
  await page.getByRole('link', { name: 'Open run' }).click();
  await page.waitForURL(/\/runs\/1/);
  // Until its code has come, the designer stays on the screen.
  await expect(page.getByText('Read-only')).toBeVisible();
  await designer.step('bad').click();
  await page.getByRole('tab', { name: 'Logs' }).click();
  await expect(page.getByRole('log')).toContainText('looking');
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.waitForURL(/\/runs\/2/);
  await expect(page.getByRole('link', { name: 'run 1' })).toBeVisible();
});

test('Stop ends the processes and says so', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, { slow: { command: waitFor(`${server.home}/never`) } }));
  await designer.run();
  await designer.expectStatus('slow', 'running');
  await page.getByRole('button', { name: 'Stop' }).click();
  await designer.expectStatus('slow', 'cancelled');
  expect((await getRun(server, request, '1')).status).toBe('cancelled');
});

test('a reload in the middle of a run shows where it stands, and goes on live', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(
    await makeDraft(server, request, {
      first: { command: 'echo x > ${{outputs.out}}/x', outputs: out },
      second: { command: `${waitFor(`${server.home}/go`)}; cat \${{inputs.data}}/x`, inputs: { data: outputOf('first') } },
    }),
  );
  await designer.run();
  await designer.expectStatus('second', 'running');
  await page.reload();
  await designer.expectStatus('first', 'completed');
  await designer.expectStatus('second', 'running');
  await writeFile(`${server.home}/go`, '');
  await designer.expectStatus('second', 'completed');
});

test('the server is killed in the middle of a run and started again: the page follows, no step runs twice', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(
    await makeDraft(server, request, {
      first: { command: 'echo x > ${{outputs.out}}/x', outputs: out },
      second: { command: `${waitFor(`${server.home}/go`)}; cat \${{inputs.data}}/x`, inputs: { data: outputOf('first') } },
    }),
  );
  await designer.run();
  await designer.expectStatus('second', 'running');
  const port = Number(new URL(server.url).port);
  await server.kill();
  await server.start(port);
  await writeFile(`${server.home}/go`, '');
  await designer.expectStatus('second', 'completed');
  const run = await getRun(server, request, '1');
  expect(run.steps.map(({ attempts }) => attempts)).toEqual([1, 1]);
});
