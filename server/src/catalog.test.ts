import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { StepMetrics } from '@pipewright/shared/http/runs.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { call, runToEnd } from './testing/api.ts';
import { sharedTestServer } from './testing/test-server.ts';

// The built-in components as the product runs them, in their real environments, which are built once for all tests here.

const server = sharedTestServer();

const from = (step: string, output: string): string => `\${{parent.jobs.${step}.outputs.${output}}}`;
const use = (component: string, inputs: Record<string, unknown> = {}) => ({ component: `azureml:${component}:1`, inputs });
const sample = (dataset: string) => use('sample_data', { dataset });

function hashesOf(steps: Record<string, StepRun>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(steps).flatMap(([key, step]) =>
      step.status === 'completed' || step.status === 'reused' ? Object.entries(step.outputs).map(([port, { hash }]) => [`${key}.${port}`, hash]) : [],
    ),
  );
}

async function metricsOf(run: string, step: string): Promise<Record<string, number | null>> {
  const { body } = await call(server(), `/api/runs/${run}/steps/${step}/metrics`);
  return Object.fromEntries(StepMetrics.parse(body).metrics.map(({ name, last }) => [name, last]));
}

describe('the gallery', () => {
  it.each([
    ['fuel-economy', 'evaluate_model', 'r2', 0.75],
    ['penguin-species', 'compare', 'accuracy', 0.95],
    ['wine-groups', 'evaluate_model', 'silhouette', 0.2],
    ['flight-delays', 'evaluate_model', 'auc', 0.7],
  ])(
    '%s completes with sense, and gives the same bytes when it is run again',
    async (gallery, step, metric, least) => {
      const { run, steps } = await runToEnd(server(), { gallery });
      expect(run.error).toBeNull();
      expect((await metricsOf(run.id, step))[metric]).toBeGreaterThan(least);
      const forced = await runToEnd(server(), { gallery, force: true });
      expect(hashesOf(forced.steps)).toEqual(hashesOf(steps));
      const reused = await runToEnd(server(), { gallery });
      expect(Object.values(reused.steps).every(({ status }) => status === 'reused')).toBe(true);
    },
    180_000,
  );

  it('shows tables, plots and models of a run', async () => {
    const { run } = await runToEnd(server(), { gallery: 'fuel-economy' });
    const show = async (path: string): Promise<unknown> => (await call(server(), `/api/runs/${run.id}/steps/${path}?view=preview&limit=3`)).body;
    expect(await show('import_cars/outputs/table')).toMatchObject({
      kind: 'table',
      rowCount: 406,
      columns: expect.arrayContaining([expect.objectContaining({ name: 'horsepower', kind: 'number', missing: 6, min: 46, max: 230 })]),
      rows: [expect.arrayContaining(['chevrolet chevelle malibu', 18]), expect.anything(), expect.anything()],
    });
    expect(await show('train_model/outputs/model')).toMatchObject({ kind: 'model', flavors: ['python_function', 'sklearn'] });
    expect(await show('evaluate_model/outputs/evaluation')).toMatchObject({ kind: 'files' });
    expect(await show('evaluate_model/outputs/evaluation/plots/residuals.json')).toMatchObject({ kind: 'plot', title: 'Residuals' });
  }, 120_000);

  it('trains a model that MLflow itself loads and asks for predictions', async () => {
    const { steps } = await runToEnd(server(), { gallery: 'fuel-economy' });
    const trained = steps['train_model'];
    if (trained?.status !== 'reused' && trained?.status !== 'completed') throw new Error('expected a trained model');
    const model = server().services.artifacts.pathOf(trained.outputs['model']?.hash ?? '');
    const venv = join(server().home, 'mlflow');
    const uv = join(server().home, 'tools', 'uv', 'bin', 'uv');
    const run = promisify(execFile);
    const found = await run('uv', ['--version']).then(
      () => 'uv',
      () => uv,
    );
    await run(found, ['venv', '--quiet', venv]);
    await run(found, ['pip', 'install', '--quiet', '--python', join(venv, 'bin', 'python'), 'mlflow-skinny', 'scikit-learn', 'pandas', 'scipy']);
    const script = `
import sys, mlflow.pyfunc, pandas
model = mlflow.pyfunc.load_model(sys.argv[1])
car = {"cylinders": 4, "displacement": 97.0, "horsepower": float("nan"), "weight_lbs": 2130, "acceleration": 14.5, "year": 1970, "origin": "Japan"}
cars = pandas.DataFrame([car, {**car, "origin": None}, {**car, "origin": "Atlantis"}])
print(float(model.predict(cars).round(6)[0]))`;
    const { stdout } = await run(join(venv, 'bin', 'python'), ['-c', script, model]);
    expect(Number(stdout)).toBeGreaterThan(15);
    expect(Number(stdout)).toBeLessThan(40);
  }, 180_000);
});

