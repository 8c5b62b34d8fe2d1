import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { Draft } from '@pipewright/shared/http/drafts.ts';
import { test } from '../../fixtures/server.ts';
import { Designer } from '../../pages/designer.ts';
import { Keyboard } from '../../pages/keyboard.ts';

const cars = join(import.meta.dirname, '..', '..', '..', 'server', 'catalog', 'data', 'cars.csv');

/** The steps of the sample in the order in which they are put on the paper: what is typed to find them, their key then, their name. */
const steps = [
  { query: 'import table', key: 'import_table', name: 'Import cars' },
  { query: 'select columns', key: 'select_columns', name: 'Select columns' },
  { query: 'clean missing', key: 'clean_missing_values', name: 'Clean missing values' },
  { query: 'clean missing', key: 'clean_missing_values_2', name: 'Fill horsepower' },
  { query: 'split data', key: 'split_data', name: 'Split data' },
  { query: 'linear regression', key: 'linear_regression', name: 'Linear regression' },
  { query: 'train model', key: 'train_model', name: 'Train model' },
  { query: 'score model', key: 'score_model', name: 'Score model' },
  { query: 'evaluate model', key: 'evaluate_model', name: 'Evaluate model' },
] as const;

/** From a step, what of the list of its connections is typed, and which is taken. */
const wires = [
  ['Import cars', 'select columns table', 'table → Select columns · table'],
  ['Select columns', 'result clean', 'result → Clean missing values · table'],
  ['Clean missing values', 'result fill', 'result → Fill horsepower · table'],
  ['Fill horsepower', 'result split', 'result → Split data · table'],
  ['Split data', 'first train', 'first → Train model · table'],
  ['Split data', 'second score', 'second → Score model · table'],
  ['Linear regression', 'learner train', 'learner → Train model · learner'],
  ['Train model', 'score model', 'model → Score model · model'],
  ['Score model', 'evaluate scored', 'scored → Evaluate model · scored'],
] as const;

test('the whole regression sample is built from an empty canvas by keyboard alone', async ({ page, server, request }) => {
  const keyboard = new Keyboard(page);
  const designer = new Designer(page);
  await page.goto(server.url);
  await expect(page.getByRole('banner')).toBeVisible();
  await keyboard.command('New pipeline');
  await expect(designer.canvas).toBeVisible();
  await keyboard.toCanvas();

  for (const { query, key, name } of steps) {
    await keyboard.press('Tab');
    await keyboard.choose(query, new RegExp(`^${query}`, 'i'));
    await expect(designer.step(key)).toBeVisible();
    await keyboard.press('F2');
    await expect(page.locator('input:focus')).toHaveAccessibleName('Name of the step');
    await keyboard.type(name);
    await keyboard.press('Enter');
    await expect(designer.step(key)).toBeFocused();
  }

  const go = async (name: string): Promise<void> => {
    await keyboard.press('Control+f');
    await expect(page.getByRole('textbox', { name: 'Find on the canvas' })).toBeFocused();
    await keyboard.press('Control+a');
    await keyboard.type(name);
    const step = designer.step(steps.find((one) => one.name === name)?.key ?? '');
    const place = page.getByRole('search', { name: 'Find on the canvas' }).getByRole('status');
    await expect(place).toHaveText(/^1 of/);
    // What is only made of a component of this name answers as well.
    for (let at = 2; (await step.getAttribute('data-selected')) !== 'true' && at < steps.length; at += 1) {
      await keyboard.press('Enter');
      await expect(place).toHaveText(new RegExp(`^${at} of`));
    }
    await expect(step).toHaveAttribute('data-selected', 'true');
    await keyboard.press('Escape');
    await keyboard.toCanvas();
  };
  for (const [from, query, option] of wires) {
    await go(from);
    await keyboard.press('c');
    await keyboard.choose(query, new RegExp(`^${escape(option)}`));
    await keyboard.toCanvas();
  }

  const inspect = async (step: string, act: () => Promise<void>): Promise<void> => {
    await go(step);
    await keyboard.press('Enter');
    await act();
    await keyboard.toCanvas();
  };
  const write = async (field: string, text: string): Promise<void> => {
    await keyboard.tabTo(field);
    await keyboard.press('Control+a');
    await keyboard.type(text);
    await keyboard.press('Enter');
  };
  const makeInput = async (parameter: string, name: string): Promise<void> => {
    await keyboard.menu(`More for ${parameter}`, 'Make it a pipeline input…');
    await expect(page.getByRole('dialog').getByRole('textbox', { name: 'Name' })).toBeFocused();
    await keyboard.press('Control+a');
    await keyboard.type(name);
    await keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toBeHidden();
  };
  await inspect('Import cars', async () => await keyboard.menu('More for Data', 'Make it a pipeline input'));
  await inspect('Select columns', async () => {
    await write('Columns', 'name');
    await keyboard.tabTo('keep');
    await keyboard.press('ArrowRight');
  });
  await inspect('Clean missing values', async () => await write('Columns', 'miles_per_gallon'));
  await inspect('Fill horsepower', async () => {
    await write('Columns', 'horsepower');
    await keyboard.tabTo('Action');
    await keyboard.pick('median');
  });
  await inspect('Split data', async () => {
    await makeInput('Fraction in first', 'train_fraction');
    await makeInput('Random seed', 'seed');
  });
  await inspect('Train model', async () => {
    await write('Label', 'miles_per_gallon');
    await keyboard.menu('More for model', 'Make it a pipeline output');
  });
  // With nothing selected, the inspector is about the pipeline.
  await keyboard.press('Escape');
  await keyboard.press('F6');
  await write('Name of the input data', 'cars');
  await write('Value of cars', cars);
  await designer.expectSaved();

  const mine = await draftAt(page, server.url);
  const sample = Draft.parse(await (await request.post(`${server.url}/api/gallery/fuel-economy/clone`)).json());
  expect(givenByName(mine)).toEqual(givenByName(sample));
  expect(mine.document.inputs).toMatchObject({ cars: { path: cars }, train_fraction: { default: 0.7 }, seed: { default: 42 } });
  expect(Object.keys(mine.document.outputs)).toEqual(Object.keys(sample.document.outputs));
  expect(mine.problems).toEqual([]);
});

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

async function draftAt(page: Page, url: string): Promise<Draft> {
  const id = new URL(page.url()).pathname.split('/').at(-1);
  return Draft.parse(await (await page.request.get(`${url}/api/drafts/${id}`)).json());
}

/** What each step is given besides defaults, with names in place of keys: those differ by who has built it. */
function givenByName({ document: { jobs }, components }: Draft): Record<string, unknown> {
  const nameOf = (key: string): string => jobs[key]?.display_name ?? key;
  const named = (value: unknown): unknown => (typeof value === 'string' ? value.replace(/(?<=parent\.jobs\.)(\w+)/, nameOf) : value);
  return Object.fromEntries(
    Object.entries(jobs).map(([key, step]) => {
      const { inputs: ports = {} } = (typeof step.component === 'string' ? components[step.component] : undefined) ?? {};
      const given = Object.entries(step.inputs ?? {}).filter(([input, value]) => {
        const port = ports[input];
        return !(port && 'default' in port && port.default === value);
      });
      return [nameOf(key), Object.fromEntries(given.map(([input, value]) => [input, named(value)]))];
    }),
  );
}
