"""Measures a learner over several divisions of a table."""

import pandas as pd
from sklearn.model_selection import KFold, StratifiedKFold

from evaluation import measure
from frames import read_frame, write_frame
from learners import build_pipeline, read_learner, split_columns
from metrics import log_metrics
from step import Arguments, StepError, run_step


def main() -> None:
    arguments = Arguments()
    arguments.add_argument("--learner", required=True)
    arguments.add_argument("--table", required=True)
    arguments.add_argument("--label", required=True)
    arguments.add_argument("--folds", type=int, default=5)
    arguments.add_argument("--seed", type=int, default=42)
    arguments.add_argument("--results", required=True)
    given = arguments.parse_args()
    learner = read_learner(given.learner)
    if learner.task == "clustering":
        raise StepError("clusters have no label to be measured by: use a regression or classification learner")
    frame = read_frame(given.table)
    features, label = split_columns(frame, learner, given.label, "")
    frame = frame[frame[label].notna()].reset_index(drop=True)
    if len(frame) < given.folds:
        raise StepError(f"{len(frame)} rows cannot be divided into {given.folds} folds")
    kind = StratifiedKFold if learner.task == "classification" else KFold
    rows = []
    for fold, (train, test) in enumerate(kind(given.folds, shuffle=True, random_state=given.seed).split(frame, frame[label]), start=1):
        pipeline = build_pipeline(learner, frame.loc[train, features])
        pipeline.fit(frame.loc[train, features], frame.loc[train, label])
        metrics = measure(learner.task, frame.loc[test, label], pipeline.predict(frame.loc[test, features]))
        print(f"fold {fold}: " + ", ".join(f"{name} = {value:.4g}" for name, value in metrics.items()))
        rows.append({"fold": fold, **metrics})
    results = pd.DataFrame(rows)
    write_frame(given.results, results)
    log_metrics({f"mean_{name}": float(results[name].mean()) for name in results.columns if name != "fold"})


run_step(main)
