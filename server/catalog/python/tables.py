"""Tables between steps: a folder with `data.parquet` and an `MLTable` file, worked on with DuckDB.

`roles.json` beside them is written when something is known about the columns: which one is the label, which are
identifiers, what a model added. It is optional everywhere: a table without it is an ordinary table.

DuckDB gets one thread. A step takes one slot, and one thread keeps rows in order and sums exact to the last bit, so
that the same input gives the same bytes, which is what reuse is decided by.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Mapping, Optional

import duckdb

from columns import Column, quoted, sql_text
from step import StepError, counted
from table_files import ReadOptions, check_rows_alike, explain, relation_of

PARQUET_NAME = "data.parquet"
ROLES_NAME = "roles.json"
WIDE_TYPES = ("HUGEINT", "UHUGEINT")
MLTABLE = """type: mltable
paths:
  - file: ./data.parquet
transformations:
  - read_parquet:
      include_path_column: false
"""

Roles = Mapping[str, Any]


@dataclass(frozen=True)
class Table:
    """A table that can be named in SQL as `view`."""

    connection: duckdb.DuckDBPyConnection
    view: str
    columns: list[Column]
    roles: Roles = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    def count_rows(self) -> int:
        return int(one_value(self.connection, f"SELECT count(*) FROM {self.view}"))


def open_tables() -> duckdb.DuckDBPyConnection:
    """A DuckDB in memory that spills into the working folder and never reaches for the network."""
    return duckdb.connect(
        ":memory:",
        config={
            "threads": 1,
            "temp_directory": ".duckdb",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        },
    )


def read_table(connection: duckdb.DuckDBPyConnection, path: str, view: str = "t") -> Table:
    """Opens a table folder, a file (CSV, TSV, JSON, JSONL, Parquet, Excel) or a folder of such files as `view`."""
    table = import_files(connection, Path(path), ReadOptions(), view)
    print(f"Read {view if view != 't' else 'table'}: {shape_of(table.count_rows(), len(table.columns))}")
    return replace(table, roles=read_roles(Path(path)))


def import_files(connection: duckdb.DuckDBPyConnection, path: Path, options: ReadOptions, view: str = "t") -> Table:
    """Opens files as `view`, read in the way that is asked for."""
    table = open_relation(connection, relation_of(connection, path, options), view)
    if options.delimiter == "auto":
        check_rows_alike(path, table.names)
    return table


def open_relation(connection: duckdb.DuckDBPyConnection, relation: str, view: str) -> Table:
    """Names what an SQL table expression gives. Parquet stays on disk; text is parsed once."""
    kind = "VIEW" if relation.startswith("read_parquet(") else "TABLE"
    try:
        connection.execute(f"CREATE {kind} {view} AS SELECT * FROM {relation}")
    except duckdb.Error as error:
        raise StepError(f"the data cannot be read: {explain(error)}") from None
    return Table(connection, view, columns_of(connection, f"SELECT * FROM {view}"))


def columns_of(connection: duckdb.DuckDBPyConnection, query: str) -> list[Column]:
    """The columns that a query gives, without running it."""
    rows = connection.execute(f"DESCRIBE {query}").fetchall()
    return [Column(str(row[0]), str(row[1])) for row in rows]


def one_value(connection: duckdb.DuckDBPyConnection, query: str) -> Any:
    """The only value that a query gives."""
    row = connection.execute(query).fetchone()
    if row is None:
        raise AssertionError(f"Internal error: expected one row from {query}")
    return row[0]


def write_table(connection: duckdb.DuckDBPyConnection, query: str, folder: str, roles: Optional[Roles] = None) -> int:
    """Writes what a query gives as a table folder and returns the number of rows."""
    columns = columns_of(connection, query)
    _check_names(columns)
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    rows = _copy(connection, query, columns, target / PARQUET_NAME)
    (target / "MLTable").write_text(MLTABLE, encoding="utf-8")
    kept = surviving_roles(roles or {}, [column.name for column in columns])
    if kept:
        (target / ROLES_NAME).write_text(json.dumps(kept, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    print(f"Wrote table: {shape_of(rows, len(columns))}")
    return rows


def shape_of(rows: int, columns: int) -> str:
    """`205 rows × 26 columns`."""
    return f"{counted(rows, 'row')} × {counted(columns, 'column')}"


def read_roles(path: Path) -> Roles:
    """What is known about the columns of a table, from the step that wrote it."""
    file = path / ROLES_NAME
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def surviving_roles(roles: Roles, names: list[str]) -> dict[str, Any]:
    """The roles whose columns are still there."""
    kept: dict[str, Any] = {}
    for role, value in roles.items():
        if role == "scored":
            if value["column"] in names:
                kept[role] = value
        elif isinstance(value, list):
            remaining = [name for name in value if name in names]
            if remaining:
                kept[role] = remaining
        elif value in names:
            kept[role] = value
    return kept


def renamed_roles(roles: Roles, names: Mapping[str, str]) -> dict[str, Any]:
    """The roles after columns were renamed; `names` goes from old to new."""
    renamed: dict[str, Any] = {}
    for role, value in roles.items():
        if role == "scored":
            columns = {label: names.get(column, column) for label, column in value["probabilities"].items()}
            renamed[role] = {**value, "column": names.get(value["column"], value["column"]), "probabilities": columns}
        elif isinstance(value, list):
            renamed[role] = [names.get(name, name) for name in value]
        else:
            renamed[role] = names.get(value, value)
    return renamed


def _check_names(columns: list[Column]) -> None:
    """SQL does not tell names apart by case, so a table that does could not be read again."""
    seen: dict[str, str] = {}
    for column in columns:
        other = seen.setdefault(column.name.casefold(), column.name)
        if other is not column.name:
            raise StepError(f'two columns would be called "{other}" and "{column.name}", which SQL cannot tell apart: give one of them another name')


def _copy(connection: duckdb.DuckDBPyConnection, query: str, columns: list[Column], file: Path) -> int:
    def copy(wide: str) -> int:
        selected = ", ".join(_storable(column, wide) for column in columns)
        row = connection.execute(f"COPY (SELECT {selected} FROM ({query}\n) AS result) TO {sql_text(str(file))} (FORMAT parquet, COMPRESSION zstd)").fetchone()
        return int(row[0]) if row else 0

    if not any(column.type in WIDE_TYPES for column in columns):
        return copy("BIGINT")
    try:
        return copy("BIGINT")
    except duckdb.ConversionException:
        # A sum that is too wide for 64 bits is kept as a floating-point number.
        return copy("DOUBLE")


def _storable(column: Column, wide: str) -> str:
    """Types that Parquet or other readers lack become ones that everyone has."""
    name = quoted(column.name)
    if column.type in WIDE_TYPES:
        return f"CAST({name} AS {wide}) AS {name}"
    if column.type.startswith("DECIMAL"):
        return f"CAST({name} AS DOUBLE) AS {name}"
    if column.type.startswith("ENUM") or column.type in ("UUID", "INTERVAL", "BIT", '"NULL"'):
        return f"CAST({name} AS VARCHAR) AS {name}"
    return name
