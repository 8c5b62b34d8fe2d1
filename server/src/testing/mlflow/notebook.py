"""What a notebook does that is in no step: everything of MLflow's client that needs no model."""

import math
import os
import tempfile
import time
from pathlib import Path

import mlflow
from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag, ViewType
from mlflow.exceptions import MlflowException


def refused(code, call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except MlflowException as error:
        assert error.error_code == code, (code, error.error_code, str(error))
        return str(error)
    raise AssertionError(f"{call} was not refused")


client = MlflowClient()

# Experiments.
assert client.get_experiment("0").name == "Default"
experiment = client.create_experiment("houses", tags={"team": "a"})
assert client.get_experiment(experiment).tags == {"team": "a"}
refused("RESOURCE_ALREADY_EXISTS", client.create_experiment, "houses")
assert client.get_experiment_by_name("nobody") is None
refused("RESOURCE_DOES_NOT_EXIST", client.get_experiment, "12345")
client.rename_experiment(experiment, "homes")
client.set_experiment_tag(experiment, "note", "x")
assert client.get_experiment_by_name("homes").tags["note"] == "x"
client.delete_experiment(experiment)
assert client.get_experiment(experiment).lifecycle_stage == "deleted"
assert [e.name for e in client.search_experiments(view_type=ViewType.DELETED_ONLY)] == ["homes"]
client.restore_experiment(experiment)
assert [e.name for e in client.search_experiments(filter_string="name ILIKE 'HOM%' AND tags.note = 'x'")] == ["homes"]
assert "homes" in [e.name for e in client.search_experiments(order_by=["name ASC"], max_results=50)]

# Logging in the fluent way, into an experiment that is made on the way.
assert mlflow.set_experiment("homes").experiment_id == experiment
with mlflow.start_run(run_name="parent", tags={"stage": "dev"}, description="what for") as parent:
    mlflow.log_param("depth", 3)
    mlflow.log_param("depth", 3)
    message = refused("INVALID_PARAMETER_VALUE", mlflow.log_param, "depth", 4)
    assert "Changing param values is not allowed" in message, message
    mlflow.log_params({"rate": 0.1, "kind": "tree", "odd name": "a b"})
    for step in range(5):
        mlflow.log_metric("loss", 1 / (step + 1), step=step)
    mlflow.log_metrics({"r2": 0.5, "nan": math.nan, "inf": math.inf, "ninf": -math.inf, "group/a": 1})
    refused("INVALID_PARAMETER_VALUE", mlflow.log_metric, "../up", 1)
    mlflow.set_tag("release", "1.0")
    mlflow.set_tags({"a": 1, "b": "two"})
    mlflow.delete_tag("b")
    for index in range(3):
        with mlflow.start_run(nested=True, run_name=f"fold {index}"):
            mlflow.log_metric("r2", index / 10)
            mlflow.log_param("fold", index)
run = client.get_run(parent.info.run_id)
assert run.info.status == "FINISHED" and run.info.end_time >= run.info.start_time
assert run.data.params == {"depth": "3", "rate": "0.1", "kind": "tree", "odd name": "a b"}, run.data.params
assert run.data.metrics["loss"] == 1 / 5 and math.isnan(run.data.metrics["nan"]) and run.data.metrics["ninf"] == -math.inf
assert run.data.tags["mlflow.note.content"] == "what for" and run.data.tags["a"] == "1" and "b" not in run.data.tags
assert [m.value for m in client.get_metric_history(run.info.run_id, "loss")] == [1, 1 / 2, 1 / 3, 1 / 4, 1 / 5]
try:
    with mlflow.start_run(run_name="fails"):
        raise ValueError("on purpose")
except ValueError:
    pass
assert client.get_run(mlflow.last_active_run().info.run_id).info.status == "FAILED"

# The run goes on later.
with mlflow.start_run(run_id=run.info.run_id):
    mlflow.log_metric("later", 1)
assert "later" in client.get_run(run.info.run_id).data.metrics

# The client's own calls.
own = client.create_run(experiment, run_name="own", tags={"k": "v"}, start_time=1000)
own_id = own.info.run_id
assert own.info.start_time == 1000
now = int(time.time() * 1000)
client.log_batch(own_id, [Metric("m", i, now + i, i) for i in range(1500)][:1000], [Param("p", "1")], [RunTag("t", "1")])
client.log_batch(own_id, metrics=[Metric("m", i, now + i, i) for i in range(1000, 1500)])
assert len(client.get_metric_history(own_id, "m")) == 1500
client.set_tag(own_id, "x", "y" * 5000)
client.update_run(own_id, name="renamed")
assert client.get_run(own_id).info.run_name == "renamed"
client.set_terminated(own_id, "KILLED", 5000)
assert client.get_run(own_id).info.status == "KILLED" and client.get_run(own_id).info.end_time == 5000
client.delete_run(own_id)
assert client.get_run(own_id).info.lifecycle_stage == "deleted"
assert own_id not in [r.info.run_id for r in client.search_runs([experiment])]
assert [r.info.run_id for r in client.search_runs([experiment], run_view_type=ViewType.DELETED_ONLY)] == [own_id]
refused("INVALID_PARAMETER_VALUE", client.log_metric, own_id, "m", 1)
client.restore_run(own_id)
refused("RESOURCE_DOES_NOT_EXIST", client.get_run, "0" * 32)

# Searches.
def names(filter_string="", **more):
    return [r.info.run_name for r in client.search_runs([experiment], filter_string, **more)]


assert names("metrics.r2 > 0.05 and params.fold = '2'") == ["fold 2"]
assert names("tags.mlflow.parentRunId = '%s'" % run.info.run_id, order_by=["metrics.r2 DESC"]) == ["fold 2", "fold 1", "fold 0"]
assert names("params.kind LIKE 'tr%' AND attributes.status = 'FINISHED'") == ["parent"]
assert names("attributes.run_name ILIKE 'FOLD%'", order_by=["params.fold ASC"], max_results=2) == ["fold 0", "fold 1"]
assert names("params.`odd name` = 'a b'") == ["parent"] and names('metrics."group/a" = 1') == ["parent"]
assert names("attributes.run_id IN ('%s', '%s')" % (run.info.run_id, own_id), order_by=["start_time ASC"]) == ["renamed", "parent"]
assert names("status = 'FAILED'") == ["fails"]
page = client.search_runs([experiment], order_by=["attributes.start_time DESC"], max_results=2)
seen = [r.info.run_id for r in page]
while page.token:
    page = client.search_runs([experiment], order_by=["attributes.start_time DESC"], max_results=2, page_token=page.token)
    seen += [r.info.run_id for r in page]
assert len(seen) == len(set(seen)) == 6, seen
found = mlflow.search_runs(experiment_names=["homes"], filter_string="metrics.r2 >= 0", order_by=["metrics.r2 DESC"], output_format="list")
assert [r.data.metrics["r2"] for r in found] == [0.5, 0.2, 0.1, 0]
try:
    import pandas
except ImportError:
    pandas = None
if pandas is not None:
    frame = mlflow.search_runs(experiment_ids=[experiment], filter_string="metrics.r2 >= 0", order_by=["metrics.r2 ASC"])
    assert list(frame["metrics.r2"]) == [0, 0.1, 0.2, 0.5] and frame["params.kind"].iloc[3] == "tree"

# Artifacts.
folder = Path(tempfile.mkdtemp())
(folder / "deep" / "er").mkdir(parents=True)
(folder / "deep" / "er" / "x y.txt").write_text("deep")
(folder / "top.json").write_text('{"a": 1}')
with mlflow.start_run(run_name="files") as files:
    mlflow.log_artifact(str(folder / "top.json"))
    mlflow.log_artifact(str(folder / "top.json"), artifact_path="one/two")
    mlflow.log_artifacts(str(folder), artifact_path="all")
    mlflow.log_text("hello", "notes/a.txt")
    mlflow.log_dict({"b": [1, 2]}, "notes/b.json")
    mlflow.log_dict({"b": [1, 2]}, "notes/c.yml")
    big = folder / "big.bin"
    big.write_bytes(os.urandom(1 << 20) * 20)
    mlflow.log_artifact(str(big), "large")
    uri = mlflow.get_artifact_uri("notes/a.txt")
files_id = files.info.run_id
listed = [(f.path, f.is_dir) for f in client.list_artifacts(files_id)]
assert listed == [("all", True), ("large", True), ("notes", True), ("one", True), ("top.json", False)], listed
assert [f.path for f in client.list_artifacts(files_id, "notes")] == ["notes/a.txt", "notes/b.json", "notes/c.yml"]
assert client.list_artifacts(files_id, "top.json") == []
assert client.list_artifacts(files_id, "large")[0].file_size == 20 << 20
assert mlflow.artifacts.load_text(uri) == "hello"
assert mlflow.artifacts.load_dict(f"runs:/{files_id}/notes/b.json") == {"b": [1, 2]}
got = Path(mlflow.artifacts.download_artifacts(run_id=files_id, artifact_path="all", dst_path=tempfile.mkdtemp()))
assert (got / "deep" / "er" / "x y.txt").read_text() == "deep"
got = Path(client.download_artifacts(files_id, "large/big.bin", tempfile.mkdtemp()))
assert got.read_bytes() == big.read_bytes()
for path in ("../x", "..", "a/../../b"):
    try:
        client.log_text(files_id, "out", f"{path}/file.txt")
    except Exception:
        continue
    raise AssertionError(f"{path} was taken")

print("mlflow", mlflow.__version__)
