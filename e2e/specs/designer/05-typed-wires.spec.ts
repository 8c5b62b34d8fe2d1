import { expect } from '@playwright/test';
import { makeDraft, outputOf } from '../../fixtures/drafts.ts';
import { test } from '../../fixtures/server.ts';
import { Designer } from '../../pages/designer.ts';

const from = (step: string, output: string): string => `\${{parent.jobs.${step}.outputs.${output}}}`;
const filter = (table: string) => ({ component: 'azureml:filter_rows:1', inputs: { condition: 'true', table } });

test('a port that refuses a wire says why: its type, a circle, its own side; what would be replaced is said, and done', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(
    await makeDraft(server, request, {
      cars: { component: 'azureml:sample_data:1' },
      upper: filter(from('cars', 'table')),
      lower: filter(from('upper', 'result')),
      learner: { component: 'azureml:linear_regression:1' },
    }),
  );
  const card = designer.canvas.getByRole('status');
  const over = async (start: string, end: string, text: string | RegExp): Promise<void> => {
    await designer.holdOver(start, end);
    await expect(card).toContainText(text);
    await page.keyboard.press('Escape');
    await expect(card).toHaveCount(0);
    await page.mouse.up();
  };
  await over('learner.outputs.learner', 'lower.inputs.table', /needs a table here.*gives.*takes/s);
  await over('lower.outputs.result', 'upper.inputs.table', /would wait for each other/);
  await over('cars.outputs.table', 'learner.outputs.learner', 'An output goes to an input');
  await over('cars.outputs.table', 'lower.inputs.table', 'Replaces the connection from');
  await expect(designer.edge('upper.outputs.result->lower.inputs.table')).toBeAttached();
  await designer.connect('cars.outputs.table', 'lower.inputs.table');
  await expect(designer.edge('cars.outputs.table->lower.inputs.table')).toBeAttached();
  await expect(page.getByText(/reads Sample data now, instead of/)).toBeVisible();
});

test('with Ctrl all wires of a port go to another at once; backwards works as well', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(
    await makeDraft(server, request, {
      one: { command: 'true', outputs: { out: null } },
      two: { command: 'true', outputs: { out: null } },
      a: { command: 'cat ${{inputs.i}}', inputs: { i: outputOf('one') } },
      b: { command: 'cat ${{inputs.i}}', inputs: { i: outputOf('one') } },
    }),
  );
  await page.keyboard.down('Control');
  await designer.connect('one.outputs.out', 'two.outputs.out');
  await page.keyboard.up('Control');
  await expect(designer.edge('two.outputs.out->a.inputs.i')).toBeAttached();
  await expect(designer.edge('two.outputs.out->b.inputs.i')).toBeAttached();
  await designer.canvas.focus();
  await page.keyboard.press('Control+z');
  await expect(designer.edge('one.outputs.out->a.inputs.i')).toBeAttached();
  await expect(designer.edge('one.outputs.out->b.inputs.i')).toBeAttached();
  await designer.connect('a.inputs.i', 'two.outputs.out');
  await expect(designer.edge('two.outputs.out->a.inputs.i')).toBeAttached();
});
