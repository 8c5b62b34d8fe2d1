"""MLflow model folders, written and read without mlflow: importing it would cost each step seconds.

Format: the `MLmodel` file of MLflow 2 with the flavors python_function and sklearn. Nothing in it depends on the time or on
chance, because reuse is decided by content.
"""

from __future__ import annotations

import hashlib
import json
import pickle
import platform
from pathlib import Path
from typing import Any, Mapping

import pandas as pd
import yaml

from step import StepError

MLFLOW_VERSION = "2.18.0"
ABOUT_NAME = "pipewright.json"


def write_model(folder: str, model: Any, features: pd.DataFrame, about: Mapping[str, Any]) -> None:
    import numpy
    import scipy
    import sklearn

    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    data = pickle.dumps(model, protocol=4)
    (target / "model.pkl").write_bytes(data)
    packages = [f"{module.__name__}=={module.__version__}" for module in (numpy, pd, scipy)]
    requirements = [f"mlflow=={MLFLOW_VERSION}", *packages, f"scikit-learn=={sklearn.__version__}"]
    (target / "requirements.txt").write_text("\n".join(requirements) + "\n", encoding="utf-8")
    python = platform.python_version()
    write_yaml(target / "python_env.yaml", {"python": python, "build_dependencies": ["pip", "setuptools", "wheel"], "dependencies": ["-r requirements.txt"]})
    conda = {"channels": ["conda-forge"], "dependencies": [f"python={python}", "pip", {"pip": requirements}], "name": "mlflow-env"}
    write_yaml(target / "conda.yaml", conda)
    write_yaml(target / "MLmodel", describe(data, features, python, sklearn.__version__))
    (target / ABOUT_NAME).write_text(json.dumps(about, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def describe(data: bytes, features: pd.DataFrame, python: str, sklearn_version: str) -> dict[str, Any]:
    inputs = [{"type": type_of(features[name]), "name": str(name), "required": True} for name in features.columns]
    return {
        "flavors": {
            "python_function": {
                "env": {"conda": "conda.yaml", "virtualenv": "python_env.yaml"},
                "loader_module": "mlflow.sklearn",
                "model_path": "model.pkl",
                "predict_fn": "predict",
                "python_version": python,
            },
            "sklearn": {"code": None, "pickled_model": "model.pkl", "serialization_format": "pickle", "sklearn_version": sklearn_version},
        },
        "mlflow_version": MLFLOW_VERSION,
        "model_size_bytes": len(data),
        "model_uuid": hashlib.sha256(data).hexdigest()[:32],
        "signature": {"inputs": json.dumps(inputs), "outputs": None, "params": None},
        "utc_time_created": "2000-01-01 00:00:00.000000",
    }


def type_of(column: pd.Series) -> str:
    """MLflow's name of a column's type, as MLflow itself would infer it: it takes no whole number for a double, nor the reverse."""
    if pd.api.types.is_bool_dtype(column):
        return "boolean"
    if pd.api.types.is_integer_dtype(column):
        return "long"
    if pd.api.types.is_numeric_dtype(column):
        return "double"
    return "datetime" if pd.api.types.is_datetime64_any_dtype(column) else "string"


def read_model(folder: str) -> tuple[Any, dict[str, Any]]:
    """A scikit-learn model, of this catalog or logged by MLflow, with what is known about it."""
    target = Path(folder)
    if not (target / "MLmodel").is_file():
        raise StepError("this is no model: its folder has no MLmodel file. Connect the model output of Train model")
    description = yaml.safe_load((target / "MLmodel").read_text(encoding="utf-8"))
    flavor = description.get("flavors", {}).get("sklearn")
    if flavor is None:
        kinds = ", ".join(description.get("flavors", {})) or "none"
        raise StepError(f"only scikit-learn models can be used here, and this one has the flavors: {kinds}. Use it in a Python step of your own with MLflow")
    try:
        with (target / flavor["pickled_model"]).open("rb") as file:
            model = pickle.load(file)
    except (ImportError, AttributeError) as error:
        raise StepError(f"the model cannot be loaded in this environment: {error}") from None
    about = target / ABOUT_NAME
    return model, json.loads(about.read_text(encoding="utf-8")) if about.is_file() else _what_mlflow_knows(model, description)


def _what_mlflow_knows(model: Any, description: Mapping[str, Any]) -> dict[str, Any]:
    """The features of the signature; the task by what the model can do."""
    signature = (description.get("signature") or {}).get("inputs")
    features = [column["name"] for column in json.loads(signature)] if signature else list(getattr(model, "feature_names_in_", []))
    if not features or not all(isinstance(name, str) for name in features):
        raise StepError("the model does not say which columns it takes: log it with a signature of named columns")
    return {"task": _task_of(model), "label": None, "features": features, "estimator": type(model).__name__}


def _task_of(model: Any) -> str:
    """By what the model is; of a pipeline its last step counts."""
    from sklearn.base import is_classifier

    if is_classifier(model):
        return "classification"
    last = model.steps[-1][1] if hasattr(model, "steps") else model
    return "clustering" if hasattr(last, "labels_") else "regression"


def write_yaml(path: Path, value: Any) -> None:
    path.write_text(yaml.safe_dump(value, sort_keys=True), encoding="utf-8")
