"""Measures scored tables and draws what they say."""

import json
from pathlib import Path

from charts import Chart, vega_lite
from evaluation import Evaluation, Question, evaluate
from frames import read_frame, read_frame_roles
from metrics import log_metrics
from report import write_report
from step import Arguments, StepError, run_step


def read_evaluation(path: str, question: Question) -> Evaluation:
    """The evaluation of a table that Score model wrote."""
    roles = read_frame_roles(path)
    if "scored" not in roles:
        raise StepError("the table was not scored: put Score model before this step")
    return evaluate(read_frame(path), roles, question)


def titles_of(evaluations: list[Evaluation]) -> list[str]:
    """The learners' names; where both are the same, the inputs' names."""
    names = [evaluation.name.replace("_", " ") for evaluation in evaluations]
    return names if len(set(names)) == len(names) else ["scored", "compared"][: len(names)]


def comparison(evaluations: list[Evaluation], titles: list[str]) -> Chart:
    """The metrics that lie between 0 and 1, side by side."""
    first, second = evaluations
    shared = [name for name in first.metrics if name in second.metrics and all(0 <= each.metrics[name] <= 1 for each in evaluations)]
    rows = [{"metric": name, "value": each.metrics[name], "model": title} for name in shared for each, title in zip(evaluations, titles)]
    return Chart("Comparison", "bars", "metric", "value", rows, series="model")


def main() -> None:
    arguments = Arguments()
    arguments.add_argument("--scored", required=True)
    arguments.add_argument("--compared")
    arguments.add_argument("--label", default="")
    arguments.add_argument("--positive", default="")
    arguments.add_argument("--evaluation", required=True)
    given = arguments.parse_args()
    question = Question(given.label, given.positive)
    ports = {"scored": given.scored, **({"compared": given.compared} if given.compared else {})}
    found = {port: read_evaluation(path, question) for port, path in ports.items()}
    evaluations = list(found.values())
    if len({evaluation.task for evaluation in evaluations}) > 1:
        raise StepError(f"a {evaluations[0].task} cannot be compared with a {evaluations[1].task}")
    titles = titles_of(evaluations)
    prefixes = {"scored": "", "compared": "compared_"}
    metrics = {prefixes[port] + name: value for port, evaluation in found.items() for name, value in evaluation.metrics.items()}
    charts = {prefixes[port] + name: chart for port, evaluation in found.items() for name, chart in evaluation.charts.items()}
    if len(evaluations) == 2 and evaluations[0].task != "clustering":
        charts["comparison"] = comparison(evaluations, titles)
    write(Path(given.evaluation), found, charts)
    (Path(given.evaluation) / "report.html").write_text(write_report(evaluations, titles), encoding="utf-8")
    for name, value in metrics.items():
        print(f"{name} = {value:.6g}")
    log_metrics(metrics)


def write(folder: Path, found: dict[str, Evaluation], charts: dict[str, Chart]) -> None:
    (folder / "plots").mkdir(parents=True, exist_ok=True)
    report = {port: evaluation.metrics for port, evaluation in found.items()}
    (folder / "metrics.json").write_text(json.dumps(report, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    for name, chart in charts.items():
        (folder / "plots" / f"{name}.json").write_text(json.dumps(vega_lite(chart), sort_keys=True) + "\n", encoding="utf-8")


run_step(main)
