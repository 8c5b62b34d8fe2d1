import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { test } from '../fixtures/server.ts';
import { Designer } from '../pages/designer.ts';
import { violationsOn } from '../pages/axe.ts';

const files = {
  'pipeline.yml': `type: pipeline
display_name: Tuned
jobs:
  fit: { component: ./fit.yml, inputs: { rate: 0.5 } }
`,
  'fit.yml': `type: command
command: python3 fit.py \${{inputs.rate}}
code: ./src
inputs: { rate: { type: number, min: 0, max: 1 } }
outputs: { model: { type: uri_folder } }
`,
  'src/fit.py': `import json, os, sys, time, urllib.request
run = os.environ['MLFLOW_RUN_ID']
metrics = [{'key': 'score', 'value': float(sys.argv[1]) * (step + 1), 'timestamp': int(time.time() * 1000), 'step': step} for step in range(3)]
headers = {'Content-Type': 'application/json', 'Authorization': 'Bearer ' + os.environ.get('MLFLOW_TRACKING_TOKEN', run)}
body = json.dumps({'run_id': run, 'metrics': metrics}).encode()
urllib.request.urlopen(urllib.request.Request(os.environ['MLFLOW_TRACKING_URI'] + '/api/2.0/mlflow/runs/log-batch', body, headers)).read()
`,
};

test('a step becomes a sweep by its menu, its form says what it tries, and it is a single step again by the same menu', async ({ page, server, request }) => {
  const folder = await mkdtemp(join(tmpdir(), 'pipewright-e2e-'));
  await mkdir(join(folder, 'src'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const imported = (await (await request.post(`${server.url}/api/import`, { data: { file: join(folder, 'pipeline.yml') } })).json()) as { id: string };
  const designer = new Designer(page);
  await designer.open(`${server.url}/drafts/${imported.id}`);
  await designer.step('fit').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Turn into a sweep' }).click();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  // The one validator says what is missing, under its row.
  await expect(inspector.locator('[data-problem="invalid-sweep"]')).toContainText('primary_metric');
  await inspector.getByLabel('Metric', { exact: true }).fill('score');
  await expect(inspector.locator('[data-problem="invalid-sweep"]')).toHaveCount(0);
  await inspector.getByLabel('rate from').fill('much');
  await expect(inspector.locator('[data-space="rate"] [data-problem]')).toContainText('min_value');
  await inspector.getByLabel('rate from').press('Escape');
  await inspector.getByLabel('Trials', { exact: true }).fill('4');
  await designer.expectSaved();
  expect(await violationsOn(page)).toEqual([]);
  // Its trials are compared as they come: a curve of the metric for each, which the legend picks out.
  await designer.run();
  await designer.expectStatus('fit', 'completed');
  await page.goto(`${server.url}/runs/1`);
  await page.getByRole('complementary', { name: 'Outline' }).locator('[data-outline="fit"]').click();
  await expect(page).toHaveURL(/\/runs\/1\/steps\/fit\/trials$/);
  const panel = page.getByRole('complementary', { name: /^Step run/ });
  await expect(panel.getByRole('img', { name: 'score over its steps, 4 trials' })).toBeVisible();
  await expect(panel.getByRole('list', { name: 'Curves of score' }).getByRole('link').first()).toContainText('best');
  expect(await violationsOn(page)).toEqual([]);
  await page.getByRole('textbox', { name: 'Filter steps' }).fill('trial 3');
  await expect(page.locator('[data-outline]')).toHaveCount(2);
  await page.goto(`${server.url}/drafts/${imported.id}`);
  // Back to one step, and by one entry of the history to the sweep.
  await designer.step('fit').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Keep the best values only' }).click();
  await expect(inspector.getByRole('group', { name: 'Search space' })).toHaveCount(0);
  await rm(folder, { recursive: true });
});
