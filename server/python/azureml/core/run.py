"""A run that logs to the tracking endpoint of the step; outside a step it prints."""

import json
import os
import shutil
import time
import urllib.request


class Run:
    def __init__(self):
        self.id = os.environ.get("MLFLOW_RUN_ID") or "OfflineRun"
        self.name = self.id
        self._uri = os.environ.get("MLFLOW_TRACKING_URI", "")
        self._steps = {}

    @classmethod
    def get_context(cls, allow_offline=True, **_unused):
        run = cls()
        if not allow_offline and run._is_offline:
            raise RuntimeError("there is no run: the script was not started as a step")
        return run

    @property
    def _is_offline(self):
        return not self._uri.startswith("http") or self.id == "OfflineRun"

    @property
    def experiment(self):
        return _Named(os.environ.get("MLFLOW_EXPERIMENT_NAME", "local"))

    @property
    def parent(self):
        return self

    @property
    def input_datasets(self):
        return {name[len("AZURE_ML_INPUT_") :]: path for name, path in os.environ.items() if name.startswith("AZURE_ML_INPUT_")}

    def get_environment(self):
        return None

    def log(self, name, value, description="", step=None):
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            try:
                value = float(value)
            except (TypeError, ValueError):
                return self.tag(name, value)
        at = self._steps.get(name, 0) if step is None else int(step)
        self._steps[name] = at + 1
        self._call("runs/log-batch", {"metrics": [{"key": name, "value": value, "timestamp": int(time.time() * 1000), "step": at}]})

    def log_list(self, name, value, description=""):
        for each in value:
            self.log(name, each)

    def log_row(self, name, description=None, **columns):
        for column, value in columns.items():
            self.log(f"{name}/{column}", value)

    def log_table(self, name, value, description=""):
        for column, values in value.items():
            for each in values if isinstance(values, (list, tuple)) else [values]:
                self.log(f"{name}/{column}", each)

    def log_image(self, name, path=None, plot=None, description=""):
        os.makedirs("outputs", exist_ok=True)
        if plot is not None:
            plot.savefig(os.path.join("outputs", f"{name}.png"))
        elif path is not None:
            shutil.copy(path, os.path.join("outputs", os.path.basename(path)))

    def tag(self, key, value=None):
        self._call("runs/set-tag", {"key": key, "value": "" if value is None else str(value)})

    def set_tags(self, tags):
        for key, value in tags.items():
            self.tag(key, value)

    def add_properties(self, properties):
        self.set_tags(properties)

    def get_metrics(self, name=None, **_unused):
        answer = self._call("runs/get", {}, method="GET")
        metrics = ((answer or {}).get("run", {}).get("data", {}) or {}).get("metrics", [])
        values = {metric["key"]: metric["value"] for metric in metrics}
        return {name: values[name]} if name in values else {} if name else values

    def upload_file(self, name, path_or_stream, **_unused):
        target = name if name.startswith("outputs/") else os.path.join("outputs", name)
        os.makedirs(os.path.dirname(target) or ".", exist_ok=True)
        shutil.copy(path_or_stream, target)

    def upload_folder(self, name, path, **_unused):
        target = name if name.startswith("outputs") else os.path.join("outputs", name)
        shutil.copytree(path, target, dirs_exist_ok=True)

    def flush(self, timeout_seconds=300):
        return None

    def complete(self, **_unused):
        return None

    def fail(self, error_details=None, **_unused):
        raise SystemExit(f"the script said that it failed: {error_details or ''}")

    def _call(self, path, body, method="POST"):
        if self._is_offline:
            if method == "POST":
                print(f"run: {json.dumps(body)}", flush=True)
            return None
        url = f"{self._uri}/api/2.0/mlflow/{path}"
        data = None
        if method == "GET":
            url += f"?run_id={self.id}"
        else:
            data = json.dumps({"run_id": self.id, **body}).encode()
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {os.environ.get('MLFLOW_TRACKING_TOKEN', self.id)}"}
        with urllib.request.urlopen(urllib.request.Request(url, data, headers, method=method), timeout=30) as answer:
            return json.loads(answer.read() or b"{}")


class _Named:
    def __init__(self, name):
        self.name = name
