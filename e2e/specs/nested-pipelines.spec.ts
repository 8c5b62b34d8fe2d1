import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { test } from '../fixtures/server.ts';
import { seriousViolations } from '../pages/axe.ts';
import { Designer } from '../pages/designer.ts';

const files = {
  'pipeline.yml': `type: pipeline
display_name: Outer
jobs:
  prep: { command: 'echo 1 > \${{outputs.n}}/n', outputs: { n: } }
  train: { component: ./inner.yml, inputs: { n: '\${{parent.jobs.prep.outputs.n}}' } }
  report: { command: 'cat \${{inputs.m}}/m', inputs: { m: '\${{parent.jobs.train.outputs.m}}' } }
`,
  'inner.yml': `type: pipeline
display_name: Training
inputs: { n: { type: uri_folder } }
outputs: { m: { type: uri_folder } }
jobs:
  fit: { command: 'cp \${{inputs.n}}/n \${{outputs.m}}/m', inputs: { n: '\${{parent.inputs.n}}' }, outputs: { m: '\${{parent.outputs.m}}' } }
`,
};

test('a pipeline inside a pipeline: its state on the canvas, the way into it and back, by mouse and by keyboard', async ({ page, server, request }) => {
  const folder = await mkdtemp(join(tmpdir(), 'pipewright-e2e-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const imported = (await (await request.post(`${server.url}/api/import`, { data: { file: join(folder, 'pipeline.yml') } })).json()) as { id: string };
  const designer = new Designer(page);
  await designer.open(`${server.url}/drafts/${imported.id}`);
  // Into it by mouse and back; again by its key.
  await designer.step('train').dblclick();
  await expect(designer.step('train/fit')).toBeVisible();
  await expect(page.getByText('inner.yml')).toBeVisible();
  // Nothing has run yet: a step shows what is written of it, and stays in sight beside that.
  const whole = page.viewportSize() ?? { width: 1280, height: 720 };
  await page.setViewportSize({ width: 1024, height: 768 });
  await designer.step('train/fit').click();
  await expect(designer.step('train/fit')).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole('complementary', { name: 'Step: fit' })).toContainText('${{parent.inputs.n}}');
  await page.setViewportSize(whole);
  await page.getByRole('banner').getByRole('link', { name: 'Outer' }).click();
  await designer.step('train').click();
  await designer.canvas.press('o');
  await expect(designer.step('train/fit')).toBeVisible();
  await page.goBack();

  await designer.run();
  await designer.expectStatus('report', 'completed');
  await designer.expectStatus('train', 'completed');
  // What a step inside has put out is the pipeline's own: looked at and registered where it comes out.
  await designer.port('train.outputs.m').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Register output m…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Register' }).click();
  await expect(page.getByText('m:1 is registered')).toBeVisible();
  await page.getByRole('button', { name: 'Preview m', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Preview of fit, m' })).toBeVisible();

  await page.goto(`${server.url}/runs/1`);
  await designer.expectStatus('train', 'completed');
  await designer.step('train').click();
  await expect(page.getByRole('heading', { name: 'Training' })).toBeVisible();
  expect(await seriousViolations(page)).toEqual([]);
  await page.getByRole('link', { name: 'Open', exact: true }).click();
  await designer.expectStatus('train/fit', 'completed');
  await designer.step('train/fit').click();
  await expect(page).toHaveURL(/steps\/train%2Ffit/);
  await expect(page.getByRole('navigation', { name: 'Inside' })).toContainText('Training');
  await page.getByRole('navigation', { name: 'Inside' }).getByRole('link', { name: 'Outer' }).click();
  await designer.expectStatus('prep', 'completed');

  // The same by keys: to the step that is a pipeline, and into it.
  await page.getByRole('region', { name: 'Pipeline' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(designer.step('prep')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(designer.step('train')).toBeFocused();
  await expect(page.getByRole('heading', { name: 'Training' })).toBeVisible();
  await page.keyboard.press('Enter');
  await designer.expectStatus('train/fit', 'completed');
  await rm(folder, { recursive: true });
});

test('a pipeline unfolds in its place, in the designer and in a run, with what its steps are doing', async ({ page, server, request }) => {
  const folder = await mkdtemp(join(tmpdir(), 'pipewright-e2e-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const imported = (await (await request.post(`${server.url}/api/import`, { data: { file: join(folder, 'pipeline.yml') } })).json()) as { id: string };
  const designer = new Designer(page);
  await designer.open(`${server.url}/drafts/${imported.id}`);
  const placeOf = async (step: string) => (await designer.step(step).boundingBox()) ?? { x: 0, y: 0 };
  // The window is fitted to the pipeline once its steps have their sizes.
  let before = { x: 0, y: 0 };
  await expect
    .poll(async () => {
      const last = before;
      before = await placeOf('report');
      return before.y > 0 && before.y === last.y;
    })
    .toBe(true);

  // By its key: what stands below gives way; the arrows go in, Esc goes out, and the key folds it again.
  await designer.step('train').click({ position: { x: 60, y: 14 } });
  await page.keyboard.press('e');
  await expect(designer.step('train/fit')).toBeVisible();
  await expect.poll(async () => (await placeOf('report')).y).toBeGreaterThan(before.y + 40);
  await page.keyboard.press('ArrowDown');
  await expect(designer.step('train/fit')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(designer.step('train')).toBeFocused();
  // Its menu gives the keyboard back.
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(designer.step('train')).toBeFocused();
  await page.keyboard.press('e');
  await expect(designer.step('train/fit')).toBeHidden();
  await expect.poll(async () => (await placeOf('report')).y).toBe(before.y);
  await expect(page.getByText('Saved')).toBeVisible();

  // Unfolded by its button it shows the run; its steps are in the inspector, and each opens with its log.
  await page.getByRole('button', { name: 'Unfold in place' }).click();
  await designer.run();
  await designer.expectStatus('train/fit', 'completed');
  await designer.expectStatus('train', 'completed');
  await designer.step('train').click({ position: { x: 60, y: 14 } });
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await inspector.getByRole('button', { name: /fit ?, completed/ }).click();
  await expect(inspector.getByRole('tab', { name: 'Logs' })).toBeVisible();
  await inspector.getByRole('tab', { name: 'Why' }).click();
  await expect(inspector.getByText('Ran because')).toBeVisible();

  // A window keeps what it has unfolded; nothing of it is in the document.
  await page.reload();
  await expect(designer.step('train/fit')).toBeVisible();
  const draft = (await (await request.get(`${server.url}/api/drafts/${imported.id}`)).json()) as { revision: number };
  expect(draft.revision).toBe(1);

  await page.goto(`${server.url}/runs/1`);
  await designer.step('train').click({ position: { x: 60, y: 14 } });
  // What is chosen stands in the address before it is drawn.
  await expect(page).toHaveURL(/\/steps\/train/);
  await expect(page.getByRole('heading', { name: 'Training' })).toBeVisible();
  await page.getByRole('region', { name: 'Pipeline' }).press('e');
  await designer.expectStatus('train/fit', 'completed');
  await designer.step('train/fit').click();
  await expect(page).toHaveURL(/steps\/train%2Ffit/);
  await designer.expectStatus('prep', 'completed');
  await rm(folder, { recursive: true });
});
