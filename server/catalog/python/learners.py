"""Learners: from what `learner.json` says to a scikit-learn pipeline that takes raw columns.

The pipeline fills gaps, encodes categories and scales numbers, so a model can be used wherever scikit-learn and pandas are,
without any module of this catalog.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Mapping, Optional

import numpy as np
import pandas as pd

from columns import Column, choose_columns, find_column
from frames import columns_of_frame
from step import StepError, counted

#: Categories that are rarer than this share become one.
RAREST = 0.01
#: Stands for a missing category, so that None and NaN are the same to a model.
MISSING = "(missing)"
TASKS = {
    "ridge": "regression",
    "random_forest_regressor": "regression",
    "gradient_boosting_regressor": "regression",
    "logistic_regression": "classification",
    "random_forest_classifier": "classification",
    "gradient_boosting_classifier": "classification",
    "k_means": "clustering",
}
LEARNABLE = ("number", "text", "boolean")


@dataclass(frozen=True)
class Learner:
    """An estimator that has not been trained, and its parameters."""

    estimator: str
    parameters: Mapping[str, Any]

    @property
    def task(self) -> str:
        return TASKS[self.estimator]


@dataclass(frozen=True)
class Wanted:
    """What the person says of the columns, and what the table says of itself."""

    label: str = ""
    features: str = ""
    roles: Mapping[str, Any] = field(default_factory=dict)


def read_learner(path: str) -> Learner:
    """The learner that a learner component wrote."""
    file = Path(path) / "learner.json"
    if not file.is_file():
        raise StepError(f'"{path}" holds no learner: connect one of the learners, as Linear regression')
    said = json.loads(file.read_text(encoding="utf-8"))
    if said.get("estimator") not in TASKS:
        raise StepError(f'the learner "{said.get("estimator")}" is not known here')
    return Learner(said["estimator"], said.get("parameters", {}))


def split_columns(frame: pd.DataFrame, learner: Learner, wanted: Wanted) -> tuple[list[str], Optional[str]]:
    """The columns to learn from and the one to predict; checked against the table and the task.

    The label is the one that is named, else the one that the table is marked with. Unless features are named, identifiers are none.
    """
    columns = columns_of_frame(frame)
    features, label = wanted.features, wanted.label or wanted.roles.get("label", "")
    if learner.task != "clustering" and not label:
        raise StepError(f"a {learner.task} learner needs a label: name the column to predict")
    target = find_column(label, columns) if label else None
    if target and learner.task == "regression" and target.kind != "number":
        raise StepError(f'the label "{label}" holds no numbers: use a classification learner, or change its type with Edit metadata')
    identifiers = wanted.roles.get("identifiers", [])
    among = choose_columns(features, columns) if features else [column for column in columns if column.name not in identifiers]
    chosen = [column for column in among if column != target]
    learnable = _only_learnable(chosen, is_named=bool(features))
    if not learnable:
        raise StepError("no feature is left to learn from")
    return [column.name for column in learnable], label if learner.task != "clustering" else None


def _only_learnable(columns: list[Column], is_named: bool) -> list[Column]:
    """Dates and nested values carry no number that a learner could take; naming one is a mistake, having one is not."""
    left_out = [column for column in columns if column.kind not in LEARNABLE]
    if left_out and is_named:
        raise StepError(
            f'the feature "{left_out[0].name}" holds {left_out[0].kind} values, which cannot be learned from. '
            "Take numbers out of it with Apply SQL, as year(date) or dayofweek(date)"
        )
    for column in left_out:
        print(f'Column "{column.name}" is left out: it holds {column.kind} values')
    return [column for column in columns if column.kind in LEARNABLE]


def learnable_target(frame: pd.DataFrame, learner: Learner, label: Optional[str]) -> Optional[pd.Series]:
    """The label as the estimator takes it; no value may be missing."""
    if label is None:
        return None
    values = frame[label]
    return values.astype(float) if learner.task == "regression" else class_values(values)


def class_values(values: pd.Series) -> pd.Series:
    """Classes in one form, however the table came to hold them: 1 and 1.0 are one class, as are a boolean and its object.

    A column of whole numbers with a gap is read as floats, the same column without it as integers.
    """
    known = values.dropna()
    kind = pd.api.types.infer_dtype(known, skipna=True)
    if kind == "boolean":
        return values.astype(bool) if len(known) == len(values) else values
    if pd.api.types.is_numeric_dtype(values) and (known % 1 == 0).all():
        return values.astype("Int64") if len(known) < len(values) else values.astype("int64")
    return values


def build_pipeline(learner: Learner, features: pd.DataFrame) -> Any:
    """A pipeline that takes the raw columns and has not been fitted."""
    from sklearn.compose import ColumnTransformer
    from sklearn.impute import SimpleImputer
    from sklearn.pipeline import Pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    kinds = {column.name: column.kind for column in columns_of_frame(features)}
    numbers = [name for name, kind in kinds.items() if kind != "text"]
    texts = [name for name, kind in kinds.items() if kind == "text"]
    parts = []
    if numbers:
        fill = SimpleImputer(strategy="median", keep_empty_features=True)
        parts.append(("numbers", Pipeline([("fill", fill), ("scale", StandardScaler())]), numbers))
    if texts:
        gaps = [(f"fill_{name}", SimpleImputer(missing_values=gap, strategy="constant", fill_value=MISSING)) for name, gap in (("nan", np.nan), ("none", None))]
        encode = OneHotEncoder(handle_unknown="infrequent_if_exist", min_frequency=RAREST, sparse_output=False)
        parts.append(("categories", Pipeline([*gaps, ("encode", encode)]), texts))
    return Pipeline([("prepare", ColumnTransformer(parts)), ("learn", make_estimator(learner))])


def fit(pipeline: Any, features: pd.DataFrame, target: Optional[pd.Series]) -> None:
    """Trains; what the estimator says of data that it cannot learn from is the user's to read."""
    if target is not None and target.nunique() < 2:
        raise StepError(f'the label "{target.name}" has the same value in all of {counted(len(target), "row")}: there is nothing to learn')
    clusters = getattr(pipeline.named_steps["learn"], "n_clusters", 0)
    if clusters > len(features):
        raise StepError(f"{counted(clusters, 'cluster')} cannot be found in {counted(len(features), 'row')}")
    try:
        pipeline.fit(features, target)
    except ValueError as error:
        raise StepError(f"the learner cannot be trained on this table: {error}") from None


