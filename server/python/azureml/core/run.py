"""The run of the step, on its tracking endpoint; outside a step one that prints what it would log."""

import json
import math
import os
import shutil
import tempfile
import time
import uuid

from azureml.core import _local
from azureml.core.dataset import Dataset
from azureml.core.experiment import Experiment

_states = {"RUNNING": "Running", "SCHEDULED": "Queued", "FINISHED": "Completed", "FAILED": "Failed", "KILLED": "Canceled"}


class Run:
    def __init__(self, experiment=None, run_id=None, **_unused):
        self.id = run_id or _local.run_id()
        self._experiment = experiment
        self._steps = {}
        self._rows = {}

    @classmethod
    def get_context(cls, allow_offline=True, **_unused):
        if not _local.is_offline():
            return cls()
        if not allow_offline:
            raise RuntimeError("RunEnvironmentException: there is no run, since the script was not started as a step")
        return _OfflineRun()

    @classmethod
    def get(cls, workspace, run_id):
        return cls(None, run_id)

    # ---- what it is

    @property
    def run_id(self):
        return self.id

    @property
    def experiment(self):
        return self._experiment or Experiment()

    @property
    def name(self):
        return self._told()["info"].get("run_name") or self.id

    display_name = name

    @property
    def number(self):
        return int(self.tags.get("pipewright.run", 0))

    @property
    def status(self):
        return self.get_status()

    @property
    def parent(self):
        """What a step hands up to its pipeline: here the step's own run, since a pipeline has none."""
        parent = self.tags.get("mlflow.parentRunId")
        return Run(self._experiment, parent) if parent else self

    @property
    def tags(self):
        return {tag["key"]: tag["value"] for tag in self._told()["data"].get("tags", [])}

    @property
    def properties(self):
        return self.tags

    @property
    def input_datasets(self):
        """By the names of the step's inputs: usable as a path, and as a table."""
        prefix = "AZURE_ML_INPUT_"
        return {name[len(prefix) :]: Dataset(path, name[len(prefix) :]) for name, path in os.environ.items() if name.startswith(prefix)}

    @property
    def output_datasets(self):
        prefix = "AZURE_ML_OUTPUT_"
        return {name[len(prefix) :]: path for name, path in os.environ.items() if name.startswith(prefix)}

    def get_status(self):
        return _states.get(self._told()["info"].get("status"), "Running")

    def get_details(self):
        told = self._told()
        return {
            "runId": self.id,
            "target": "local",
            "status": _states.get(told["info"].get("status"), "Running"),
            "startTimeUtc": _utc(told["info"].get("start_time")),
            "endTimeUtc": _utc(told["info"].get("end_time")),
            "properties": self.tags,
            "inputDatasets": [],
            "outputDatasets": [],
            "runDefinition": {},
            "logFiles": {},
        }

    def get_environment(self):
        return None

    def get_portal_url(self):
        uri = _local.tracking_uri() or ""
        tags = self.tags
        return f"{uri[: -len('/mlflow')]}/runs/{tags.get('pipewright.run', '')}/steps/{tags.get('pipewright.step', '').replace('/', '%2F')}/metrics"

    # ---- logging

    def log(self, name, value, description="", step=None):
        if isinstance(value, (bool, str)) or value is None:
            return self.tag(name, value)
        try:
            number = float(value)
        except (TypeError, ValueError):
            return self.tag(name, value)
        self._metrics([(name, number, step)])

    def log_list(self, name, value, description=""):
        self._metrics([(name, float(each), None) for each in value])

    def log_row(self, name, description=None, **columns):
        self._add_rows(name, [columns])

    def log_table(self, name, value, description=""):
        lists = {column: values if isinstance(values, (list, tuple)) else [values] for column, values in value.items()}
        longest = max((len(values) for values in lists.values()), default=0)
        self._add_rows(name, [{column: values[index] for column, values in lists.items() if index < len(values)} for index in range(longest)])

    def log_image(self, name, path=None, plot=None, description=""):
        if path is None and plot is None:
            raise _local.UserErrorException("log_image needs a path or a plot")
        if path is not None:
            return self._keep(path, f"{name}{os.path.splitext(path)[1] or '.png'}")
        with tempfile.TemporaryDirectory() as folder:
            file = os.path.join(folder, "plot.png")
            plot.savefig(file)
            self._keep(file, f"{name}.png")

    def log_confusion_matrix(self, name, value, description=""):
        self._log_document(name, value)

    log_accuracy_table = log_confusion_matrix
    log_residuals = log_confusion_matrix
    log_predictions = log_confusion_matrix

    def _log_document(self, name, value):
        """A figure of several numbers, as a file that the page shows."""
        document = json.loads(value) if isinstance(value, str) else value
        with tempfile.TemporaryDirectory() as folder:
            file = os.path.join(folder, "value.json")
            with open(file, "w", encoding="utf-8") as out:
                json.dump(document, out, indent=2, default=_plain)
            self._keep(file, f"{name}.json")

    def get_metrics(self, name=None, recursive=False, **_unused):
        metrics = {}
        for metric in self._told()["data"].get("metrics", []):
            if name is not None and metric["key"] != name:
                continue
            history = _local.mlflow("metrics/get-history", {"run_id": self.id, "metric_key": metric["key"]}, method="GET").get("metrics", [])
            values = [float(point["value"]) for point in history]
            metrics[metric["key"]] = values if len(values) > 1 else values[0]
        return metrics

    # ---- tags

    def tag(self, key, value=None):
        self._call("runs/set-tag", {"key": key, "value": "" if value is None else str(value)})

    def set_tags(self, tags):
        for key, value in tags.items():
            self.tag(key, value)

    def get_tags(self):
        return self.tags

    def remove_tags(self, keys):
        for key in keys:
            self._call("runs/delete-tag", {"key": key})

    def add_properties(self, properties):
        self.set_tags(properties)

    def get_properties(self):
        return self.tags

    # ---- files and models

    def upload_file(self, name, path_or_stream, **_unused):
        if hasattr(path_or_stream, "read"):
            with tempfile.TemporaryDirectory() as folder:
                file = os.path.join(folder, "stream")
                with open(file, "wb") as out:
                    content = path_or_stream.read()
                    out.write(content.encode() if isinstance(content, str) else content)
                return self._keep(file, name)
        self._keep(path_or_stream, name)

    def upload_files(self, names, paths, **_unused):
        for name, path in zip(names, paths):
            self._keep(path, name)

    def upload_folder(self, name, path, **_unused):
        self._keep(path, name)

    def get_file_names(self):
        return sorted(path for path, is_folder in self._files("") if not is_folder)

    def download_file(self, name, output_file_path=None, **_unused):
        target = output_file_path or os.path.basename(name)
        if os.path.isdir(target):
            target = os.path.join(target, os.path.basename(name))
        source = _within(self._artifacts(), name)
        if not os.path.exists(source):
            source = name
        os.makedirs(os.path.dirname(os.path.abspath(target)), exist_ok=True)
        shutil.copy(source, target)

    def register_model(self, model_name, model_path=None, tags=None, properties=None, description=None, **_unused):
        """Of what the run has uploaded, or what its script has written to `outputs/`."""
        from azureml.core.model import register

        path = model_path or "outputs"
        kept = _within(self._artifacts(), path)
        place = kept if os.path.exists(kept) else os.path.abspath(path)
        if not os.path.exists(place):
            raise _local.UserErrorException(f"could not locate the model at {path}: it is neither uploaded to the run nor in {os.getcwd()}")
        return register(model_name, place, {**(properties or {}), **(tags or {})}, description)

    # ---- children and the end

    def child_run(self, name=None, **_unused):
        body = {"experiment_id": self._told()["info"]["experiment_id"], "run_name": name or "", "start_time": _now()}
        made = _local.mlflow("runs/create", {**body, "tags": [{"key": "mlflow.parentRunId", "value": self.id}]})
        return Run(self._experiment, made["run"]["info"]["run_id"])

    def create_children(self, count=None, tag_key=None, tag_values=None, **_unused):
        children = [self.child_run() for _ in (tag_values or range(count or 0))]
        for child, value in zip(children, tag_values or []):
            child.tag(tag_key, value)
        return children

    def get_children(self, **_unused):
        found = {"experiment_ids": [self._told()["info"]["experiment_id"]], "filter": f"tags.mlflow.parentRunId = '{self.id}'"}
        for run in _local.mlflow("runs/search", found).get("runs", []):
            yield Run(self._experiment, run["info"]["run_id"])

    def start(self):
        self._call("runs/update", {"status": "RUNNING"})

    def complete(self, **_unused):
        """How a step ends is told by its process; a child ends here."""
        if self.id != _local.run_id():
            self._call("runs/update", {"status": "FINISHED", "end_time": _now()})

    def fail(self, error_details=None, error_code=None, **_unused):
        if self.id != _local.run_id():
            return self._call("runs/update", {"status": "FAILED", "end_time": _now()})
        raise SystemExit(f"the script said that it failed: {error_details or error_code or ''}")

    def cancel(self):
        self.fail("cancelled")

    def wait_for_completion(self, *_unused, **_named):
        return self.get_details()

    def flush(self, timeout_seconds=300):
        return None

    def submit_child(self, *_unused, **_named):
        raise NotImplementedError("a script that starts others is a pipeline: write its steps in YAML, or use run.child_run() within this process")

    def __enter__(self):
        return self

    def __exit__(self, kind, *_unused):
        if self.id != _local.run_id():
            self._call("runs/update", {"status": "FAILED" if kind else "FINISHED", "end_time": _now()})

    def __repr__(self):
        return f"Run(Experiment: {self.experiment.name}, Id: {self.id})"

    # ---- inside

    def _told(self):
        return _local.mlflow("runs/get", {"run_id": self.id}, method="GET")["run"]

    def _call(self, path, body):
        return _local.mlflow(path, {"run_id": self.id, **body})

    def _metrics(self, values):
        """The next step number of each name, unless one is given."""
        metrics = []
        for name, value, step in values:
            at = self._steps.get(name, 0) if step is None else int(step)
            self._steps[name] = at + 1
            metrics.append({"key": name, "value": value if math.isfinite(value) else str(value), "timestamp": _now(), "step": at})
        for start in range(0, len(metrics), 1000):
            self._call("runs/log-batch", {"metrics": metrics[start : start + 1000]})

    def _add_rows(self, name, rows):
        """A table is kept as a file; its columns of numbers are curves as well."""
        kept = self._rows.setdefault(name, [])
        kept.extend(rows)
        numbers = [(f"{name}/{column}", float(value), None) for row in rows for column, value in row.items() if _is_number(value)]
        if numbers:
            self._metrics(numbers)
        columns = list(dict.fromkeys(column for row in kept for column in row))
        self._log_document(name, {"columns": columns, "data": [[row.get(column) for column in columns] for row in kept]})

    def _artifacts(self):
        """A step's client is told the folder itself."""
        uri = self._told()["info"]["artifact_uri"]
        if not uri.startswith("file:"):
            raise RuntimeError("files are kept for runs of steps only: start the script as a step, or use mlflow.log_artifact")
        from urllib.parse import unquote, urlparse

        return unquote(urlparse(uri).path)

    def _keep(self, source, name):
        target = _within(self._artifacts(), name)
        if not os.path.exists(source):
            raise _local.UserErrorException(f"there is nothing at {os.path.abspath(source)}")
        if os.path.isdir(source):
            shutil.copytree(source, target, dirs_exist_ok=True)
        else:
            os.makedirs(os.path.dirname(target), exist_ok=True)
            shutil.copy(source, target)

    def _files(self, path):
        listed = _local.mlflow("artifacts/list", {"run_id": self.id, "path": path}, method="GET").get("files", [])
        for file in listed:
            yield file["path"], file["is_dir"]
            if file["is_dir"]:
                yield from self._files(file["path"])


