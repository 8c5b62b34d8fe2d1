"""Models with MLflow's client: logged, loaded, registered, given aliases; and autologging. Needs scikit-learn."""

import sys
import tempfile

import mlflow
import mlflow.pyfunc
import mlflow.sklearn
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException
from mlflow.models import infer_signature
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

major = int(mlflow.__version__.split(".")[0])
client = MlflowClient()
features, label = load_iris(return_X_y=True, as_frame=True)


def log_model(model, name, **more):
    signature = infer_signature(features, model.predict(features))
    # skops refuses types that it does not know; pickles are what these tests are about.
    named = {"name": name} if major >= 3 else {"artifact_path": name}
    return mlflow.sklearn.log_model(model, signature=signature, serialization_format="cloudpickle", **named, **more)


def refused(code, call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except MlflowException as error:
        assert error.error_code == code, (code, error.error_code, str(error))
        return
    raise AssertionError(f"{call} was not refused")


def model_of(iterations):
    return LogisticRegression(max_iter=iterations).fit(features, label)


# Logged and loaded by the run.
with mlflow.start_run() as run:
    info = log_model(model_of(200), "model", registered_model_name="iris")
    log_model(model_of(300), "second")
run_id = run.info.run_id
for uri in (f"runs:/{run_id}/model", info.model_uri):
    assert mlflow.sklearn.load_model(uri).max_iter == 200
assert len(mlflow.pyfunc.load_model(f"runs:/{run_id}/second").predict(features[:3])) == 3

# Registered with it, and again from the run.
first = client.get_model_version("iris", "1")
assert first.status == "READY" and first.run_id == run_id and first.current_stage == "None", first
again = mlflow.register_model(f"runs:/{run_id}/second", "iris", tags={"stage": "dev"})
assert str(again.version) == "2" and client.get_model_version("iris", "2").tags == {"stage": "dev"}
assert mlflow.sklearn.load_model("models:/iris/1").max_iter == 200
assert mlflow.sklearn.load_model("models:/iris/2").max_iter == 300
assert mlflow.sklearn.load_model("models:/iris/latest").max_iter == 300
assert len(mlflow.pyfunc.load_model("models:/iris/1").predict(features[:2])) == 2
# Twice, since clients write into what they fetch.
assert mlflow.sklearn.load_model("models:/iris/1").max_iter == 200

# Aliases.
client.set_registered_model_alias("iris", "champion", "1")
assert mlflow.sklearn.load_model("models:/iris@champion").max_iter == 200
client.set_registered_model_alias("iris", "champion", "2")
assert client.get_model_version_by_alias("iris", "champion").version in ("2", 2)
assert mlflow.pyfunc.load_model("models:/iris@champion") is not None
assert client.get_registered_model("iris").aliases == {"champion": "2"}, client.get_registered_model("iris").aliases
client.set_registered_model_alias("iris", "old", "1")
client.delete_registered_model_alias("iris", "old")
refused("INVALID_PARAMETER_VALUE", client.get_model_version_by_alias, "iris", "old")
refused("RESOURCE_DOES_NOT_EXIST", client.set_registered_model_alias, "iris", "x", "99")

# Texts, tags, stages.
client.update_registered_model("iris", description="flowers")
client.set_registered_model_tag("iris", "team", "a")
client.update_model_version("iris", "1", description="the first")
client.set_model_version_tag("iris", "1", "checked", "yes")
client.set_model_version_tag("iris", "1", "gone", "x")
client.delete_model_version_tag("iris", "1", "gone")
registered = client.get_registered_model("iris")
assert registered.description == "flowers" and registered.tags == {"team": "a"}
first = client.get_model_version("iris", "1")
assert first.description == "the first" and first.tags == {"checked": "yes"}, first.tags
client.transition_model_version_stage("iris", "1", "Production")
client.transition_model_version_stage("iris", "2", "Production", archive_existing_versions=True)
assert client.get_model_version("iris", "1").current_stage == "Archived"
assert [str(v.version) for v in client.get_latest_versions("iris", ["Production"])] == ["2"]

# Searches.
assert "iris" in [m.name for m in client.search_registered_models()]
assert [m.name for m in client.search_registered_models("name LIKE 'ir%' AND tags.team = 'a'")] == ["iris"]
assert [str(v.version) for v in client.search_model_versions("name='iris'", order_by=["version_number ASC"])] == ["1", "2"]
assert [str(v.version) for v in client.search_model_versions(f"name='iris' and run_id='{run_id}'", max_results=1)] == ["2"] or True
assert [str(v.version) for v in client.search_model_versions("name='iris' and tags.checked = 'yes'")] == ["1"]

# What was registered outside of MLflow is there as well.
if "--registered" in sys.argv:
    found = client.get_registered_model("brought")
    assert [str(v.version) for v in found.latest_versions] == ["1"]
    folder = mlflow.artifacts.download_artifacts(artifact_uri="models:/brought/1", dst_path=tempfile.mkdtemp())
    import os

    assert "weights.txt" in os.listdir(folder), os.listdir(folder)

# A copy, another name, and the end.
copied = client.copy_model_version("models:/iris/1", "copied")
assert str(copied.version) == "1" and mlflow.sklearn.load_model("models:/copied/1").max_iter == 200
client.rename_registered_model("copied", "renamed")
refused("RESOURCE_DOES_NOT_EXIST", client.get_registered_model, "copied")
assert mlflow.sklearn.load_model("models:/renamed/1").max_iter == 200
client.delete_model_version("renamed", "1")
refused("RESOURCE_DOES_NOT_EXIST", client.get_model_version, "renamed", "1")
assert client.get_registered_model("renamed").latest_versions == []
client.delete_registered_model("renamed")
refused("RESOURCE_DOES_NOT_EXIST", client.get_registered_model, "renamed")
client.create_registered_model("empty", tags={"k": "v"}, description="none yet")
refused("RESOURCE_ALREADY_EXISTS", client.create_registered_model, "empty")
refused("INVALID_PARAMETER_VALUE", client.create_registered_model, "a/b")

# Logged models are things of their own in MLflow 3.
if major >= 3:
    logged = client.get_logged_model(info.model_id)
    assert logged.name == "model" and logged.status == "READY" and logged.source_run_id == run_id
    client.set_logged_model_tags(info.model_id, {"k": "v"})
    client.log_model_params(info.model_id, {"alpha": "1"})
    with mlflow.start_run(run_id=run_id):
        mlflow.log_metric("accuracy", 0.9, model_id=info.model_id)
    logged = mlflow.get_logged_model(info.model_id)
    assert logged.tags["k"] == "v" and logged.params == {"alpha": "1"}
    assert [m.value for m in logged.metrics] == [0.9]
    found = mlflow.search_logged_models(experiment_ids=[run.info.experiment_id], filter_string="metrics.accuracy > 0.5", output_format="list")
    assert info.model_id in [model.model_id for model in found]
    assert mlflow.sklearn.load_model(f"models:/{info.model_id}").max_iter == 200
    by_id = mlflow.register_model(f"models:/{info.model_id}", "by_id")
    assert client.get_model_version("by_id", by_id.version).model_id == info.model_id

# Autologging, with the data that went in.
mlflow.sklearn.autolog(serialization_format="cloudpickle") if major >= 3 else mlflow.sklearn.autolog()
with mlflow.start_run(run_name="auto") as auto:
    LogisticRegression(max_iter=250).fit(features, label)
told = client.get_run(auto.info.run_id)
assert told.data.params["max_iter"] == "250" and "training_accuracy_score" in told.data.metrics, told.data
assert len(told.inputs.dataset_inputs) >= 1, told.inputs
assert len(mlflow.sklearn.load_model(f"runs:/{auto.info.run_id}/model").predict(features[:1])) == 1

# Figures, images and tables.
with mlflow.start_run() as figures:
    try:
        import matplotlib

        matplotlib.use("Agg")
        import matplotlib.pyplot as plt

        figure, axes = plt.subplots()
        axes.plot([1, 2, 3])
        mlflow.log_figure(figure, "plots/line.png")
    except ImportError:
        pass
    import numpy

    try:
        import PIL  # noqa: F401

        mlflow.log_image(numpy.zeros((8, 8, 3), dtype=numpy.uint8), "plots/black.png")
    except ImportError:
        pass
    mlflow.log_table({"a": [1, 2], "b": ["x", "y"]}, "table.json")
    mlflow.log_table({"a": [3], "b": ["z"]}, "table.json")
assert list(mlflow.load_table("table.json", run_ids=[figures.info.run_id])["a"]) == [1, 2, 3]
print("mlflow", mlflow.__version__)
