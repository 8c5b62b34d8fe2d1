import argparse
from pathlib import Path

import mlflow.pyfunc
import pandas as pd


def main(args):
    trips = pd.read_parquet(Path(args.test_data) / "trips.parquet")
    model = mlflow.pyfunc.load_model(args.model)
    predicted = model.predict(trips.drop(columns="fare"))
    trips.assign(predicted_fare=predicted).to_parquet(Path(args.predictions) / "predictions.parquet", index=False)
    print(f"{len(trips)} fares predicted, {predicted.mean():.2f} on average")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", type=str)
    parser.add_argument("--test_data", type=str)
    parser.add_argument("--predictions", type=str)
    main(parser.parse_args())
