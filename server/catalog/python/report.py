"""An evaluation as one HTML page that needs nothing else: metrics in a table, charts as SVG."""

from __future__ import annotations

from html import escape
from typing import Any, Callable, Mapping, Sequence

from charts import GREY, Chart, readable, span_of
from evaluation import Evaluation

COLOURS = ("#4c78a8", "#f58518", "#54a24b", "#b279a2", "#e45756", "#72b7b2", "#eeca3b", "#9d755d")
WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 380, 300, 56, 12, 12, 44
STYLE = """
:root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif }
body { max-width: 880px; margin: 32px auto; padding: 0 16px }
h1 { font-size: 20px } h2 { font-size: 16px; margin-top: 32px } h3 { font-size: 13px; margin: 0 0 8px }
table { border-collapse: collapse } th, td { padding: 4px 16px 4px 0; text-align: left; border-bottom: 1px solid #80899755 }
td.number { text-align: right; font-variant-numeric: tabular-nums }
.charts { display: flex; flex-wrap: wrap; gap: 24px } figure { margin: 0 } svg text { font: 11px system-ui, sans-serif; fill: currentColor }
"""


def write_report(evaluations: Sequence[Evaluation], titles: Sequence[str]) -> str:
    """The page; `titles` are the names of the columns, one for each evaluation."""
    names = list(dict.fromkeys(name for evaluation in evaluations for name in evaluation.metrics))
    head = "".join(f"<th>{escape(title)}</th>" for title in titles)
    body = "".join(_metric_row(name, evaluations) for name in names)
    parts = [f"<h1>Evaluation: {escape(evaluations[0].task)}</h1><table><tr><th>Metric</th>{head}</tr>{body}</table>"]
    for title, evaluation in zip(titles, evaluations):
        figures = "".join(f"<figure><h3>{escape(chart.title)}</h3>{draw(chart)}</figure>" for chart in evaluation.charts.values())
        parts.append(f'<h2>{escape(title)}</h2><div class="charts">{figures}</div>')
    return f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Evaluation</title><style>{STYLE}</style>{"".join(parts)}</html>\n'


def _metric_row(name: str, evaluations: Sequence[Evaluation]) -> str:
    values = [f"{evaluation.metrics[name]:.4g}" if name in evaluation.metrics else "" for evaluation in evaluations]
    return f"<tr><td>{escape(readable(name))}</td>" + "".join(f'<td class="number">{value}</td>' for value in values) + "</tr>"


def draw(chart: Chart) -> str:
    """The chart as SVG."""
    drawers: Mapping[str, Callable[[Chart], str]] = {
        "scatter": _scatter, "lines": _lines, "bars": _bars, "histogram": _histogram, "matrix": _matrix,
    }
    return f'<svg width="{WIDTH}" height="{HEIGHT}" role="img" aria-label="{escape(chart.title)}">{drawers[chart.kind](chart)}</svg>'


class Scale:
    """Numbers to pixels, with the numbers that stand beside the axis."""

    def __init__(self, numbers: Sequence[float], pixels: tuple[float, float]) -> None:
        self.low, self.high = min(numbers), max(numbers)
        if self.low == self.high:
            self.low, self.high = self.low - 0.5, self.high + 0.5
        self.start, self.end = pixels

    def __call__(self, number: float) -> float:
        return round(self.start + (number - self.low) / (self.high - self.low) * (self.end - self.start), 1)

    def ticks(self) -> list[float]:
        return [self.low + (self.high - self.low) * part / 4 for part in range(5)]


def _axes(x: Scale, y: Scale, chart: Chart) -> str:
    lines = [_grid(LEFT, y(tick), WIDTH - RIGHT, y(tick)) + _text(LEFT - 6, y(tick) + 4, f"{tick:.3g}", "end") for tick in y.ticks()]
    lines += [_text(x(tick), HEIGHT - BOTTOM + 16, f"{tick:.3g}", "middle") for tick in x.ticks()]
    return "".join(lines) + _names(chart)


def _names(chart: Chart) -> str:
    across = _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, readable(chart.x), "middle")
    middle = (TOP + HEIGHT - BOTTOM) / 2
    return across + f'<text transform="translate(12 {middle}) rotate(-90)" text-anchor="middle">{escape(readable(chart.y))}</text>'


def _scales(chart: Chart) -> tuple[Scale, Scale]:
    spans = [span_of(chart)] * 2 if chart.guide else [[float(row[name]) for row in chart.rows] for name in (chart.x, chart.y)]
    return Scale(spans[0], (LEFT, WIDTH - RIGHT)), Scale(spans[1], (HEIGHT - BOTTOM, TOP))


