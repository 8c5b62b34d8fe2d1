import { expect } from '@playwright/test';
import { makeDraft, outputOf } from '../../fixtures/drafts.ts';
import { test } from '../../fixtures/server.ts';
import { Designer } from '../../pages/designer.ts';
import { seriousViolations } from '../../pages/axe.ts';

const curl = (name: string, value: string): string =>
  `curl -sf -H 'Content-Type: application/json' -d "{\\"run_id\\": \\"$MLFLOW_RUN_ID\\", \\"key\\": \\"${name}\\", \\"value\\": ${value}, \\"timestamp\\": 1, \\"step\\": 0}" $MLFLOW_TRACKING_URI/api/2.0/mlflow/runs/log-metric`;

test('two runs stand side by side: graph, values, metrics and logs', async ({ page, server, request }) => {
  const out = { out: { type: 'uri_folder' } };
  const jobs = {
    data: { display_name: 'Load', command: 'echo 1 > ${{outputs.out}}/x', outputs: out },
    fit: {
      display_name: 'Fit',
      command: `cat \${{inputs.data}}/x; echo rate \${{inputs.rate}}; ${curl('rmse', '${{inputs.rate}}')}`,
      inputs: { data: outputOf('data'), rate: 4 },
    },
  };
  const draft = await makeDraft(server, request, jobs);
  const id = draft.split('/').at(-1) ?? '';
  const designer = new Designer(page);
  await designer.open(draft);
  const run = async (number: string): Promise<void> => {
    const response = await request.post(`${server.url}/api/drafts/${id}/runs`, { data: {} });
    expect(response.status()).toBe(201);
    await expect.poll(async () => (await (await request.get(`${server.url}/api/runs/${number}`)).json()).status).toBe('completed');
  };
  await run('1');
  const op = { op: 'step.setInput', step: 'fit', input: 'rate', value: 3 };
  const { revision } = await (await request.get(`${server.url}/api/drafts/${id}`)).json();
  const edited = await request.post(`${server.url}/api/drafts/${id}/ops`, {
    headers: { 'If-Match': `"${revision}"` },
    data: { clientId: 'test', mutationId: 'mutation-1', ops: [op] },
  });
  expect(edited.status()).toBe(200);
  await run('2');

  await page.getByRole('radiogroup', { name: 'View of the draft' }).getByText('Runs').click();
  await page.getByRole('row', { name: /Run 2|^Completed 2/ }).hover();
  await page.getByRole('button', { name: 'Compare with other runs' }).first().click();
  await expect(page).toHaveURL(/\/compare\?runs=1,2$/);

  const graph = page.getByRole('region', { name: 'Graph', exact: true });
  await expect(graph.locator('[data-step="fit"]')).toContainText('Changed');
  await expect(graph.locator('[data-step="data"]')).toContainText('Same');
  const values = page.getByRole('table', { name: 'Parameters and inputs' });
  await expect(values.getByRole('row', { name: 'rate 4 3' })).toBeVisible();
  await expect(values.getByRole('row')).toHaveCount(3);
  const metrics = page.getByRole('region', { name: 'Metrics' });
  await expect(metrics).toContainText('B is best');
  await expect(metrics).toContainText('−25 %');

  await page.getByRole('radiogroup', { name: 'Curves or logs' }).getByText('Logs').click();
  const log = page.getByRole('group', { name: 'Difference of the logs' });
  await expect(log).toContainText('− rate 4');
  await expect(log).toContainText('+ rate 3');
  expect(await seriousViolations(page)).toEqual([]);

  // The other is what they are held against.
  await page.getByRole('button', { name: 'Compare against run 2' }).click();
  await expect(values.getByRole('row', { name: 'rate 3 4' })).toBeVisible();
  await page.getByRole('button', { name: 'Leave out run 1' }).click();
  await expect(page.getByText('One more is needed')).toBeVisible();
});
