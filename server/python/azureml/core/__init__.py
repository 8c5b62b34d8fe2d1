"""
What training scripts use of `azureml-core`, on the step's own tracking and the assets of the workspace. An installed
azureml-core is used in its place.
"""

from pipewright_beside import installed

if installed(__name__) is None:
    from azureml.core.dataset import Dataset  # noqa: F401
    from azureml.core.experiment import Experiment  # noqa: F401
    from azureml.core.model import Model  # noqa: F401
    from azureml.core.run import Run  # noqa: F401
    from azureml.core.workspace import Datastore, Workspace  # noqa: F401

    VERSION = "0.0.0+pipewright"

    _instead = {
        "Environment": "environments are part of a step: `environment:` in the pipeline's YAML",
        "ScriptRunConfig": "a script that starts others is a pipeline: write its steps in YAML, or call mlflow.start_run(nested=True)",
        "ComputeTarget": "steps run on this machine, and need no compute to be named",
        "Webservice": "nothing is deployed here: load the model with mlflow.pyfunc.load_model",
        "Keyvault": "secrets come from the environment of the server's process",
    }

    def __getattr__(name):
        if name.startswith("__"):
            raise AttributeError(name)
        hint = _instead.get(name, "Run, Experiment, Workspace, Dataset, Datastore and Model are there without it")
        raise ImportError(f"azureml.core.{name} is part of the package azureml-core, which the step's environment does not have. Here, {hint}.")
