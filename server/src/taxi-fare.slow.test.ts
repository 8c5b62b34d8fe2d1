import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StepMetrics } from '@pipewright/shared/http/runs.ts';
import { Trials } from '@pipewright/shared/http/trials.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { call, runToEnd } from './testing/api.ts';
import { sharedTestServer } from './testing/test-server.ts';

// The sample that is written as a team keeps its Azure ML repository, from its YAML, in a real environment with the real MLflow.

const file = join(import.meta.dirname, '..', 'catalog', 'gallery', 'taxi-fare', 'pipeline.yml');
const tune = 'train_and_evaluate/tune';

const server = sharedTestServer();

async function metricsOf(run: string, step: string): Promise<{ readonly metrics: Record<string, number | null>; readonly params: Record<string, string> }> {
  const { body } = await call(server(), `/api/runs/${run}/steps/${encodeURIComponent(step)}/metrics`);
  const { metrics, params } = StepMetrics.parse(body);
  return { metrics: Object.fromEntries(metrics.map(({ name, last }) => [name, last])), params };
}

function hashOf(step: StepRun | undefined, output: string): string {
  if (step?.status !== 'completed' && step?.status !== 'reused') throw new Error(`expected a step that is through, not ${step?.status ?? 'none'}`);
  return step.outputs[output]?.hash ?? '';
}

describe('the taxi fare sample', () => {
  it('runs from its YAML, finds good settings, and reuses all of it when it is run again', { timeout: 600_000 }, async () => {
    const { run, steps } = await runToEnd(server(), { file });
    expect(run.error).toBeNull();
    expect(run.status).toBe('completed');
    expect(Object.keys(steps).toSorted()).toEqual(
      ['prep_harbour', 'prep_hilltop', 'train_and_evaluate/evaluate/predict', 'train_and_evaluate/evaluate/score', tune, 'transform']
        .concat([1, 2, 3, 4].map((trial) => `${tune}/${trial}`))
        .toSorted(),
    );

    // What score.py logs on the way of the real client, far better than the mean fare.
    const { metrics: scored } = await metricsOf(run.id, 'train_and_evaluate/evaluate/score');
    expect(scored['r2']).toBeGreaterThan(0.95);
    expect(scored['r2']).toBeLessThan(1);
    expect(scored['mae']).toBeLessThan((scored['mae_of_mean_fare'] ?? 0) / 3);

    // Autologging and what the script logs itself stand together on each trial.
    const trials = Trials.parse((await call(server(), `/api/runs/${run.id}/steps/${encodeURIComponent(tune)}/trials`)).body);
    for (const { key, values, result } of trials.items) {
      const { metrics, params } = await metricsOf(run.id, key);
      expect(params).toMatchObject({ learning_rate: String(values['learning_rate']), max_depth: String(values['max_depth']), n_estimators: '80' });
      expect(metrics['training_r2_score']).toBeGreaterThan(0.5);
      expect(metrics['validation_r2']).toBe(result);
    }
    const best = trials.items.find(({ key }) => key === trials.best);
    expect(best?.result).toBe(Math.max(...trials.items.map(({ result }) => result ?? Number.NEGATIVE_INFINITY)));
    expect(hashOf(steps[tune], 'model')).toBe(hashOf(steps[best?.key ?? ''], 'model'));

    const again = await runToEnd(server(), { gallery: 'taxi-fare' });
    expect(Object.entries(again.steps).filter(([key, { status }]) => key !== tune && status !== 'reused')).toEqual([]);
    expect(hashOf(again.steps[tune], 'model')).toBe(hashOf(steps[tune], 'model'));
  });

  it('gives a model that MLflow itself loads', { timeout: 600_000 }, async () => {
    const { steps } = await runToEnd(server(), { file });
    const model = server().services.artifacts.pathOf(hashOf(steps[tune], 'model'));
    const script = `import sys, mlflow.pyfunc, pandas
model = mlflow.pyfunc.load_model(sys.argv[1])
names = [column.name for column in model.metadata.signature.inputs]
trip = dict.fromkeys(names, 0.0)
short, long = ({**trip, "distance_km": km, "beeline_km": km / 1.3, "to_airport_km": 9.0, "passengers": 1.0} for km in (1.5, 9.0))
fares = model.predict(pandas.DataFrame([short, long])[names])
print(round(float(fares[0]), 2), round(float(fares[1]), 2))`;
    const check = {
      command: `python -c '${script}' \${{inputs.model}} > \${{outputs.said}}`,
      environment: 'azureml://registries/azureml/environments/sklearn-1.5/labels/latest',
      inputs: { model: { type: 'mlflow_model', path: model } },
      outputs: { said: { type: 'uri_file' } },
    };
    const { run, steps: checked } = await runToEnd(server(), { document: { type: 'pipeline', jobs: { check } } });
    expect(checked['check']).toMatchObject({ status: 'completed' });
    const said = await (await fetch(`${server().url}/api/runs/${run.id}/steps/check/outputs/said`)).text();
    const [short = 0, long = 0] = said.trim().split(' ').map(Number);
    expect(short).toBeGreaterThan(3);
    expect(long).toBeGreaterThan(2 * short);
    expect(long).toBeLessThan(60);
  });
});
