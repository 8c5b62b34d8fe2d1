import argparse
from pathlib import Path

import numpy as np
import pandas as pd

AIRPORT = (9.0, 6.5)


def features_of(trips):
    hour = trips["pickup_at"].dt.hour
    weekday = trips["pickup_at"].dt.weekday
    return pd.DataFrame(
        {
            "distance_km": trips["distance_km"],
            "beeline_km": np.hypot(trips["pickup_x"] - trips["dropoff_x"], trips["pickup_y"] - trips["dropoff_y"]),
            "to_airport_km": np.hypot(trips["dropoff_x"] - AIRPORT[0], trips["dropoff_y"] - AIRPORT[1]),
            "hour_sin": np.sin(2 * np.pi * hour / 24),
            "hour_cos": np.cos(2 * np.pi * hour / 24),
            "is_rush": ((weekday < 5) & hour.isin([7, 8, 16, 17, 18])).astype(float),
            "is_weekend": (weekday >= 5).astype(float),
            "passengers": trips["passengers"].astype(float),
            "fare": trips["fare"],
        }
    )


def main(args):
    parts = [pd.read_parquet(Path(folder) / "trips.parquet") for folder in (args.first, args.second) if folder]
    trips = pd.concat(parts, ignore_index=True).sort_values("pickup_at", kind="stable").reset_index(drop=True)
    # Tomorrow is to be foreseen from today: the test is what came last.
    begin_of_test = trips["pickup_at"].max().normalize() - pd.Timedelta(days=args.test_days - 1)
    is_test = trips["pickup_at"] >= begin_of_test
    features = features_of(trips)
    features[~is_test].to_parquet(Path(args.train_data) / "trips.parquet", index=False)
    features[is_test].to_parquet(Path(args.test_data) / "trips.parquet", index=False)
    print(f"{(~is_test).sum()} trips to learn from, {is_test.sum()} to test with, from {begin_of_test:%Y-%m-%d} on")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--first", type=str)
    parser.add_argument("--second", type=str, default=None)
    parser.add_argument("--test_days", type=int, default=7)
    parser.add_argument("--train_data", type=str)
    parser.add_argument("--test_data", type=str)
    main(parser.parse_args())
