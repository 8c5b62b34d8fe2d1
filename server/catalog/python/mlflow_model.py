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
    """MLflow's name of a column's type. Whole numbers are doubles: a gap at scoring time makes them floats."""
    if pd.api.types.is_bool_dtype(column):
        return "boolean"
    if pd.api.types.is_numeric_dtype(column):
        return "double"
    return "datetime" if pd.api.types.is_datetime64_any_dtype(column) else "string"


def read_model(folder: str) -> tuple[Any, dict[str, Any]]:
    """A model of this catalog with what is known about it."""
    target = Path(folder)
    about = target / ABOUT_NAME
    if not about.is_file():
        raise StepError(f'"{folder}" is not a model that Train model has written')
    with (target / "model.pkl").open("rb") as file:
        return pickle.load(file), json.loads(about.read_text(encoding="utf-8"))


def write_yaml(path: Path, value: Any) -> None:
    path.write_text(yaml.safe_dump(value, sort_keys=True), encoding="utf-8")
