"""Columns: their kinds, the lists that users write, and names as SQL spells them."""

from __future__ import annotations

import csv
import fnmatch
import re
from dataclasses import dataclass
from typing import Iterable, Optional, Sequence

from step import StepError, did_you_mean

NUMBER_TYPES = frozenset(
    ["TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT", "FLOAT", "DOUBLE"]
)
TIME_TYPES = frozenset(["DATE", "TIME", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMP WITH TIME ZONE"])
KINDS = ("number", "text", "boolean", "time", "other")
MOST_NAMES_SHOWN = 20
PLACE = re.compile(r"#(\d+)(?:-(\d+))?")


@dataclass(frozen=True)
class Column:
    """A column's name and its type as DuckDB calls it."""

    name: str
    type: str

    @property
    def kind(self) -> str:
        """`number`, `text`, `boolean`, `time` or `other`."""
        if self.type in NUMBER_TYPES or self.type.startswith("DECIMAL"):
            return "number"
        if self.type == "VARCHAR" or self.type.startswith("ENUM"):
            return "text"
        if self.type == "BOOLEAN":
            return "boolean"
        return "time" if self.type in TIME_TYPES else "other"


def quoted(name: str) -> str:
    """A column's name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def sql_text(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def sql_number(value: float) -> str:
    """A number as an SQL literal that keeps every digit."""
    return f"CAST({sql_text(repr(float(value)))} AS DOUBLE)"


def split_names(text: str) -> list[str]:
    """The names in a comma-separated list; one that holds a comma stands in double quotes."""
    rows = list(csv.reader([text.replace("\n", ",")], skipinitialspace=True))
    return [name.strip() for row in rows for name in row if name.strip()]


def find_column(name: str, columns: Sequence[Column], table: str = "the table") -> Column:
    """The column of that name; a `StepError` with a suggestion when there is none."""
    for column in columns:
        if column.name == name:
            return column
    names = [column.name for column in columns]
    raise StepError(f'no column "{name}".{did_you_mean(name, names)} {table[0].upper()}{table[1:]} has: {list_names(names)}')


def choose_columns(text: str, columns: Sequence[Column], table: str = "the table") -> list[Column]:
    """The columns that a list names, in the table's order.

    An item is a name, a pattern with `*` or `?`, all columns of a kind (`@number`, `@text`, `@boolean`, `@time`, `@other`), or a
    place counted from 1 (`#3`, `#2-5`). With `!` before it, what it names is left out again; a list that begins so begins with
    all columns. A pattern or a kind may match nothing; a plain name must exist.
    """
    chosen = set(_chosen_names(text, columns, table))
    return [column for column in columns if column.name in chosen]


def named_columns(text: str, columns: Sequence[Column], table: str = "the table") -> list[Column]:
    """Like `choose_columns`, but in the order of the list: for keys, where the order pairs them."""
    return [find_column(name, columns, table) for name in _chosen_names(text, columns, table)]


def list_names(names: Iterable[str]) -> str:
    """Names for people, cut off when there are very many."""
    every = list(names)
    more = f" and {len(every) - MOST_NAMES_SHOWN} more" if len(every) > MOST_NAMES_SHOWN else ""
    return ", ".join(every[:MOST_NAMES_SHOWN]) + more


def free_name(wanted: str, taken: Iterable[str]) -> str:
    """`wanted`, or `wanted_2` and so on when a column has that name. SQL names differ by more than case."""
    folded = {name.casefold() for name in taken}
    name, number = wanted, 2
    while name.casefold() in folded:
        name, number = f"{wanted}_{number}", number + 1
    return name


def _chosen_names(text: str, columns: Sequence[Column], table: str) -> list[str]:
    every = {column.name: None for column in columns}
    chosen: dict[str, None] = {}
    for index, item in enumerate(split_names(text)):
        # A column may bear such a name itself.
        if item.startswith("!") and item not in every:
            if index == 0:
                chosen = dict(every)
            for name in _matches(item[1:].strip(), columns, table):
                chosen.pop(name, None)
        else:
            chosen.update(dict.fromkeys(_matches(item, columns, table)))
    return list(chosen)


def _matches(item: str, columns: Sequence[Column], table: str) -> list[str]:
    names = [column.name for column in columns]
    if item in names:
        return [item]
    if item.startswith("@"):
        kind = item[1:]
        if kind not in KINDS:
            raise StepError(f'"{item}" is no kind of column. The kinds are: {", ".join("@" + known for known in KINDS)}')
        return [column.name for column in columns if column.kind == kind]
    place = PLACE.fullmatch(item)
    if place:
        first, last = int(place[1]), int(place[2] or place[1])
        if first < 1 or last > len(names) or first > last:
            raise StepError(f'"{item}" is no place of a column. {table[0].upper()}{table[1:]} has {len(names)} columns')
        return names[first - 1 : last]
    if "*" in item or "?" in item:
        return [name for name in names if fnmatch.fnmatchcase(name, item)]
    return [find_column(item, columns, table).name]


def kind_error(column: Column, wanted: str, action: str) -> Optional[StepError]:
    """The error for a column of the wrong kind, or None when the kind is right."""
    if column.kind == wanted:
        return None
    return StepError(f'column "{column.name}" holds {column.kind} values, and {action} needs {wanted} values. Leave it out, or change its type with Edit metadata')
