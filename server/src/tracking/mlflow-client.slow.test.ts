import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RunId } from '@pipewright/shared/ids.ts';
import { runToEnd } from '../testing/api.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { testServer } from '../testing/test-server.ts';

/** What scripts of any tutorial do, with nothing said of where to log. */
const logging = `
import math, sys
import mlflow

mlflow.log_param("depth", 3)
mlflow.log_params({"rate": 0.1, "kind": "tree"})
for step in range(3):
    mlflow.log_metric("loss", 1 / (step + 1), step=step)
mlflow.log_metrics({"r2": 0.5, "odd": math.nan})
mlflow.set_tag("note", "hello")
own = mlflow.active_run().info.run_id
with mlflow.start_run(nested=True, run_name="fold 1"):
    mlflow.log_metric("r2", 0.1)
mlflow.log_text("hello", "notes/a.txt")
mlflow.end_run()

mlflow.set_experiment("a name of my own")
with mlflow.start_run(run_name="second") as second:
    mlflow.log_metric("z", 1)
assert second.info.run_id != own

client = mlflow.MlflowClient()
found = client.get_run(own)
assert found.info.status == "FINISHED", found.info.status
assert found.data.params == {"depth": "3", "rate": "0.1", "kind": "tree"}, found.data.params
assert math.isnan(found.data.metrics["odd"])
assert [m.value for m in client.get_metric_history(own, "loss")] == [1, 1 / 2, 1 / 3]
names = [run.info.run_name for run in client.search_runs([found.info.experiment_id], order_by=["metrics.r2 DESC"])]
assert names == ["log", "fold 1", "second"], names
assert [file.path for file in client.list_artifacts(own)] == ["notes"]
print("mlflow", mlflow.__version__)
`;

const autologging = `
import mlflow
mlflow.set_experiment("irises")
mlflow.sklearn.autolog()
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV

features, label = load_iris(return_X_y=True, as_frame=True)
with mlflow.start_run() as run:
    GridSearchCV(LogisticRegression(max_iter=500), {"C": [0.1, 1]}, cv=2).fit(features, label)
model = mlflow.sklearn.load_model(f"runs:/{run.info.run_id}/best_estimator")
assert len(model.predict(features[:2])) == 2
`;

async function runScript(script: string, requirements: readonly string[]) {
  const server = await testServer();
  const file = join(await tempFolder(), 'script.py');
  await writeFile(file, script);
  const document = { type: 'pipeline', jobs: { log: { command: `python ${file}`, environment: { requirements } } } };
  const { steps } = await runToEnd(server, { document, experiment: 'prices' });
  const log = await readFile(join(server.home, 'runs/1/log/1/log'), 'utf8');
  expect(steps['log']?.status, log).toBe('completed');
  return { log, logged: await server.store.tracking.ofStep(RunId.parse('1'), 'log') };
}

describe('the client of MLflow', () => {
  it.each([
    ['2', 'mlflow-skinny>=2.16,<3'],
    ['3', 'mlflow-skinny>=3,<4'],
  ])('%s logs, nests and searches from a step', async (major, requirement) => {
    const { log, logged } = await runScript(logging, [requirement]);
    expect(log).toContain(`mlflow ${major}.`);
    // Clients before MLflow 3 cannot be kept from naming a page of MLflow's.
    if (major === '3') expect(log).not.toContain('View run');
    const last = Object.fromEntries(logged.metrics.map((metric) => [metric.name, metric.last]));
    expect(last).toEqual({ loss: 1 / 3, r2: 0.5, odd: null });
    expect(logged.params).toEqual({ depth: '3', rate: '0.1', kind: 'tree' });
  });

  it('logs what scikit-learn does by itself, with its trials and its model', async () => {
    const { log, logged } = await runScript(autologging, ['mlflow-skinny>=2.16,<3', 'scikit-learn==1.5.*', 'pandas==2.2.*', 'numpy==1.26.*']);
    expect(log).not.toContain('Encountered unexpected error');
    expect(logged.params).toMatchObject({ best_C: expect.any(String), cv: '2' });
    expect(logged.metrics.map(({ name }) => name)).toContain('best_cv_score');
  });
});
