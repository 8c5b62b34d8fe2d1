"""What scripts of azureml-core do with a run, in a step whose environment lacks the package."""

import os, sys, json
from azureml.core import Run, Workspace, Dataset, Model, Experiment
from azureml.core.run import _OfflineRun
import azureml.mlflow
run = Run.get_context()
assert not isinstance(run, _OfflineRun) and run.id == os.environ["AZUREML_RUN_ID"]
for i in range(3): run.log("loss", 1 / (i + 1))
run.log("kind", "tree")
run.log_list("list", [1, 2, 3])
run.log_row("rows", x=1, y=2.5)
run.log_row("rows", x=2, y=3.5)
run.log_table("table", {"a": [1, 2], "b": ["x", "y"]})
run.log_confusion_matrix("confusion", {"schema_type": "confusion_matrix", "schema_version": "v1", "data": {"class_labels": ["0", "1"], "matrix": [[3, 1], [0, 4]]}})
run.log_accuracy_table("accuracy", '{"schema_type": "accuracy_table"}')
run.tag("release", "1"); run.set_tags({"a": 1})
assert run.get_metrics("loss") == {"loss": [1, 0.5, 1/3]}, run.get_metrics()
assert run.get_metrics()["rows/x"] == [1, 2]
assert run.tags["release"] == "1" and run.get_tags()["kind"] == "tree"
d = run.get_details(); assert d["runId"] == run.id and d["status"] == "Running", d
assert run.experiment.name == os.environ["AZUREML_EXPERIMENT_NAME"] and run.experiment.workspace.name == "local"
assert run.parent.id == run.id
os.makedirs("outputs/m", exist_ok=True); open("outputs/m/model.txt", "w").write("weights")
run.upload_file("files/a.txt", "outputs/m/model.txt"); run.upload_folder("folder", "outputs/m")
assert run.get_file_names() == ["accuracy.json", "confusion.json", "files/a.txt", "folder/model.txt", "rows.json", "table.json"], run.get_file_names()
run.download_file("files/a.txt", "back.txt"); assert open("back.txt").read() == "weights"
for bad in ("../../x", "/etc/x"):
    try: run.upload_file(bad, "back.txt")
    except Exception as e: assert "leads out" in str(e)
    else: raise AssertionError(bad)
ds = run.input_datasets["data"]
assert open(ds).read().startswith("x,y") and str(ds) == os.environ["AZURE_ML_INPUT_data"] == os.environ["AZUREML_DATAREFERENCE_data"]
child = run.child_run("fold"); child.log("r2", 0.5); child.complete()
assert [c.get_metrics() for c in run.get_children()] == [{"r2": 0.5}]
for name in ("Environment", "Keyvault", "ComputeTarget"):
    try: exec(f"from azureml.core import {name}")
    except ImportError as e: print(e)
    else: raise AssertionError(name)
try: Workspace.from_config().get_default_datastore()
except NotImplementedError as e: print(e)
try: Workspace.from_config().compute_targets["cpu"]
except AttributeError as e: assert "steps run on this machine" in str(e)
m = run.register_model("shimmed", "outputs/m", tags={"t": 1}, description="d")
assert m.name == "shimmed" and m.version == 1 and m.tags == {"t": "1"} and m.run_id == run.id, (m, m.tags, m.run_id)
m2 = Model.register(workspace=run.experiment.workspace, model_path="outputs/m/model.txt", model_name="shimmed")
assert m2.version == 2
assert open(Model.get_model_path("shimmed", version=2)).read() == "weights"
assert os.listdir(Model.get_model_path("shimmed", version=1)) == ["model.txt"]
assert Model(None, "shimmed").version == 2
assert [x.version for x in Model.list(None, name="shimmed")] == [2, 1]
run.complete()
print("shim done")
