"""
`mlflow.set_tracking_uri("azureml://…")` in a script: the runs go to the server that started the step. mlflow finds this by
the entry points beside it. Where azureml-mlflow is installed it is used.
"""

import os
from importlib.metadata import entry_points


def _theirs(group):
    found = entry_points()
    chosen = found.select(group=group) if hasattr(found, "select") else found.get(group, [])
    others = [point for point in chosen if point.name == "azureml" and not point.value.startswith("pipewright_mlflow")]
    return others[0].load() if others else None


def _uri(given):
    from mlflow.exceptions import MlflowException

    # mlflow has written the other address over its own variable.
    uri = os.environ.get("PIPEWRIGHT_TRACKING_URI") or os.environ.get("MLFLOW_TRACKING_URI", "")
    if not uri.startswith("http"):
        raise MlflowException(f"{given} is an address of Azure, and there is no run here: start the script as a step, or set MLFLOW_TRACKING_URI")
    return uri


def tracking_store(store_uri=None, artifact_uri=None, **named):
    other = _theirs("mlflow.tracking_store")
    if other is not None:
        return other(store_uri=store_uri, artifact_uri=artifact_uri, **named)
    from mlflow.store.tracking.rest_store import RestStore
    from mlflow.utils.rest_utils import MlflowHostCreds

    uri = _uri(store_uri)
    return RestStore(lambda: MlflowHostCreds(uri, token=os.environ.get("MLFLOW_TRACKING_TOKEN")))


def model_registry_store(store_uri=None, **named):
    other = _theirs("mlflow.model_registry_store")
    if other is not None:
        return other(store_uri=store_uri, **named)
    from mlflow.store.model_registry.rest_store import RestStore
    from mlflow.utils.rest_utils import MlflowHostCreds

    uri = _uri(store_uri)
    return RestStore(lambda: MlflowHostCreds(uri, token=os.environ.get("MLFLOW_TRACKING_TOKEN")))
