"""The workspace is the server's data folder; its names are those of the environment variables that Azure sets."""

import os

from azureml.core import _local


_instead = {
    "compute_targets": "steps run on this machine, and need no compute to be named",
    "datastores": "they are folders, which the input of a step names by azureml://datastores/NAME/paths/… (config.yml says which folder that is)",
    "environments": "they are part of a step: `environment:` in the pipeline's YAML",
    "experiments": "use azureml.core.Experiment(workspace, name)",
    "webservices": "nothing is deployed: load the model with mlflow.pyfunc.load_model",
}


class Workspace:
    def __init__(self, subscription_id=None, resource_group=None, workspace_name=None, **_unused):
        self.subscription_id = subscription_id or os.environ.get("AZUREML_ARM_SUBSCRIPTION", "local")
        self.resource_group = resource_group or os.environ.get("AZUREML_ARM_RESOURCEGROUP", "local")
        self.name = workspace_name or os.environ.get("AZUREML_ARM_WORKSPACE_NAME", "local")
        self.location = "local"

    @classmethod
    def from_config(cls, *_unused, **_named):
        return cls()

    @classmethod
    def get(cls, name=None, subscription_id=None, resource_group=None, **_unused):
        return cls(subscription_id, resource_group, name)

    def get_mlflow_tracking_uri(self, **_unused):
        return _local.tracking_uri() or ""

    @property
    def datasets(self):
        from azureml.core.dataset import Dataset

        return _Named(lambda name: Dataset.get_by_name(self, name))

    @property
    def models(self):
        from azureml.core.model import Model

        return _Named(lambda name: Model(self, name))

    def get_default_datastore(self):
        raise NotImplementedError("a step reads its inputs and writes its outputs: bind them in the pipeline, as ${{inputs.x}} and ${{outputs.y}}")

    def __getattr__(self, name):
        hint = _instead.get(name)
        raise AttributeError(f"a workspace has no {name}" + ("" if hint is None else f" here: {hint}"))

    def get_default_keyvault(self):
        return _Keyvault()


class _Keyvault:
    """Secrets of a step are variables of its environment."""

    def get_secret(self, name):
        for candidate in (name, name.upper().replace("-", "_")):
            if candidate in os.environ:
                return os.environ[candidate]
        raise KeyError(f"there is no secret '{name}': there is no key vault here, so set the environment variable {name.upper().replace('-', '_')} of the step")

    def get_secrets(self, secrets):
        return {name: self.get_secret(name) for name in secrets}


class _Named:
    def __init__(self, get):
        self._get = get

    def __getitem__(self, name):
        return self._get(name)

    def get(self, name, default=None):
        try:
            return self._get(name)
        except LookupError:
            return default


class Datastore:
    def __init__(self, workspace=None, name=None, **_unused):
        raise NotImplementedError(
            f"datastores are folders here: give the input of the step the path azureml://datastores/{name or 'NAME'}/paths/… (config.yml says which folder that is)"
        )

    @classmethod
    def get(cls, workspace=None, datastore_name=None, **_unused):
        return cls(workspace, datastore_name)
