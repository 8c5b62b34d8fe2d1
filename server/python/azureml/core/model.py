"""Registered models: found by name, and made from files of the step."""

import os
import shutil

from azureml.core import _local
from azureml.core.dataset import fetch


class Model:
    def __init__(self, workspace=None, name=None, id=None, version=None, tags=None, **_unused):
        if id is not None and name is None:
            name, _, named = str(id).partition(":")
            version = version or named or None
        if name is None:
            raise TypeError("a model has a name")
        found = [model for model in _versions(name) if tags is None or all(tag in _as_pairs(model) for tag in _pairs(tags))]
        chosen = [model for model in found if version is None or str(model["version"]) == str(version)]
        if not chosen:
            what = f"'{name}'" if version is None else f"'{name}' with version {version}"
            raise LookupError(f"ModelNotFound: there is no model {what}")
        self._told = chosen[0]
        self.workspace = workspace

    @property
    def name(self):
        return self._told["name"]

    @property
    def version(self):
        version = self._told["version"]
        return int(version) if version.isdigit() else version

    @property
    def id(self):
        return f"{self.name}:{self.version}"

    @property
    def description(self):
        return self._told.get("description", "")

    @property
    def tags(self):
        return {tag["key"]: tag["value"] for tag in self._told.get("tags", [])}

    @property
    def properties(self):
        return self.tags

    @property
    def run_id(self):
        return self._told.get("run_id") or None

    @classmethod
    def get_model_path(cls, model_name, version=None, _workspace=None):
        """In a scoring script the folder of the model that was handed in, else a copy of the registered one."""
        given = os.environ.get("AZUREML_MODEL_DIR")
        if given and version is None and os.path.exists(os.path.join(given, model_name)):
            return os.path.join(given, model_name)
        model = cls(_workspace, model_name, version=version)
        return fetch("models", model.name, model.version)

    def download(self, target_dir=".", exist_ok=False, **_unused):
        source = fetch("models", self.name, self.version)
        target = os.path.join(target_dir, os.path.basename(source) if os.path.isfile(source) else self.name)
        if os.path.exists(target) and not exist_ok:
            raise _local.UserErrorException(f"{target} is there already: pass exist_ok=True")
        os.makedirs(target_dir, exist_ok=True)
        if os.path.isfile(source):
            shutil.copy(source, target)
        else:
            shutil.copytree(source, target, dirs_exist_ok=True)
        return target

    @classmethod
    def register(cls, workspace=None, model_path=None, model_name=None, tags=None, properties=None, description=None, **_unused):
        if model_path is None or model_name is None:
            raise TypeError("Model.register needs model_path and model_name")
        if not os.path.exists(model_path):
            raise _local.UserErrorException(f"there is nothing at model_path {os.path.abspath(model_path)}")
        return register(model_name, os.path.abspath(model_path), {**(properties or {}), **(tags or {})}, description)

    @classmethod
    def list(cls, workspace=None, name=None, latest=False, **_unused):
        models = _local.mlflow("registered-models/search", {"max_results": 1000}, method="GET").get("registered_models", [])
        names = [model["name"] for model in models if name is None or model["name"] == name]
        found = [cls(workspace, each, version=model["version"]) for each in names for model in _versions(each)]
        if not latest:
            return found
        newest = {}
        for model in found:
            newest.setdefault(model.name, model)
        return list(newest.values())

    def add_tags(self, tags):
        for key, value in tags.items():
            _local.mlflow("model-versions/set-tag", {"name": self.name, "version": str(self.version), "key": key, "value": str(value)})

    def deploy(self, *_unused, **_named):
        raise NotImplementedError("nothing is deployed here: load the model with mlflow.pyfunc.load_model('models:/NAME/VERSION')")

    def __repr__(self):
        return f"Model(name={self.name}, version={self.version})"


def register(name, path, tags=None, description=None):
    """A version of a model from a file or folder; the name comes with its first version."""
    try:
        _local.mlflow("registered-models/create", {"name": name})
    except _local.UserErrorException as error:
        if "already exists" not in str(error):
            raise
    pairs = [{"key": str(key), "value": str(value)} for key, value in (tags or {}).items()]
    body = {"name": name, "source": path, "run_id": _local.run_id() or "", "tags": pairs, "description": description or ""}
    version = _local.mlflow("model-versions/create", body)["model_version"]["version"]
    return Model(None, name, version=version)


def _versions(name):
    """Newest first."""
    try:
        quoted = name.replace("'", "")
        found = _local.mlflow(
            "model-versions/search", {"filter": f"name = '{quoted}'", "order_by": ["version_number DESC"], "max_results": 1000}, method="GET"
        )
    except LookupError:
        return []
    return found.get("model_versions", [])


def _as_pairs(model):
    return {(tag["key"], tag["value"]) for tag in model.get("tags", [])} | {(tag["key"], None) for tag in model.get("tags", [])}


def _pairs(tags):
    if isinstance(tags, dict):
        return [(key, None if value is None else str(value)) for key, value in tags.items()]
    return [(tag, None) if isinstance(tag, str) else (tag[0], str(tag[1])) for tag in tags]
