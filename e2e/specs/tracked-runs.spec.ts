import { type APIRequestContext, expect } from '@playwright/test';
import { makeDraft } from '../fixtures/drafts.ts';
import { test } from '../fixtures/server.ts';
import { Designer } from '../pages/designer.ts';
import { violationsOn } from '../pages/axe.ts';

/** What a client of MLflow in a notebook would send. */
function mlflowAt(url: string, request: APIRequestContext) {
  const call = async (path: string, data: unknown): Promise<unknown> => {
    const response = await request.post(`${url}/mlflow/api/2.0/mlflow/${path}`, { data });
    expect(response.ok(), await response.text()).toBe(true);
    return await response.json();
  };
  const startRun = async (experiment: string, name: string, tags: Record<string, string> = {}): Promise<string> => {
    const started = { experiment_id: experiment, run_name: name, start_time: Date.now(), tags: Object.entries(tags).map(([key, value]) => ({ key, value })) };
    return ((await call('runs/create', started)) as { run: { info: { run_id: string } } }).run.info.run_id;
  };
  return { call, startRun };
}

test('a run of a notebook is found by the link that its client prints, followed, and listed', async ({ page, server, request }) => {
  const { call, startRun } = mlflowAt(server.url, request);
  const { experiment_id: experiment } = (await call('experiments/create', { name: 'car-prices' })) as { experiment_id: string };
  await page.goto(`${server.url}/runs`);
  await page.getByText('Notebooks and scripts').click();
  await expect(page.getByText(`MLFLOW_TRACKING_URI=${server.url}/mlflow`)).toBeVisible();

  const run = await startRun(experiment, 'gradient-boosting', { 'mlflow.source.name': 'fit.ipynb' });
  const log = async (step: number): Promise<unknown> =>
    await call('runs/log-batch', { run_id: run, metrics: [{ key: 'loss', value: 1 / step, timestamp: step, step }], params: [{ key: 'depth', value: '6' }] });
  await log(1);
  await log(2);
  await page.goto(`${server.url}/mlflow/#/experiments/${experiment}/runs/${run}`);
  await expect(page).toHaveURL(`${server.url}/tracked/${run}`);
  await expect(page.getByRole('heading', { name: 'gradient-boosting' })).toBeVisible();
  await expect(page.getByRole('img', { name: 'loss over 2 points, last 0.5' })).toBeVisible();
  await expect(page.getByText('fit.ipynb')).toBeVisible();

  // What comes later, and the end, show by themselves.
  await log(4);
  const picture = '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><rect width="80" height="40"/></svg>';
  await request.put(`${server.url}/mlflow/api/2.0/mlflow-artifacts/artifacts/runs/${run}/plots/loss.svg`, { data: picture });
  const fold = await startRun(experiment, 'fold 1', { 'mlflow.parentRunId': run });
  await expect(page.getByRole('table', { name: 'Child runs' }).getByRole('link', { name: 'Run fold 1' })).toBeVisible();
  for (const id of [fold, run]) await call('runs/update', { run_id: id, status: 'FINISHED', end_time: Date.now() });
  await expect(page.getByRole('banner', { name: 'Page' }).getByText('Completed')).toBeVisible();
  await expect(page.getByRole('img', { name: 'loss over 3 points, last 0.25' })).toBeVisible();
  const drawn = page.getByRole('img', { name: 'plots/loss.svg' });
  await expect(drawn).toBeVisible();
  await expect.poll(async () => await drawn.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(80);
  expect(await violationsOn(page)).toEqual([]);

  await page.goto(`${server.url}/mlflow/#/experiments/${experiment}`);
  const table = page.getByRole('table', { name: 'Runs of notebooks and scripts' });
  await expect(table.getByRole('row', { name: /gradient-boosting/ })).toContainText('0.25');
  await expect(table.getByRole('link')).toHaveCount(1);
  await expect(page.getByRole('combobox', { name: 'Experiment' })).toHaveValue('car-prices');
  expect(await violationsOn(page)).toEqual([]);
  await page.getByRole('textbox', { name: 'Search runs' }).fill('fold');
  await table.getByRole('link', { name: 'Run fold 1' }).press('Enter');
  await page.getByRole('link', { name: 'gradient-boosting' }).click();
  await expect(page).toHaveURL(`${server.url}/tracked/${run}`);
});

test('the link of a step leads to the step', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(await makeDraft(server, request, { train: { command: 'echo done' } }));
  await designer.run();
  await designer.expectStatus('train', 'completed');
  const { call } = mlflowAt(server.url, request);
  const found = (await call('experiments/search', { max_results: 10 })) as { experiments: { experiment_id: string }[] };
  const ids = found.experiments.map(({ experiment_id }) => experiment_id);
  const { runs } = (await call('runs/search', { experiment_ids: ids })) as { runs: { info: { run_id: string; experiment_id: string } }[] };
  const { run_id: run, experiment_id: experiment } = runs[0]?.info ?? {};
  await page.goto(`${server.url}/mlflow/#/experiments/${experiment}/runs/${run}`);
  await expect(page).toHaveURL(`${server.url}/runs/1/steps/train/metrics`);
  await page.goto(`${server.url}/runs?view=scripts`);
  await expect(page.getByText('No runs of notebooks or scripts yet')).toBeVisible();
});
