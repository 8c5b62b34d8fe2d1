"""Measures a learner over several divisions of a table."""

import pandas as pd
from sklearn.model_selection import KFold, StratifiedKFold

from frames import read_frame, read_frame_roles, write_frame
from learners import Learner, Wanted, build_pipeline, fit, learnable_target, read_learner, split_columns
from measures import measure
from metrics import log_metrics
from step import Arguments, StepError, counted, run_step


def check_size(target: pd.Series, learner: Learner, folds: int) -> None:
    """Each fold needs a row, and each class a row in each fold."""
    if len(target) < folds:
        raise StepError(f"{counted(len(target), 'row')} cannot be divided into {folds} folds")
    if learner.task != "classification":
        return
    counts = target.value_counts()
    if counts.iloc[-1] < folds:
        rarest = counted(int(counts.iloc[-1]), "row")
        raise StepError(f'the class "{counts.index[-1]}" has {rarest}, too few for {folds} folds: use fewer folds, or leave the class out with Filter rows')


def main() -> None:
    arguments = Arguments()
    arguments.add_argument("--learner", required=True)
    arguments.add_argument("--table", required=True)
    arguments.add_argument("--label", required=True)
    arguments.add_argument("--features", default="")
    arguments.add_argument("--folds", type=int, default=5)
    arguments.add_argument("--seed", type=int, default=42)
    arguments.add_argument("--results", required=True)
    given = arguments.parse_args()
    learner = read_learner(given.learner)
    if learner.task == "clustering":
        raise StepError("clusters have no label to be measured by: use a regression or classification learner")
    frame = read_frame(given.table)
    features, label = split_columns(frame, learner, Wanted(given.label, given.features, read_frame_roles(given.table)))
    frame = frame[frame[label].notna()].reset_index(drop=True)
    target = learnable_target(frame, learner, label)
    check_size(target, learner, given.folds)
    kind = StratifiedKFold if learner.task == "classification" else KFold
    rows = []
    for fold, (train, test) in enumerate(kind(given.folds, shuffle=True, random_state=given.seed).split(frame, target), start=1):
        pipeline = build_pipeline(learner, frame.loc[train, features])
        fit(pipeline, frame.loc[train, features], target[train])
        metrics = measure(learner.task, target[test], pipeline.predict(frame.loc[test, features]))
        print(f"fold {fold}: " + ", ".join(f"{name} = {value:.4g}" for name, value in metrics.items()))
        log_metrics(metrics, step=fold)
        rows.append({"fold": fold, "rows": len(test), **metrics})
    results = pd.DataFrame(rows)
    write_frame(given.results, results)
    names = [name for name in results.columns if name not in ("fold", "rows")]
    summary = {f"mean_{name}": float(results[name].mean()) for name in names}
    summary.update({f"std_{name}": float(results[name].std()) for name in names})
    log_metrics(summary)
    print(", ".join(f"{name} = {summary[f'mean_{name}']:.4g} ± {summary[f'std_{name}']:.2g}" for name in names))


run_step(main)
