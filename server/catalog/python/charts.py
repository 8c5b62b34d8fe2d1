"""What an evaluation draws: charts as data, in Vega-Lite for the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional

import pandas as pd

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
#: More points than this only blacken a chart.
MOST_POINTS = 1500
WIDTH, HEIGHT = 360, 280
GREY = "#808997"


@dataclass(frozen=True)
class Chart:
    """Rows to draw. `kind` is scatter, lines, bars, histogram or matrix.

    A histogram's rows have `from`, `to` and `rows`; a matrix's `value` lies at `y` (down) and `x` (across).
    `guide` draws the diagonal that a perfect, or for a ROC curve a worthless, prediction would follow.
    """

    title: str
    kind: str
    x: str
    y: str
    rows: list[dict[str, Any]]
    series: Optional[str] = None
    value: str = "rows"
    guide: bool = False


def thin(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Every n-th row, so that a chart stays readable and small."""
    step = max(1, -(-len(frame) // MOST_POINTS))
    return frame.iloc[::step].to_dict("records")


def vega_lite(chart: Chart) -> dict[str, Any]:
    """The chart as a Vega-Lite document with its data inside."""
    document = {"$schema": SCHEMA, "title": chart.title, "width": WIDTH, "height": HEIGHT, "data": {"values": chart.rows}}
    if chart.kind == "matrix":
        return {**document, **_matrix(chart)}
    mark, encoding = _marks(chart)
    if not chart.guide:
        return {**document, "mark": mark, "encoding": encoding}
    return {**document, "layer": [{"mark": mark, "encoding": encoding}, _guide(chart)]}


def _marks(chart: Chart) -> tuple[dict[str, Any], dict[str, Any]]:
    if chart.kind == "histogram":
        edges = {"x": {"field": "from", "type": "quantitative", "bin": {"binned": True}, "title": chart.x}, "x2": {"field": "to"}}
        return {"type": "bar", "tooltip": True}, {**edges, "y": quantity("rows")}
    if chart.kind == "bars":
        x = {"field": escaped(chart.x), "type": "nominal", "title": readable(chart.x), "sort": None, "axis": {"labelAngle": 0}}
        y = {"field": escaped(chart.y), "type": "quantitative", "title": readable(chart.y)}
        grouped = {"xOffset": {"field": chart.series}, "color": {"field": chart.series, "type": "nominal"}} if chart.series else {}
        return {"type": "bar", "tooltip": True}, {"x": x, "y": y, **grouped}
    encoding = {"x": quantity(chart.x), "y": quantity(chart.y)}
    if chart.kind == "lines":
        coloured = {"color": {"field": chart.series, "type": "nominal"}} if chart.series else {}
        return {"type": "line", "interpolate": "linear"}, {**encoding, **coloured}
    told_apart = {"color": {"field": chart.series, "type": "nominal"}, "shape": {"field": chart.series, "type": "nominal"}} if chart.series else {}
    return {"type": "point", "filled": True, "opacity": 0.6, "tooltip": True}, {**encoding, **told_apart}


def _matrix(chart: Chart) -> dict[str, Any]:
    most = max((row[chart.value] for row in chart.rows), default=0)
    ink = {"condition": {"test": f"datum.{chart.value} > {most / 2}", "value": "white"}, "value": "#191d26"}
    count = {"field": chart.value, "type": "quantitative"}
    # The rows come in the order of the classes, which is not that of their letters where they are numbers.
    axes = {name: {"field": name, "type": "nominal", "sort": None} for name in (chart.x, chart.y)}
    return {
        "encoding": {"x": {**axes[chart.x], "axis": {"labelAngle": 0}}, "y": axes[chart.y]},
        "layer": [
            {"mark": {"type": "rect", "tooltip": True}, "encoding": {"color": {**count, "scale": {"scheme": "blues"}}}},
            {"mark": "text", "encoding": {"text": count, "color": ink}},
        ],
    }


def _guide(chart: Chart) -> dict[str, Any]:
    low, high = span_of(chart)
    return {
        "data": {"values": [{"x": low, "y": low}, {"x": high, "y": high}]},
        "mark": {"type": "line", "strokeDash": [4, 4], "color": GREY},
        "encoding": {"x": {"field": "x", "type": "quantitative"}, "y": {"field": "y", "type": "quantitative"}},
    }


def span_of(chart: Chart) -> tuple[float, float]:
    """The smallest and the largest number on either axis."""
    numbers = [float(row[name]) for row in chart.rows for name in (chart.x, chart.y)]
    return (min(numbers), max(numbers)) if numbers else (0.0, 1.0)


def quantity(name: str) -> dict[str, Any]:
    """A numeric axis over a column."""
    return {"field": escaped(name), "type": "quantitative", "title": readable(name), "scale": {"zero": False}}


def escaped(name: str) -> str:
    """A column's name as Vega-Lite takes it: dots and brackets would be read as a path."""
    for letter in "\\.[]":
        name = name.replace(letter, "\\" + letter)
    return name


def readable(name: str) -> str:
    return name.replace("_", " ")
