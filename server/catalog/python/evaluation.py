"""Metrics and charts of a scored table."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Mapping, Optional, Sequence

import numpy as np
import pandas as pd

from charts import Chart, thin
from measures import Metrics, class_texts, in_class_order, measure, measure_shares, roc_of
from step import StepError, did_you_mean

#: The silhouette compares every row with every other one; above this it is told from a sample.
MOST_COMPARED = 5000
BINS = 30


@dataclass(frozen=True)
class Evaluation:
    """What is known of one scored table."""

    name: str
    task: str
    metrics: Metrics
    charts: Mapping[str, Chart]


@dataclass(frozen=True)
class Question:
    """What the person says: the true values, and which of two classes is the one that is looked for."""

    label: str = ""
    positive: str = ""


def evaluate(frame: pd.DataFrame, roles: Mapping[str, Any], question: Question) -> Evaluation:
    """Measures a scored table; its roles say what Score model put where."""
    scored = roles["scored"]
    name = str(scored.get("learner", "model"))
    if scored["task"] == "clustering":
        metrics, charts = _clusters(frame, frame[scored["column"]], roles.get("features", []))
        return Evaluation(name, "clustering", _told(metrics), charts)
    label = question.label or scored["label"]
    if not label:
        raise StepError("the model does not say which column it predicts: name the label")
    if label not in frame.columns:
        hint = did_you_mean(label, [str(column) for column in frame.columns])
        raise StepError(f'the table has no column "{label}" with the true values, so the predictions cannot be compared with anything.{hint}')
    known = frame[label].notna()
    if not known.any():
        raise StepError(f'no row has a value of the label "{label}"')
    if not known.all():
        print(f"{int((~known).sum()):,} of {len(frame):,} rows have no true value and are left out")
    actual, predicted = frame.loc[known, label], frame.loc[known, scored["column"]]
    if scored["task"] == "regression":
        if not pd.api.types.is_numeric_dtype(actual):
            raise StepError(f'the label "{label}" holds no numbers, but the model predicts numbers')
        return Evaluation(name, "regression", _told(measure("regression", actual, predicted)), _errors(actual, predicted, label))
    shares = {value: frame.loc[known, column] for value, column in scored.get("probabilities", {}).items() if column in frame.columns}
    metrics, charts = _classes(actual, predicted, shares, question.positive)
    return Evaluation(name, "classification", _told(metrics), charts)


def _told(metrics: Metrics) -> Metrics:
    """Without what cannot be told, as the R² of rows whose true values are all the same."""
    for name, value in metrics.items():
        if not math.isfinite(value):
            print(f"{name} cannot be told from these rows")
    return {name: value for name, value in metrics.items() if math.isfinite(value)}


def _errors(actual: pd.Series, predicted: pd.Series, label: str) -> dict[str, Chart]:
    pairs = pd.DataFrame({"actual": actual.to_numpy(dtype=float), "predicted": predicted.to_numpy(dtype=float)})
    counts, edges = np.histogram(pairs["actual"] - pairs["predicted"], bins=min(BINS, max(5, len(pairs) // 4)))
    bars = [{"from": float(low), "to": float(high), "rows": int(count)} for low, high, count in zip(edges, edges[1:], counts)]
    return {
        "predicted_vs_actual": Chart(f"Predicted against actual {label}", "scatter", "actual", "predicted", thin(pairs), guide=True),
        "residuals": Chart("Residuals", "histogram", "actual − predicted", "rows", bars),
    }


def _classes(actual: pd.Series, predicted: pd.Series, shares: Mapping[str, pd.Series], wanted: str) -> tuple[Metrics, dict[str, Chart]]:
    classes = in_class_order({*class_texts(actual), *class_texts(predicted), *shares})
    if wanted and wanted not in classes:
        raise StepError(f'no class is called "{wanted}".{did_you_mean(wanted, classes)} The classes are: {", ".join(classes)}')
    positive = _positive(classes, wanted)
    metrics = measure("classification", actual, predicted, positive)
    charts = {"confusion_matrix": _confusion(actual, predicted, classes)}
    if shares:
        metrics.update(measure_shares(actual, shares))
        curves = {name: roc_of(actual, shares[name], name) for name in ([positive] if positive in shares else in_class_order(set(shares)))}
        drawn = {name: curve for name, curve in curves.items() if curve is not None}
        if drawn:
            metrics["auc"] = float(np.mean([curve.area for curve in drawn.values()]))
            charts["roc"] = _roc_chart(drawn, metrics["auc"])
    return metrics, charts


def _positive(classes: Sequence[str], wanted: str) -> Optional[str]:
    """Of two classes the one that is looked for is the last, as 1 of 0 and 1, unless it is named."""
    return (wanted or classes[-1]) if len(classes) <= 2 else None


def _roc_chart(curves: Mapping[str, Any], area: float) -> Chart:
    points = [
        {"false_positive_rate": point["x"], "true_positive_rate": point["y"], "class": name}
        for name, curve in curves.items()
        for point in thin(pd.DataFrame({"x": curve.false_rate, "y": curve.true_rate}))
    ]
    title = f"ROC curve, area {area:.3f}" if len(curves) == 1 else f"ROC curves, mean area {area:.3f}"
    return Chart(title, "lines", "false_positive_rate", "true_positive_rate", points, series="class", guide=True)


def _confusion(actual: pd.Series, predicted: pd.Series, classes: Sequence[str]) -> Chart:
    counts = pd.crosstab(class_texts(actual).to_numpy(), class_texts(predicted).to_numpy())
    counts = counts.reindex(index=classes, columns=classes, fill_value=0)
    rows = [{"actual": a, "predicted": p, "rows": int(counts.loc[a, p])} for a in classes for p in classes]
    return Chart("Confusion matrix", "matrix", "predicted", "actual", rows)


def _clusters(frame: pd.DataFrame, cluster: pd.Series, features: Sequence[str]) -> tuple[Metrics, dict[str, Chart]]:
    from sklearn.metrics import davies_bouldin_score, silhouette_score

    numbers = [name for name in features if name in frame.columns and pd.api.types.is_numeric_dtype(frame[name])]
    if not numbers:
        raise StepError("clusters are measured by the numeric columns that they were found by, and the table has none of them")
    points = _standardized(frame[numbers])
    found = int(cluster.nunique())
    metrics: Metrics = {"clusters": float(found)}
    if 1 < found < len(points):
        sample = MOST_COMPARED if len(points) > MOST_COMPARED else None
        metrics["silhouette"] = float(silhouette_score(points, cluster, sample_size=sample, random_state=0))
        metrics["davies_bouldin"] = float(davies_bouldin_score(points, cluster))
    sizes = cluster.value_counts().sort_index()
    charts = {"cluster_sizes": Chart("Rows in each cluster", "bars", "cluster", "rows", [{"cluster": str(name), "rows": int(count)} for name, count in sizes.items()])}
    if len(numbers) > 1:
        first, second = _two_directions(points)
        shown = thin(pd.DataFrame({"first_direction": first, "second_direction": second, "cluster": cluster.astype(str).to_numpy()}))
        charts["clusters"] = Chart("Clusters along the two directions of most variation", "scatter", "first_direction", "second_direction", shown, series="cluster")
    return metrics, charts


def _standardized(frame: pd.DataFrame) -> np.ndarray:
    """The columns at mean 0 and deviation 1, as the model saw them; gaps lie in the middle."""
    filled = frame.astype(float).fillna(frame.median())
    spread = filled.std(ddof=0).replace(0, 1)
    return ((filled - filled.mean()) / spread).to_numpy()


def _two_directions(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The first two principal components; the sign, which is arbitrary, makes the largest weight positive."""
    _, _, directions = np.linalg.svd(points, full_matrices=False)
    signed = [direction * np.sign(direction[np.abs(direction).argmax()]) for direction in directions[:2]]
    return points @ signed[0], points @ signed[1]
