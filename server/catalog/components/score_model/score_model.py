"""Scores the rows of a table with a trained model."""

from frames import read_frame, write_frame
from mlflow_model import read_model
from step import Arguments, StepError, did_you_mean, run_step


def main() -> None:
    arguments = Arguments()
    arguments.add_argument("--model", required=True)
    arguments.add_argument("--table", required=True)
    arguments.add_argument("--scored", required=True)
    given = arguments.parse_args()
    pipeline, about = read_model(given.model)
    frame = read_frame(given.table)
    for feature in about["features"]:
        if feature not in frame.columns:
            raise StepError(f'the model needs the column "{feature}", which the table does not have.{did_you_mean(feature, frame.columns)}')
    scored = frame.copy()
    scored["scored_label"] = pipeline.predict(frame[about["features"]])
    probabilities = {}
    if about["task"] == "classification" and hasattr(pipeline, "predict_proba"):
        shares = pipeline.predict_proba(frame[about["features"]])
        for index, name in enumerate(pipeline.classes_):
            column = f"probability_{name}"
            scored[column] = shares[:, index]
            probabilities[str(name)] = column
    role = {"column": "scored_label", "task": about["task"], "label": about["label"], "learner": about["estimator"], "probabilities": probabilities}
    write_frame(given.scored, scored, {"scored": role, "features": about["features"]})


run_step(main)
