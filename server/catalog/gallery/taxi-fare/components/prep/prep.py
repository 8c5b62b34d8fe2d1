import argparse
from pathlib import Path

import pandas as pd

COMMON = ["pickup_at", "dropoff_at", "pickup_x", "pickup_y", "dropoff_x", "dropoff_y", "distance_km", "passengers", "fare"]
COLUMNS = {
    "harbour_cabs": ["pickup_time", "dropoff_time", "pickup_x", "pickup_y", "dropoff_x", "dropoff_y", "trip_km", "passenger_count", "fare_amount"],
    "hilltop_taxis": ["started", "ended", "from_x", "from_y", "to_x", "to_y", "distance", "persons", "price"],
}


def main(args):
    raw = pd.read_csv(args.raw_trips)
    trips = raw.rename(columns=dict(zip(COLUMNS[args.company], COMMON)))[COMMON]
    for column in ("pickup_at", "dropoff_at"):
        trips[column] = pd.to_datetime(trips[column])
    is_trip = (trips["distance_km"] > 0) & (trips["fare"] > 0) & trips["passengers"].notna()
    trips = trips[is_trip].astype({"passengers": "int64"}).assign(company=args.company)

    print(f"{args.company}: {len(trips)} of {len(raw)} trips kept")
    trips.to_parquet(Path(args.prepared) / "trips.parquet", index=False)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--raw_trips", type=str)
    parser.add_argument("--company", type=str, choices=list(COLUMNS))
    parser.add_argument("--prepared", type=str)
    main(parser.parse_args())
