"""What scripts of any tutorial do in a step, with nothing said of where to log."""

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
