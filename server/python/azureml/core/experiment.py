"""An experiment, as far as a step has one: its name."""

import os

from azureml.core import _local


class Experiment:
    def __init__(self, workspace=None, name=None, **_unused):
        from azureml.core.workspace import Workspace

        self.workspace = workspace or Workspace()
        self.name = name or os.environ.get("MLFLOW_EXPERIMENT_NAME", "local")

    @property
    def id(self):
        return os.environ.get("AZUREML_EXPERIMENT_ID", self.name)

    def start_logging(self, *_unused, **_named):
        """A run of its own within the step's."""
        from azureml.core.run import Run

        return Run.get_context().child_run()

    def get_runs(self, **_unused):
        from azureml.core.run import Run

        found = _local.mlflow("experiments/get-by-name", {"experiment_name": self.name}, method="GET")["experiment"]["experiment_id"]
        token = None
        while True:
            page = _local.mlflow("runs/search", {"experiment_ids": [found], "max_results": 200, **({"page_token": token} if token else {})})
            for run in page.get("runs", []):
                yield Run(self, run["info"]["run_id"])
            token = page.get("next_page_token")
            if not token:
                return

    def submit(self, *_unused, **_named):
        raise NotImplementedError("a script that submits others is a pipeline: write its steps in YAML and run them with `pipewright run`")