def _guide(chart: Chart, x: Scale, y: Scale) -> str:
    low, high = x.low, x.high
    return f'<line x1="{x(low)}" y1="{y(low)}" x2="{x(high)}" y2="{y(high)}" stroke="{GREY}" stroke-dasharray="4 4"/>' if chart.guide else ""


def _by_series(chart: Chart) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in chart.rows:
        groups.setdefault(str(row[chart.series]) if chart.series else "", []).append(row)
    return groups


def _legend(names: Sequence[str]) -> str:
    if len(names) < 2:
        return ""
    entries = [
        f'<rect x="{WIDTH - RIGHT - 110}" y="{TOP + 16 * place}" width="9" height="9" fill="{_colour(place)}"/>'
        + _text(WIDTH - RIGHT - 96, TOP + 16 * place + 9, name, "start")
        for place, name in enumerate(names[:10])
    ]
    return "".join(entries)


def _scatter(chart: Chart) -> str:
    x, y = _scales(chart)
    groups = _by_series(chart)
    dots = [
        f'<circle cx="{x(row[chart.x])}" cy="{y(row[chart.y])}" r="2.5" fill="{_colour(place)}" fill-opacity=".6"/>'
        for place, rows in enumerate(groups.values())
        for row in rows
    ]
    return _axes(x, y, chart) + _guide(chart, x, y) + "".join(dots) + _legend(list(groups))


def _lines(chart: Chart) -> str:
    x, y = _scales(chart)
    groups = _by_series(chart)
    paths = [
        f'<polyline fill="none" stroke="{_colour(place)}" stroke-width="2" points="{" ".join(f"{x(row[chart.x])},{y(row[chart.y])}" for row in rows)}"/>'
        for place, rows in enumerate(groups.values())
    ]
    return _axes(x, y, chart) + _guide(chart, x, y) + "".join(paths) + _legend(list(groups))


def _histogram(chart: Chart) -> str:
    x = Scale([chart.rows[0]["from"], chart.rows[-1]["to"]], (LEFT, WIDTH - RIGHT))
    y = Scale([0, max(row["rows"] for row in chart.rows)], (HEIGHT - BOTTOM, TOP))
    bars = [_bar(x(row["from"]), y(row["rows"]), x(row["to"]) - x(row["from"]) - 1, COLOURS[0]) for row in chart.rows]
    return _axes(x, y, chart) + "".join(bars)


def _bars(chart: Chart) -> str:
    y = Scale([0, max(row[chart.y] for row in chart.rows)], (HEIGHT - BOTTOM, TOP))
    slot = (WIDTH - LEFT - RIGHT) / len(chart.rows)
    parts = [_grid(LEFT, y(tick), WIDTH - RIGHT, y(tick)) + _text(LEFT - 6, y(tick) + 4, f"{tick:.3g}", "end") for tick in y.ticks()]
    for place, row in enumerate(chart.rows):
        parts.append(_bar(LEFT + slot * (place + 0.1), y(row[chart.y]), slot * 0.8, COLOURS[0]))
        parts.append(_text(LEFT + slot * (place + 0.5), HEIGHT - BOTTOM + 16, str(row[chart.x]), "middle"))
    return "".join(parts) + _names(chart)


def _matrix(chart: Chart) -> str:
    across = list(dict.fromkeys(str(row[chart.x]) for row in chart.rows))
    down = list(dict.fromkeys(str(row[chart.y]) for row in chart.rows))
    most = max(row[chart.value] for row in chart.rows) or 1
    # The names of the classes need more room than numbers do.
    left = LEFT + 40
    width, height = (WIDTH - left - RIGHT) / len(across), (HEIGHT - TOP - BOTTOM) / len(down)
    parts = [_text(left + width * (place + 0.5), HEIGHT - BOTTOM + 16, name, "middle") for place, name in enumerate(across)]
    parts += [_text(left - 6, TOP + height * (place + 0.5) + 4, name, "end") for place, name in enumerate(down)]
    for row in chart.rows:
        x, y = left + width * across.index(str(row[chart.x])), TOP + height * down.index(str(row[chart.y]))
        share = row[chart.value] / most
        parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{width - 1:.1f}" height="{height - 1:.1f}" fill="{COLOURS[0]}" fill-opacity="{0.08 + 0.92 * share:.2f}"/>')
        parts.append(_text(x + width / 2, y + height / 2 + 4, str(row[chart.value]), "middle"))
    return "".join(parts) + _names(chart)


def _bar(x: float, top: float, width: float, colour: str) -> str:
    return f'<rect x="{x:.1f}" y="{top}" width="{max(width, 1):.1f}" height="{HEIGHT - BOTTOM - top:.1f}" fill="{colour}"/>'


def _grid(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{GREY}" stroke-opacity=".25"/>'


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _colour(place: int) -> str:
    return COLOURS[place % len(COLOURS)]
