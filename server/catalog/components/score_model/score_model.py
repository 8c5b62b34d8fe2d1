"""Scores the rows of a table with a trained model."""

from columns import free_name
from frames import read_frame, read_frame_roles, write_frame
from mlflow_model import read_model
from step import Arguments, StepError, counted, did_you_mean, run_step


def main() -> None:
    arguments = Arguments()
    arguments.add_argument("--model", required=True)
    arguments.add_argument("--table", required=True)
    arguments.add_argument("--scored", required=True)
    given = arguments.parse_args()
    pipeline, about = read_model(given.model)
    frame = read_frame(given.table)
    if frame.empty:
        raise StepError("the table has no rows to score")
    for feature in about["features"]:
        if feature not in frame.columns:
            raise StepError(f'the model needs the column "{feature}", which the table does not have.{did_you_mean(feature, frame.columns)}')
    features = frame[about["features"]]
    scored = frame.copy()
    taken = [str(name) for name in frame.columns]

    def add(wanted: str, values: object) -> str:
        name = free_name(wanted, taken)
        taken.append(name)
        scored[name] = values
        return name

    try:
        column = add("cluster" if about["task"] == "clustering" else "scored_label", pipeline.predict(features))
        probabilities = {}
        if about["task"] == "classification" and hasattr(pipeline, "predict_proba"):
            shares = pipeline.predict_proba(features)
            probabilities = {str(name): add(f"probability_{name}", shares[:, place]) for place, name in enumerate(pipeline.classes_)}
        if about["task"] == "clustering" and hasattr(pipeline, "transform"):
            add("distance_to_centre", pipeline.transform(features).min(axis=1))
    except ValueError as error:
        raise StepError(f"the model cannot score this table: {error}") from None
    print(f"Scored {counted(len(scored), 'row')} with {about['estimator']}")
    role = {"column": column, "task": about["task"], "label": about["label"], "learner": about["estimator"], "probabilities": probabilities}
    write_frame(given.scored, scored, {**read_frame_roles(given.table), "scored": role, "features": about["features"]})


run_step(main)
