import argparse
import json
from pathlib import Path

import mlflow
import pandas as pd
from sklearn.metrics import mean_absolute_error, mean_squared_error, r2_score


def main(args):
    trips = pd.read_parquet(Path(args.predictions) / "predictions.parquet")
    fare, predicted = trips["fare"], trips["predicted_fare"]
    measures = {
        "r2": r2_score(fare, predicted),
        "mae": mean_absolute_error(fare, predicted),
        "rmse": mean_squared_error(fare, predicted) ** 0.5,
        "mae_of_mean_fare": mean_absolute_error(fare, [fare.mean()] * len(fare)),
    }
    for name, value in measures.items():
        mlflow.log_metric(name, value)
    mlflow.set_tag("trips", len(trips))

    report = Path(args.report)
    (report / "measures.json").write_text(json.dumps(measures, indent=2) + "\n")
    errors = (predicted - fare).abs().groupby(pd.cut(trips["distance_km"], [0, 2, 5, 10, 100])).mean()
    lines = [f"| {band} km | {error:.2f} |" for band, error in errors.items()]
    (report / "report.md").write_text("\n".join(["# Error by distance", "", "| trip | mean error |", "|---|---|", *lines]) + "\n")
    print(json.dumps(measures, indent=2))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--predictions", type=str)
    parser.add_argument("--report", type=str)
    main(parser.parse_args())
