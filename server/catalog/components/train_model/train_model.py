"""Trains a learner on a table."""

from frames import read_frame, read_frame_roles
from learners import Wanted, build_pipeline, fit, learnable_target, read_learner, split_columns
from metrics import log_metrics
from mlflow_model import write_model
from step import Arguments, StepError, counted, run_step


def main() -> None:
    arguments = Arguments()
    arguments.add_argument("--learner", required=True)
    arguments.add_argument("--table", required=True)
    arguments.add_argument("--label", default="")
    arguments.add_argument("--features", default="")
    arguments.add_argument("--model", required=True)
    given = arguments.parse_args()
    learner = read_learner(given.learner)
    frame = read_frame(given.table)
    features, label = split_columns(frame, learner, Wanted(given.label, given.features, read_frame_roles(given.table)))
    if label is not None:
        missing = int(frame[label].isna().sum())
        if missing:
            print(f"{counted(missing, 'row')} without a label left out")
            frame = frame[frame[label].notna()]
    if frame.empty:
        raise StepError("the table has no rows to learn from")
    pipeline = build_pipeline(learner, frame[features])
    fit(pipeline, frame[features], learnable_target(frame, learner, label))
    about = {"task": learner.task, "label": label, "features": features, "estimator": learner.estimator}
    write_model(given.model, pipeline, frame[features], about)
    print(f"Trained {learner.estimator} on {counted(len(frame), 'row')} and {counted(len(features), 'feature')}")
    log_metrics({"training_rows": len(frame), "features": len(features)})


run_step(main)
