"""What MLflow's client does with models: logs, registers, loads and arranges them; in a step or in a notebook."""

import os
import sys
import tempfile
from pathlib import Path

import mlflow
import numpy
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException
from sklearn.linear_model import LinearRegression

is_3 = int(mlflow.__version__.split(".")[0]) >= 3
# The client takes it out of the environment when it begins to log.
step_run = os.environ.get("MLFLOW_RUN_ID")
name = sys.argv[1]
client = MlflowClient()
points = numpy.array([[0.0], [1.0], [2.0]])
# Else the client would find out what the model needs by loading it in another process.
how = {"pip_requirements": ["scikit-learn"], "serialization_format": "cloudpickle"}


def fitted(slope):
    return LinearRegression().fit(points, slope * points[:, 0])


def log(slope, at, **more):
    return mlflow.sklearn.log_model(fitted(slope), **({"name": at} if is_3 else {"artifact_path": at}), **how, **more)


def slope_of(uri, *, load=mlflow.sklearn.load_model):
    return round(float(load(uri).predict(points[1:2])[0]))


def refused(code, call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except MlflowException as error:
        assert error.error_code == code, (code, error.error_code, str(error))
        return str(error)
    raise AssertionError(f"{call} was not refused")


def versions(filter_string, **more):
    return [int(found.version) for found in client.search_model_versions(filter_string, **more)]


# Logged in a step without beginning a run, which is there; elsewhere into a run of its own.
if not step_run:
    mlflow.start_run()
info = log(1, "model", registered_model_name=name)
run_id = step_run or mlflow.active_run().info.run_id
assert int(info.registered_model_version) == 1
assert info.signature is None
for uri in (info.model_uri, f"runs:/{run_id}/model", f"models:/{name}/1", f"models:/{name}/latest"):
    assert slope_of(uri) == 1, uri
assert slope_of(f"runs:/{run_id}/model", load=mlflow.pyfunc.load_model) == 1

# Registered afterwards, with what the client says of it.
log(2, "other", signature=mlflow.models.infer_signature(points, points[:, 0]), input_example=points[:1])
second = mlflow.register_model(f"runs:/{run_id}/other", name, tags={"quality": "good"})
assert (int(second.version), second.run_id, second.status, second.tags) == (2, run_id, "READY", {"quality": "good"}), second
loaded = mlflow.pyfunc.load_model(f"models:/{name}/2")
# A client of MLflow 3 begins no run for a model, and so writes none into it: the server knows which it is.
begun = mlflow.active_run() and run_id
assert loaded.metadata.signature is not None and loaded.metadata.run_id == begun, loaded.metadata
assert slope_of(f"models:/{name}/2") == slope_of(f"models:/{name}/latest", load=mlflow.pyfunc.load_model) == 2
# Of two of one name the newer one.
for slope in (3, 4):
    log(slope, "again", **({"step": slope} if is_3 else {}))
assert slope_of(f"runs:/{run_id}/again") == 4
assert int(mlflow.register_model(f"runs:/{run_id}/again", name).version) == 3 and slope_of(f"models:/{name}/3") == 4
mlflow.end_run()

# Aliases.
client.set_registered_model_alias(name, "champion", 2)
assert int(client.get_model_version_by_alias(name, "champion").version) == 2
assert client.get_model_version(name, "2").aliases == ["champion"]
assert {alias: int(version) for alias, version in client.get_registered_model(name).aliases.items()} == {"champion": 2}
assert slope_of(f"models:/{name}@champion") == slope_of(f"models:/{name}@champion", load=mlflow.pyfunc.load_model) == 2
client.set_registered_model_alias(name, "champion", "3")
client.set_registered_model_alias(name, "gone", "1")
client.delete_registered_model_alias(name, "gone")
assert slope_of(f"models:/{name}@champion") == 4
refused("INVALID_PARAMETER_VALUE", client.get_model_version_by_alias, name, "gone")
refused("INVALID_PARAMETER_VALUE", mlflow.pyfunc.load_model, f"models:/{name}@gone")
refused("RESOURCE_DOES_NOT_EXIST", mlflow.pyfunc.load_model, f"models:/{name}/99")
refused("RESOURCE_DOES_NOT_EXIST", client.get_registered_model, "nobody")

# The client's own calls.
bare = f"{name}-bare"
made = client.create_registered_model(bare, tags={"team": "a"}, description="by hand")
assert (made.name, made.tags, made.description) == (bare, {"team": "a"}, "by hand")
refused("RESOURCE_ALREADY_EXISTS", client.create_registered_model, bare)
first = client.create_model_version(bare, f"runs:/{run_id}/other", run_id, tags={"a": "1"}, description="first")
assert (int(first.version), first.description, first.tags, first.current_stage) == (1, "first", {"a": "1"}, "None"), first
copied = client.create_model_version(bare, f"models:/{name}@champion")
assert (copied.source, copied.run_id) == (f"models:/{name}/3", run_id), copied
assert int(client.copy_model_version(f"models:/{name}@champion", bare).version) == 3
assert slope_of(f"models:/{bare}/1") == 2 and slope_of(f"models:/{bare}/2") == slope_of(f"models:/{bare}/3") == 4
folder = Path(tempfile.mkdtemp())
mlflow.sklearn.save_model(fitted(5), folder / "saved", **how)
client.create_model_version(bare, str(folder / "saved"))
mlflow.register_model((folder / "saved").as_uri(), bare)
assert slope_of(f"models:/{bare}/4") == slope_of(f"models:/{bare}/5") == 5
(folder / "weights.bin").write_bytes(b"weights")
client.create_model_version(bare, str(folder / "weights.bin"))
got = Path(mlflow.artifacts.download_artifacts(f"models:/{bare}/6"))
assert "weights.bin" in [file.name for file in (got.iterdir() if got.is_dir() else [got])], got
refused("RESOURCE_DOES_NOT_EXIST", client.create_model_version, bare, f"runs:/{run_id}/nothing")

# Searches, to which the client adds that it wants no prompts.
assert name in [model.name for model in client.search_registered_models()]
assert [model.name for model in client.search_registered_models(f"name LIKE '{bare}%'", order_by=["name DESC"])] == [bare]
assert versions(f"name = '{name}'") == [3, 2, 1]
assert versions(f"name = '{name}' AND run_id = '{run_id}'", order_by=["version_number ASC"]) == [1, 2, 3]
assert versions(f"name = '{bare}' AND tags.a = '1'") == [1]
page = client.search_model_versions(f"name = '{name}'", max_results=2)
assert len(page) == 2 and len(client.search_model_versions(f"name = '{name}'", max_results=2, page_token=page.token)) == 1

# Texts, stages, another name, the end.
client.set_model_version_tag(bare, "1", "b", "2")
client.delete_model_version_tag(bare, "1", "a")
client.update_model_version(bare, "1", "better")
changed = client.get_model_version(bare, "1")
assert (changed.tags, changed.description) == ({"b": "2"}, "better"), changed
client.set_registered_model_tag(bare, "t", "u")
client.delete_registered_model_tag(bare, "team")
client.update_registered_model(bare, "of all")
changed = client.get_registered_model(bare)
assert (changed.tags, changed.description) == ({"t": "u"}, "of all"), changed
client.transition_model_version_stage(bare, "1", "Production")
assert slope_of(f"models:/{bare}/Production") == 2
client.delete_model_version(bare, "6")
refused("RESOURCE_DOES_NOT_EXIST", client.get_model_version, bare, "6")
client.rename_registered_model(bare, f"{bare}-renamed")
assert slope_of(f"models:/{bare}-renamed/4") == 5
client.delete_registered_model(f"{bare}-renamed")
refused("RESOURCE_DOES_NOT_EXIST", client.get_registered_model, f"{bare}-renamed")
assert versions(f"name LIKE '{bare}%'") == []

if is_3:
    # Models are things of their own.
    model = mlflow.get_logged_model(info.model_id)
    assert (model.name, model.source_run_id, model.status) == ("model", run_id, "READY"), model
    # By the client's own doing.
    assert name in model.tags["mlflow.modelVersions"], model.tags
    assert slope_of(f"models:/{info.model_id}") == 1
    found = mlflow.search_logged_models([model.experiment_id], "name = 'again'", output_format="list")
    assert [each.source_run_id for each in found][:2] == [run_id, run_id], found
    mlflow.log_metric("slope", 1, model_id=info.model_id, run_id=run_id)
    assert [(metric.key, metric.value) for metric in mlflow.get_logged_model(info.model_id).metrics] == [("slope", 1)]

print("models of mlflow", mlflow.__version__)
