"""Tables as pandas data frames, for what learns and scores."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Mapping, Optional

import duckdb
import pandas as pd

from columns import Column
from step import StepError
from table_files import explain
from tables import Roles, open_tables, read_roles, read_table, write_table

#: What pandas calls the values of an object column that DuckDB stores as they are.
STORABLE = frozenset(["string", "boolean", "integer", "floating", "decimal", "date", "datetime", "datetime64", "bytes", "empty"])


def read_frame(path: str) -> pd.DataFrame:
    """A table as a data frame; text columns hold `str` or None, whole numbers are floats where values are missing."""
    connection = open_tables()
    table = read_table(connection, path)
    frame = connection.execute(f"SELECT * FROM {table.view}").df()
    for column in table.columns:
        if column.kind == "text":
            frame[column.name] = frame[column.name].astype(object).where(frame[column.name].notna(), None)
    return frame


def read_frame_roles(path: str) -> Mapping[str, Any]:
    """What is known about the columns of a table."""
    return read_roles(Path(path))


def columns_of_frame(frame: pd.DataFrame) -> list[Column]:
    """The columns with their kinds, spelled as a table's, so that names are chosen by the same rules."""
    return [Column(str(name), _type_of(frame[name])) for name in frame.columns]


def write_frame(folder: str, frame: pd.DataFrame, roles: Optional[Roles] = None) -> int:
    """Writes a data frame as a table folder; names of columns become text, the index is left out."""
    named = frame.rename(columns=str).reset_index(drop=True)
    if named.columns.empty:
        raise StepError("the data frame has no columns, so there is no table to write")
    for name in named.columns[named.columns.duplicated()]:
        raise StepError(f'the data frame has two columns called "{name}"')
    for name in named.columns:
        if pd.api.types.is_object_dtype(named[name]) and pd.api.types.infer_dtype(named[name], skipna=True) not in STORABLE:
            print(f'Column "{name}" holds values of several types: they are kept as text')
            named[name] = named[name].map(lambda value: None if _is_missing(value) else str(value)).astype(object)
    connection = open_tables()
    try:
        connection.register("frame", named)
        return write_table(connection, "SELECT * FROM frame", folder, roles)
    except (duckdb.Error, NotImplementedError) as error:
        raise StepError(f"the data frame cannot be kept as a table: {explain(error)}") from None


def _type_of(values: pd.Series) -> str:
    if pd.api.types.is_bool_dtype(values):
        return "BOOLEAN"
    if pd.api.types.is_numeric_dtype(values):
        return "DOUBLE"
    if pd.api.types.is_datetime64_any_dtype(values):
        return "TIMESTAMP"
    kind = pd.api.types.infer_dtype(values, skipna=True)
    return {"string": "VARCHAR", "empty": "VARCHAR", "boolean": "BOOLEAN", "date": "DATE", "integer": "BIGINT", "floating": "DOUBLE"}.get(kind, "OTHER")


def _is_missing(value: Any) -> bool:
    return bool(pd.isna(value)) if pd.api.types.is_scalar(value) else False
