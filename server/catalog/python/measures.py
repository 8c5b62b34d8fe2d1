"""How good predictions are, as numbers. A value that cannot be told, as the R² of rows that are all alike, is NaN."""

from __future__ import annotations

from typing import Mapping, NamedTuple, Optional, Sequence

import numpy as np
import pandas as pd

from learners import class_values

Metrics = dict[str, float]
#: A share of nothing counts as this, so that one wrong certainty does not make the log loss infinite.
SMALLEST_SHARE = 1e-15


class Curve(NamedTuple):
    """A ROC curve and the area under it."""

    false_rate: np.ndarray
    true_rate: np.ndarray
    area: float


def measure(task: str, actual: pd.Series, predicted: object, positive: Optional[str] = None) -> Metrics:
    """The metrics of a task, from the true and the predicted values of the same rows."""
    guess = pd.Series(np.asarray(predicted), index=actual.index)
    return measure_numbers(actual, guess) if task == "regression" else measure_classes(actual, guess, positive)


def measure_numbers(actual: pd.Series, predicted: pd.Series) -> Metrics:
    """Errors of predicted numbers; the relative ones compare with always predicting the mean, where 1 is no better."""
    truth = actual.to_numpy(dtype=float)
    errors = truth - predicted.to_numpy(dtype=float)
    centred = truth - truth.mean()
    squared, spread = float((errors**2).sum()), float((centred**2).sum())
    absolute, absolute_spread = float(np.abs(errors).sum()), float(np.abs(centred).sum())
    return {
        "r2": 1 - squared / spread if spread else float("nan"),
        "rmse": float(np.sqrt(squared / len(errors))),
        "mae": absolute / len(errors),
        "relative_squared_error": squared / spread if spread else float("nan"),
        "relative_absolute_error": absolute / absolute_spread if absolute_spread else float("nan"),
    }


def measure_classes(actual: pd.Series, predicted: pd.Series, positive: Optional[str] = None) -> Metrics:
    """Accuracy, and precision, recall and F1: of the positive class where there are two classes, else their mean over all."""
    from sklearn.metrics import accuracy_score, precision_recall_fscore_support

    truth, guess = class_texts(actual), class_texts(predicted)
    classes = in_class_order({*truth, *guess})
    if len(classes) <= 2:
        positive = positive if positive is not None else classes[-1]
        scores = precision_recall_fscore_support(truth, guess, labels=[positive], average=None, zero_division=0)
        precision, recall, f1 = (float(part[0]) for part in scores[:3])
    else:
        precision, recall, f1, _ = precision_recall_fscore_support(truth, guess, average="macro", zero_division=0)
    return {"accuracy": float(accuracy_score(truth, guess)), "precision": float(precision), "recall": float(recall), "f1": float(f1)}


def measure_shares(actual: pd.Series, shares: Mapping[str, pd.Series]) -> Metrics:
    """The log loss of predicted probabilities, by class."""
    truth = class_texts(actual).to_numpy()
    given = np.zeros(len(truth))
    for name, share in shares.items():
        given[truth == name] = share.to_numpy(dtype=float)[truth == name]
    return {"log_loss": float(-np.log(np.clip(given, SMALLEST_SHARE, 1)).mean())}


def roc_of(actual: pd.Series, share: pd.Series, positive: str) -> Optional[Curve]:
    """The ROC curve of one class against all others; None when the rows are all of one side."""
    from sklearn.metrics import auc, roc_curve

    is_positive = (class_texts(actual) == positive).to_numpy()
    if is_positive.all() or not is_positive.any():
        return None
    false_rate, true_rate, _ = roc_curve(is_positive, share.to_numpy(dtype=float))
    return Curve(false_rate, true_rate, float(auc(false_rate, true_rate)))


def class_texts(values: pd.Series) -> pd.Series:
    """Classes as texts that are equal where the classes are."""
    return class_values(values).astype(str)


def in_class_order(classes: Sequence[str] | set[str]) -> list[str]:
    """Numbers by size, then the rest by their letters."""

    def place(name: str) -> tuple[int, float, str]:
        try:
            return (0, float(name), name)
        except ValueError:
            return (1, 0.0, name)

    return sorted(classes, key=place)