def make_estimator(learner: Learner) -> Any:
    """Imports only the estimator that is asked for: each module of scikit-learn costs time."""
    given = learner.parameters
    seed = given.get("seed", 0)
    if learner.estimator == "ridge":
        from sklearn.linear_model import LinearRegression, Ridge

        # Ordinary least squares has its own solver, which columns that depend on each other do not trouble.
        alpha = given.get("alpha", 1.0)
        return Ridge(alpha=alpha) if alpha else LinearRegression()
    if learner.estimator == "logistic_regression":
        from sklearn.linear_model import LogisticRegression

        return LogisticRegression(C=given.get("c", 1.0), max_iter=2000)
    if learner.estimator == "k_means":
        from sklearn.cluster import KMeans

        return KMeans(n_clusters=given.get("clusters", 3), n_init=10, random_state=seed)
    from sklearn import ensemble

    if learner.estimator.startswith("random_forest"):
        kind = ensemble.RandomForestRegressor if learner.task == "regression" else ensemble.RandomForestClassifier
        return kind(
            n_estimators=given.get("trees", 100),
            max_depth=given.get("max_depth", 0) or None,
            min_samples_leaf=given.get("min_leaf", 1),
            random_state=seed,
        )
    kind = ensemble.HistGradientBoostingRegressor if learner.task == "regression" else ensemble.HistGradientBoostingClassifier
    # Without early stopping the number of rounds is what was asked for, and no rows are set aside.
    return kind(max_iter=given.get("rounds", 200), learning_rate=given.get("learning_rate", 0.1), early_stopping=False, random_state=seed)
