"""Learners: from what `learner.json` says to a scikit-learn pipeline that takes raw columns.

The pipeline fills gaps, encodes categories and scales numbers, so a model can be used wherever scikit-learn and pandas are,
without any module of this catalog.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Mapping, Optional

import pandas as pd

from columns import list_names, split_names
from step import StepError, did_you_mean

#: Categories that are rarer than this share become one.
RAREST = 0.01
TASKS = {
    "ridge": "regression",
    "random_forest_regressor": "regression",
    "gradient_boosting_regressor": "regression",
    "logistic_regression": "classification",
    "random_forest_classifier": "classification",
    "gradient_boosting_classifier": "classification",
    "k_means": "clustering",
}


@dataclass(frozen=True)
class Learner:
    estimator: str
    parameters: Mapping[str, Any]

    @property
    def task(self) -> str:
        return TASKS[self.estimator]


def read_learner(path: str) -> Learner:
    file = Path(path) / "learner.json"
    if not file.is_file():
        raise StepError(f'"{path}" holds no learner: connect one of the learners, as Linear regression')
    said = json.loads(file.read_text(encoding="utf-8"))
    if said.get("estimator") not in TASKS:
        raise StepError(f'the learner "{said.get("estimator")}" is not known here')
    return Learner(said["estimator"], said.get("parameters", {}))


def split_columns(frame: pd.DataFrame, learner: Learner, label: str, features: str) -> tuple[list[str], Optional[str]]:
    """The columns to learn from and the one to predict; checked against the table and the task."""
    names = [str(name) for name in frame.columns]
    if learner.task != "clustering" and not label:
        raise StepError(f"a {learner.task} learner needs a label: name the column to predict")
    wanted = split_names(features) if features else [name for name in names if name != label]
    for name in [*wanted, *([label] if label else [])]:
        if name not in names:
            raise StepError(f'no column "{name}".{did_you_mean(name, names)} The table has: {list_names(names)}')
    chosen = [name for name in wanted if name != label]
    if not chosen:
        raise StepError("no feature is left to learn from")
    if label and learner.task == "regression" and not pd.api.types.is_numeric_dtype(frame[label]):
        raise StepError(f'the label "{label}" holds no numbers: use a classification learner, or change its type with Edit metadata')
    return chosen, label if learner.task != "clustering" else None


def build_pipeline(learner: Learner, features: pd.DataFrame) -> Any:
    from sklearn.compose import ColumnTransformer
    from sklearn.impute import SimpleImputer
    from sklearn.pipeline import Pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    numbers = [name for name in features.columns if pd.api.types.is_numeric_dtype(features[name]) and not pd.api.types.is_bool_dtype(features[name])]
    others = [name for name in features.columns if name not in numbers]
    parts = []
    if numbers:
        parts.append(("numbers", Pipeline([("fill", SimpleImputer(strategy="median", keep_empty_features=True)), ("scale", StandardScaler())]), numbers))
    if others:
        encode = OneHotEncoder(handle_unknown="infrequent_if_exist", min_frequency=RAREST, sparse_output=False)
        parts.append(("categories", encode, others))
    return Pipeline([("prepare", ColumnTransformer(parts)), ("learn", make_estimator(learner))])


def make_estimator(learner: Learner) -> Any:
    """Imports only the estimator that is asked for: each module of scikit-learn costs time."""
    given = learner.parameters
    seed = given.get("seed", 0)
    if learner.estimator == "ridge":
        from sklearn.linear_model import Ridge

        return Ridge(alpha=given.get("alpha", 1.0))
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
    return kind(max_iter=given.get("rounds", 200), learning_rate=given.get("learning_rate", 0.1), random_state=seed)
