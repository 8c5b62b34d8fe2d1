"""How much a model loses when the values of one feature are shuffled."""

import numpy as np
import pandas as pd

from frames import read_frame, write_frame
from learners import class_values
from measures import measure
from metrics import log_metrics
from mlflow_model import read_model
from step import Arguments, StepError, did_you_mean, run_step

SCORES = {"regression": "r2", "classification": "accuracy"}


def main() -> None:
    arguments = Arguments()
    arguments.add_argument("--model", required=True)
    arguments.add_argument("--table", required=True)
    arguments.add_argument("--repeats", type=int, default=5)
    arguments.add_argument("--seed", type=int, default=42)
    arguments.add_argument("--importance", required=True)
    given = arguments.parse_args()
    pipeline, about = read_model(given.model)
    if about["task"] not in SCORES:
        raise StepError("a clustering has no label, so there is nothing to lose: give a regression or a classification model")
    frame = read_frame(given.table)
    for name in [*about["features"], about["label"]]:
        if name not in frame.columns:
            raise StepError(f'the model was trained with the column "{name}", which the table does not have.{did_you_mean(name, frame.columns)}')
    frame = frame[frame[about["label"]].notna()].reset_index(drop=True)
    if frame.empty:
        raise StepError(f'no row has a value of the label "{about["label"]}"')
    score = SCORES[about["task"]]
    target = frame[about["label"]] if about["task"] == "regression" else class_values(frame[about["label"]])
    features = frame[about["features"]]

    def quality(rows: pd.DataFrame) -> float:
        return measure(about["task"], target, pipeline.predict(rows))[score]

    base = quality(features)
    draw = np.random.default_rng(given.seed)
    found = []
    for name in about["features"]:
        losses = []
        for _ in range(given.repeats):
            shuffled = features.copy()
            shuffled[name] = features[name].to_numpy()[draw.permutation(len(features))]
            losses.append(base - quality(shuffled))
        found.append({"feature": name, "importance": float(np.mean(losses)), "deviation": float(np.std(losses))})
    ranked = pd.DataFrame(found).sort_values("importance", ascending=False, kind="stable").reset_index(drop=True)
    print(f"{score} = {base:.4g}; what is lost when a feature is shuffled:")
    for row in ranked.itertuples():
        print(f"  {row.feature}: {row.importance:.4g} ± {row.deviation:.2g}")
    write_frame(given.importance, ranked)
    log_metrics({f"importance.{row.feature}": row.importance for row in ranked.itertuples()})


run_step(main)
