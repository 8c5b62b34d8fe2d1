"""Fitted transformations: what was learned of one table's columns, so that another table is changed in exactly the same way.

A transformation is a folder with `transformation.json`: a list of changes, each of one column.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Sequence

from columns import Column, find_column, free_name, quoted, sql_number, sql_text
from step import StepError
from tables import Table, one_value

FILE_NAME = "transformation.json"


@dataclass(frozen=True)
class Change:
    """What happens to a column: `scale` (minus centre, by scale), `log` (of 1 plus the value) or `indicators` (one 0/1 column a value)."""

    column: str
    operation: str
    centre: float = 0.0
    scale: float = 1.0
    values: Sequence[str] = ()
    is_kept: bool = False


def write_transformation(folder: str, changes: Sequence[Change]) -> None:
    """Keeps a transformation as an output of a step."""
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"changes": [asdict(change) for change in changes]}, indent=2, sort_keys=True, ensure_ascii=False)
    (target / FILE_NAME).write_text(text + "\n", encoding="utf-8")


def read_transformation(folder: str) -> list[Change]:
    """The changes that a step wrote."""
    file = Path(folder) / FILE_NAME
    if not file.is_file():
        raise StepError("there is no transformation here: connect the transformation output of Normalize or Convert to indicators")
    return [Change(**change) for change in json.loads(file.read_text(encoding="utf-8"))["changes"]]


def transformed(table: Table, changes: Sequence[Change]) -> str:
    """The query that applies the changes; columns that are not named stay as they are."""
    by_column = {find_column(change.column, table.columns).name: change for change in changes}
    taken = list(table.names)
    selected: list[str] = []
    for column in table.columns:
        change = by_column.get(column.name)
        if change is None:
            selected.append(quoted(column.name))
        elif change.operation == "indicators":
            selected += _indicators(column, change, taken)
        else:
            selected.append(f"{_scaled(table, column, change)} AS {quoted(column.name)}")
    return f"SELECT {', '.join(selected)} FROM {table.view}"


def _scaled(table: Table, column: Column, change: Change) -> str:
    if column.kind != "number":
        raise StepError(f'column "{column.name}" holds {column.kind} values and cannot be scaled: change its type with Edit metadata')
    value = f"CAST({quoted(column.name)} AS DOUBLE)"
    if change.operation == "scale":
        return f"({value} - {sql_number(change.centre)}) / {sql_number(change.scale)}"
    lowest = one_value(table.connection, f"SELECT min({value}) FROM {table.view}")
    if lowest is not None and lowest <= -1:
        raise StepError(f'column "{column.name}" has values of -1 or less, which have no logarithm')
    return f"ln(1 + {value})"


def _indicators(column: Column, change: Change, taken: list[str]) -> list[str]:
    selected = [quoted(column.name)] if change.is_kept else []
    for value in change.values:
        name = free_name(f"{column.name}_{value}", taken)
        taken.append(name)
        # A value that was not there when the transformation was fitted, or is missing, is 0 everywhere.
        selected.append(f"coalesce(CAST(CAST({quoted(column.name)} AS VARCHAR) = {sql_text(value)} AS INTEGER), 0) AS {quoted(name)}")
    return selected