describe('components', () => {
  it('work together beyond the gallery', async () => {
    const jobs = {
      cars: sample('cars'),
      renamed: use('edit_metadata', { table: from('cars', 'table'), columns: 'year', type: 'integer', renames: 'weight_lbs = weight' }),
      strong: use('filter_rows', { table: from('renamed', 'result'), condition: "horsepower > 100 and origin = 'USA'" }),
      means: use('apply_sql', { t1: from('renamed', 'result'), query: 'select origin, avg(weight) as mean_weight from t1 group by origin order by origin' }),
      joined: use('join_tables', { left: from('strong', 'result'), right: from('means', 'result'), left_keys: 'origin', how: 'left' }),
      scripted: use('python_script', {
        first: from('joined', 'result'),
        script:
          'def run(first, second):\n    open("files/rows.txt", "w").write(str(len(first)))\n    first["share"] = first["weight"] / first["mean_weight"]\n    return first',
      }),
      boosted: use('gradient_boosting_regression', { rounds: 20 }),
      folds: use('cross_validate', { learner: from('boosted', 'learner'), table: from('scripted', 'table'), label: 'horsepower', folds: 3 }),
      forest: use('random_forest_regression', { trees: 10 }),
      trained: use('train_model', { learner: from('forest', 'learner'), table: from('scripted', 'table'), label: 'horsepower', features: 'weight, cylinders' }),
      classes: use('gradient_boosting_classification', { rounds: 10 }),
      complete: use('clean_missing_values', { table: from('cars', 'table'), columns: 'origin, miles_per_gallon' }),
      classified: use('train_model', {
        learner: from('classes', 'learner'),
        table: from('complete', 'result'),
        label: 'origin',
        features: 'miles_per_gallon, weight_lbs',
      }),
    };
    const { run, steps } = await runToEnd(server(), { document: { type: 'pipeline', jobs } });
    expect(run.error).toBeNull();
    expect(Object.values(steps).map(({ status }) => status)).toEqual(Object.keys(jobs).map(() => 'completed'));
    expect((await metricsOf(run.id, 'folds'))['mean_r2']).toBeGreaterThan(0.3);
    const { body } = await call(server(), `/api/runs/${run.id}/steps/scripted/outputs/table?view=preview`);
    expect(body).toMatchObject({ kind: 'table', columns: expect.arrayContaining([expect.objectContaining({ name: 'share' })]) });
  }, 180_000);

  it('change tables as they say, with the same bytes each time', async () => {
    const cars = from('cars', 'table');
    const jobs = {
      cars: sample('cars'),
      complete: use('clean_missing_values', { table: cars }),
      sparse: use('clean_missing_values', { table: cars, action: 'remove columns', least_share: 0.017 }),
      old: use('split_data', { table: cars, condition: 'year < 1975' }),
      stratified: use('split_data', { table: cars, fraction: 0.5, stratify: 'origin' }),
      scaled: use('normalize', { table: from('old', 'first'), columns: 'weight_lbs', method: 'min-max' }),
      scaled_alike: use('apply_transformation', { table: from('old', 'second'), transformation: from('scaled', 'transformation') }),
      indicated: use('convert_to_indicators', { table: cars, columns: 'origin' }),
      grouped: use('group_rows', { table: cars, keys: 'origin, cylinders', columns: 'weight_lbs' }),
      distinct: use('remove_duplicates', { table: cars, columns: 'origin' }),
      sampled: use('sample_rows', { table: cars, rows: 40 }),
      doubled: use('append_rows', { first: cars, second: from('sampled', 'result') }),
      described: use('summarize_data', { table: cars }),
    };
    const { run, steps } = await runToEnd(server(), { document: { type: 'pipeline', jobs } });
    expect(run.error).toBeNull();
    const shapes = Object.fromEntries(
      Object.entries(steps).map(([key, step]) => {
        const output =
          step.status === 'completed' || step.status === 'reused' ? Object.values(step.outputs).find(({ rowCount }) => rowCount !== undefined) : undefined;
        return [key, output && [output.rowCount, output.columnCount]];
      }),
    );
    expect(shapes).toEqual({
      cars: [406, 9],
      complete: [392, 9],
      sparse: [406, 8],
      old: [159, 9],
      stratified: [204, 9],
      scaled: [159, 9],
      scaled_alike: [247, 9],
      indicated: [406, 11],
      grouped: [9, 4],
      distinct: [3, 9],
      sampled: [40, 9],
      doubled: [446, 9],
      described: [9, 13],
    });
    const forced = await runToEnd(server(), { document: { type: 'pipeline', jobs }, force: true });
    expect(hashesOf(forced.steps)).toEqual(hashesOf(steps));
  }, 180_000);

  it('measure predictions of a marked label, with gaps in it, and tell which features count', async () => {
    const script =
      'def run(table):\n    table["is_heavy"] = (table["weight_lbs"] > 2800).astype(float).where(table.index % 7 != 0)\n    return table[["weight_lbs", "acceleration", "is_heavy"]]';
    const jobs = {
      cars: sample('cars'),
      labelled: use('python_script', { first: from('cars', 'table'), script }),
      marked: use('edit_metadata', { table: from('labelled', 'table'), columns: 'is_heavy', mark: 'label' }),
      learner: use('logistic_regression'),
      trained: use('train_model', { learner: from('learner', 'learner'), table: from('marked', 'result') }),
      scored: use('score_model', { model: from('trained', 'model'), table: from('marked', 'result') }),
      measured: use('evaluate_model', { scored: from('scored', 'scored') }),
      ranked: use('permutation_importance', { model: from('trained', 'model'), table: from('marked', 'result'), repeats: 2 }),
    };
    const { run } = await runToEnd(server(), { document: { type: 'pipeline', jobs } });
    expect(run.status).toBe('completed');
    const { accuracy, auc } = await metricsOf(run.id, 'measured');
    expect(accuracy).toBeGreaterThan(0.95);
    expect(auc).toBeGreaterThan(0.98);
    const importance = await metricsOf(run.id, 'ranked');
    expect(importance['importance.weight_lbs']).toBeGreaterThan(importance['importance.acceleration'] ?? Number.NaN);
    const { body } = await call(server(), `/api/runs/${run.id}/steps/measured/outputs/evaluation/report.html?view=preview`);
    expect(body).toMatchObject({ kind: 'html', text: expect.stringContaining('Confusion matrix') });
  }, 180_000);

  it.each([
    [
      'a column that does not exist',
      { pick: use('select_columns', { table: from('cars', 'table'), columns: 'horse_power' }) },
      'no column "horse_power". Did you mean "horsepower"?',
    ],
    ['a condition that is no SQL', { pick: use('filter_rows', { table: from('cars', 'table'), condition: 'horsepower >' }) }, 'the condition cannot be used'],
    [
      'a text where a number is wanted',
      { pick: use('edit_metadata', { table: from('cars', 'table'), columns: 'name', type: 'number' }) },
      'a value cannot be read as number',
    ],
    [
      'keys of different kinds',
      { pick: use('join_tables', { left: from('cars', 'table'), right: from('cars', 'table'), left_keys: 'name', right_keys: 'year' }) },
      'the key "name" holds text values on the left, and "year" number values on the right',
    ],
    [
      'a label with one value only',
      {
        usa: use('filter_rows', { table: from('cars', 'table'), condition: "origin = 'USA'" }),
        learner: use('random_forest_classification'),
        pick: use('train_model', { learner: from('learner', 'learner'), table: from('usa', 'result'), label: 'origin' }),
      },
      'the label "origin" has the same value in all of 254 rows',
    ],
    [
      'a mistake in the own script',
      { pick: use('python_script', { first: from('cars', 'table'), script: 'def run(first, second):\n    return first["nope"]' }) },
      'line 2 of the script (return first["nope"]): KeyError',
    ],
  ])(
    'say what is wrong with %s',
    async (_what, jobs, message) => {
      const { steps } = await runToEnd(server(), { document: { type: 'pipeline', jobs: { cars: sample('cars'), ...jobs } } });
      expect(steps['pick']).toMatchObject({ status: 'failed', failure: { firstError: expect.stringContaining(message) } });
    },
    120_000,
  );
});
