"""Makes the trips of this sample: two taxi companies of a city that does not exist. The same seed gives the same files.

    python data/make_trips.py

Every row is made up by the rules below. No trip, driver or passenger is real.
"""

import csv
import datetime
import random
from pathlib import Path

HERE = Path(__file__).resolve().parent
AIRPORT = (9.0, 6.5)
START = datetime.datetime(2024, 3, 4)


def trip(chance):
    """A trip in kilometres from the middle of the city, and what it has cost."""
    begun = START + datetime.timedelta(minutes=chance.randrange(28 * 24 * 60))
    to_airport = chance.random() < 0.12
    start = (chance.gauss(0, 2.4), chance.gauss(0, 1.9))
    end = AIRPORT if to_airport else (chance.gauss(0, 3.1), chance.gauss(0, 2.3))
    apart = ((start[0] - end[0]) ** 2 + (start[1] - end[1]) ** 2) ** 0.5
    distance = max(0.4, apart * chance.uniform(1.15, 1.5))
    is_rush = begun.weekday() < 5 and begun.hour in (7, 8, 16, 17, 18)
    is_night = begun.hour >= 22 or begun.hour < 6
    speed = chance.gauss(14, 2) if is_rush else chance.gauss(30, 5) if is_night else chance.gauss(22, 3)
    minutes = 60 * distance / max(6, speed)
    fare = 3.2 + 1.65 * distance + 0.38 * minutes + (6.5 if to_airport else 0)
    fare *= 1.2 if is_night else 1
    passengers = chance.choices([1, 2, 3, 4, 5], [68, 17, 8, 5, 2])[0]
    return begun, begun + datetime.timedelta(minutes=minutes), start, end, distance, passengers, fare + chance.gauss(0, 0.9)


def spoilt(row, chance):
    """About one row in thirty has what real exports have: a meter that never ran, a refund, a gap."""
    if chance.random() > 1 / 30:
        return row
    key = chance.choice(["distance", "fare", "passengers"])
    return {**row, key: {"distance": 0, "fare": -row["fare"], "passengers": ""}[key]}


def write(company, columns, rows):
    path = HERE / f"{company}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns.values())
        writer.writerows([[row[name] for name in columns] for row in rows])
    print(f"{path.name}: {len(rows)} trips")


def main():
    chance = random.Random(20240304)
    names = {
        # Two exports of the same facts, each with names of its own.
        "harbour_cabs": "pickup_time dropoff_time pickup_x pickup_y dropoff_x dropoff_y trip_km passenger_count fare_amount",
        "hilltop_taxis": "started ended from_x from_y to_x to_y distance persons price",
    }
    facts = ["begun", "ended", "x0", "y0", "x1", "y1", "distance", "passengers", "fare"]
    for company, said in names.items():
        rows = []
        for _ in range(1500):
            begun, ended, start, end, distance, passengers, fare = trip(chance)
            values = [begun.isoformat(" "), ended.isoformat(" ", "seconds"), *(round(each, 3) for each in (*start, *end, distance)), passengers, round(fare, 2)]
            rows.append(spoilt(dict(zip(facts, values)), chance))
        write(company, dict(zip(facts, said.split())), rows)


if __name__ == "__main__":
    main()
