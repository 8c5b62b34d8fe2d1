"""How good predictions are: metrics by task, and plots in Vega-Lite with their data inside."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

import numpy as np
import pandas as pd

from step import StepError

#: More points than this only blacken a plot.
MOST_POINTS = 1500
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"

Metrics = dict[str, float]
Plot = dict[str, Any]


def evaluate(frame: pd.DataFrame, scored: Mapping[str, Any], features: Sequence[str]) -> tuple[Metrics, dict[str, Plot]]:
    """Metrics and plots of a scored table; `scored` is what Score model wrote down about it."""
    predicted = frame[scored["column"]]
    if scored["task"] == "clustering":
        return evaluate_clusters(frame, predicted, features)
    label = scored["label"]
    if label not in frame.columns:
        raise StepError(f'the table does not have the label "{label}", so the predictions cannot be compared with anything')
    known = frame[label].notna()
    actual, predicted = frame.loc[known, label], predicted[known]
    if actual.empty:
        raise StepError(f'no row has a value of the label "{label}"')
    metrics = measure(scored["task"], actual, predicted)
    if scored["task"] == "regression":
        return metrics, {"predicted_vs_actual": plot_predictions(actual, predicted, label), "residuals": plot_residuals(actual, predicted)}
    plots = {"confusion_matrix": plot_confusion(actual, predicted)}
    shares = scored.get("probabilities", {})
    if len(shares) == 2:
        positive = sorted(shares)[-1]
        curve, area = roc(actual.astype(str) == positive, frame.loc[known, shares[positive]])
        metrics["auc"] = area
        plots["roc"] = curve
    return metrics, plots


def measure(task: str, actual: pd.Series, predicted: Any) -> Metrics:
    predicted = np.asarray(predicted)
    if task == "regression":
        errors = np.asarray(actual, dtype=float) - predicted.astype(float)
        spread = float(((actual - actual.mean()) ** 2).sum())
        squared = float((errors**2).sum())
        return {
            "r2": 1 - squared / spread if spread else float("nan"),
            "rmse": float(np.sqrt(squared / len(errors))),
            "mae": float(np.abs(errors).mean()),
        }
    from sklearn.metrics import accuracy_score, f1_score, precision_score, recall_score

    truth, guess = actual.astype(str), predicted.astype(str)
    options = {"average": "macro", "zero_division": 0}
    return {
        "accuracy": float(accuracy_score(truth, guess)),
        "precision": float(precision_score(truth, guess, **options)),
        "recall": float(recall_score(truth, guess, **options)),
        "f1": float(f1_score(truth, guess, **options)),
    }


def evaluate_clusters(frame: pd.DataFrame, cluster: pd.Series, features: Sequence[str]) -> tuple[Metrics, dict[str, Plot]]:
    from sklearn.metrics import davies_bouldin_score, silhouette_score

    numbers = [name for name in features if pd.api.types.is_numeric_dtype(frame[name])]
    if not numbers:
        raise StepError("clusters are measured by numeric columns, and the table has none")
    points = frame[numbers].fillna(frame[numbers].median())
    found = cluster.nunique()
    metrics = {"clusters": float(found)}
    if 1 < found < len(points):
        metrics["silhouette"] = float(silhouette_score(points, cluster))
        metrics["davies_bouldin"] = float(davies_bouldin_score(points, cluster))
    sizes = cluster.value_counts().sort_index()
    rows = [{"cluster": str(name), "rows": int(count)} for name, count in sizes.items()]
    plots = {"cluster_sizes": bars(rows, "cluster", "rows", "Rows in each cluster")}
    if len(numbers) > 1:
        x, y = points[numbers].std().sort_values(ascending=False, kind="stable").index[:2]
        shown = thin(pd.DataFrame({x: points[x], y: points[y], "cluster": cluster.astype(str)}))
        plots["clusters"] = {
            **base("Clusters by the two columns that vary most", shown.to_dict("records")),
            "mark": {"type": "point", "filled": True, "opacity": 0.7, "tooltip": True},
            "encoding": {"x": field(x), "y": field(y), "color": {"field": "cluster", "type": "nominal"}, "shape": {"field": "cluster", "type": "nominal"}},
        }
    return metrics, plots


def plot_predictions(actual: pd.Series, predicted: Any, label: str) -> Plot:
    shown = thin(pd.DataFrame({"actual": np.asarray(actual, dtype=float), "predicted": np.asarray(predicted, dtype=float)}))
    low, high = float(shown.min().min()), float(shown.max().max())
    line = {"data": {"values": [{"x": low, "y": low}, {"x": high, "y": high}]}, "mark": {"type": "line", "strokeDash": [4, 4], "color": "#808997"}}
    return {
        **base(f"Predicted against actual {label}", shown.to_dict("records")),
        "layer": [
            {"mark": {"type": "point", "filled": True, "opacity": 0.6, "tooltip": True}, "encoding": {"x": field("actual"), "y": field("predicted")}},
            {**line, "encoding": {"x": {"field": "x", "type": "quantitative"}, "y": {"field": "y", "type": "quantitative"}}},
        ],
    }


def plot_residuals(actual: pd.Series, predicted: Any) -> Plot:
    errors = pd.DataFrame({"residual": np.asarray(actual, dtype=float) - np.asarray(predicted, dtype=float)})
    return {
        **base("Residuals", thin(errors).to_dict("records")),
        "mark": {"type": "bar", "tooltip": True},
        "encoding": {"x": {"field": "residual", "bin": {"maxbins": 30}, "title": "actual − predicted"}, "y": {"aggregate": "count", "title": "rows"}},
    }


def plot_confusion(actual: pd.Series, predicted: Any) -> Plot:
    counts = pd.crosstab(actual.astype(str).to_numpy(), np.asarray(predicted).astype(str))
    rows = [{"actual": a, "predicted": p, "rows": int(counts.loc[a, p])} for a in counts.index for p in counts.columns]
    axes = {"x": {"field": "predicted", "type": "nominal"}, "y": {"field": "actual", "type": "nominal"}}
    ink = {"condition": {"test": f"datum.rows > {int(counts.to_numpy().max()) / 2}", "value": "white"}, "value": "#191d26"}
    return {
        **base("Confusion matrix", rows),
        "encoding": axes,
        "layer": [
            {"mark": {"type": "rect", "tooltip": True}, "encoding": {"color": {"field": "rows", "type": "quantitative", "scale": {"scheme": "blues"}}}},
            {"mark": "text", "encoding": {"text": {"field": "rows", "type": "quantitative"}, "color": ink}},
        ],
    }


def roc(is_positive: pd.Series, share: pd.Series) -> tuple[Plot, float]:
    from sklearn.metrics import auc, roc_curve

    false_rate, true_rate, _ = roc_curve(is_positive, share)
    area = float(auc(false_rate, true_rate))
    rows = thin(pd.DataFrame({"false_positive_rate": false_rate, "true_positive_rate": true_rate})).to_dict("records")
    plot = {**base(f"ROC curve, area {area:.3f}", rows), "mark": {"type": "line", "point": False}, "encoding": {"x": field("false_positive_rate"), "y": field("true_positive_rate")}}
    return plot, area


def bars(rows: list[dict[str, Any]], x: str, y: str, title: str) -> Plot:
    return {**base(title, rows), "mark": {"type": "bar", "tooltip": True}, "encoding": {"x": {"field": x, "type": "nominal"}, "y": field(y)}}


def base(title: str, rows: list[dict[str, Any]]) -> Plot:
    return {"$schema": SCHEMA, "title": title, "width": 360, "height": 280, "data": {"values": rows}}


def field(name: str) -> dict[str, Any]:
    # Dots and brackets in a name would be read as a path.
    escaped = name.replace("\\", "\\\\").replace(".", "\\.").replace("[", "\\[").replace("]", "\\]")
    return {"field": escaped, "type": "quantitative", "title": name.replace("_", " "), "scale": {"zero": False}}


def thin(frame: pd.DataFrame) -> pd.DataFrame:
    """Every n-th row, so that a plot stays readable and small."""
    step = max(1, -(-len(frame) // MOST_POINTS))
    return frame.iloc[::step]
