"""Measures scored tables and draws what they say."""

import json
from pathlib import Path
from typing import Any

from evaluation import evaluate
from frames import read_frame, read_frame_roles
from metrics import log_metrics
from step import Arguments, StepError, run_step


def measure(path: str) -> tuple[dict[str, float], dict[str, Any]]:
    roles = read_frame_roles(path)
    if "scored" not in roles:
        raise StepError("the table was not scored: put Score model before this step")
    return evaluate(read_frame(path), roles["scored"], roles.get("features", []))


def main() -> None:
    arguments = Arguments()
    arguments.add_argument("--scored", required=True)
    arguments.add_argument("--compared")
    arguments.add_argument("--evaluation", required=True)
    given = arguments.parse_args()
    folder = Path(given.evaluation)
    (folder / "plots").mkdir(parents=True, exist_ok=True)
    metrics, plots = measure(given.scored)
    report = {"scored": metrics}
    if given.compared:
        others, other_plots = measure(given.compared)
        report["compared"] = others
        metrics = {**metrics, **{f"compared_{name}": value for name, value in others.items()}}
        plots = {**plots, **{f"compared_{name}": plot for name, plot in other_plots.items()}}
    (folder / "metrics.json").write_text(json.dumps(report, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    for name, plot in plots.items():
        (folder / "plots" / f"{name}.json").write_text(json.dumps(plot, sort_keys=True) + "\n", encoding="utf-8")
    for name, value in metrics.items():
        print(f"{name} = {value:.6g}")
    log_metrics(metrics)


run_step(main)
