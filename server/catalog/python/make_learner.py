"""Writes down a learner that has not been trained: its estimator and parameters. Needs nothing but Python."""

import argparse
import json
from pathlib import Path


def number(text: str) -> float:
    value = float(text)
    return int(value) if value == int(value) else value


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--estimator", required=True)
    arguments.add_argument("--output", required=True)
    arguments.add_argument("parameters", nargs="*", help="NAME=NUMBER")
    given = arguments.parse_args()
    parameters = dict(pair.split("=", 1) for pair in given.parameters)
    learner = {"estimator": given.estimator, "parameters": {name: number(value) for name, value in parameters.items()}}
    target = Path(given.output)
    target.mkdir(parents=True, exist_ok=True)
    (target / "learner.json").write_text(json.dumps(learner, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    print(", ".join([given.estimator, *given.parameters]))


main()