class _OfflineRun(Run):
    """Of a script that was started by itself: what it logs is printed."""

    def __init__(self):
        super().__init__(None, f"OfflineRun_{uuid.uuid4()}")

    def _told(self):
        return {"info": {"run_id": self.id, "run_name": self.id, "status": "RUNNING", "experiment_id": "0"}, "data": {}}

    def _call(self, path, body):
        if "metrics" in body:
            for metric in body["metrics"]:
                print(f"Attempted to log scalar metric {metric['key']}:\n{metric['value']}", flush=True)
        elif "key" in body:
            print(f"Attempted to set the tag {body['key']}: {body.get('value', '')}", flush=True)

    def _keep(self, source, name):
        print(f"Attempted to upload {source} as {name}", flush=True)

    def _files(self, path):
        return iter(())

    def _artifacts(self):
        return os.getcwd()

    def get_metrics(self, name=None, **_unused):
        return {}

    def get_children(self, **_unused):
        return iter(())

    def child_run(self, name=None, **_unused):
        return _OfflineRun()

    def get_portal_url(self):
        return ""


def get_run(experiment, run_id, **_unused):
    return Run(experiment, run_id)


def _within(root, name):
    """A name that leads out of the run's files is refused."""
    path = os.path.normpath(os.path.join(root, name))
    if path != root and not path.startswith(root.rstrip(os.sep) + os.sep):
        raise _local.UserErrorException(f"'{name}' leads out of the files of the run")
    return path


def _now():
    return int(time.time() * 1000)


def _utc(milliseconds):
    return None if not milliseconds else time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(int(milliseconds) / 1000))


def _is_number(value):
    if isinstance(value, (bool, str)) or value is None:
        return False
    try:
        float(value)
    except (TypeError, ValueError):
        return False
    return True


def _plain(value):
    """Arrays and numbers of numpy."""
    if hasattr(value, "tolist"):
        return value.tolist()
    return str(value)
