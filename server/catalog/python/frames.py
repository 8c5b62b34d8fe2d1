"""Tables as pandas data frames, for what learns and scores."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Mapping, Optional

import pandas as pd

from tables import Roles, open_tables, read_roles, read_table, write_table


def read_frame(path: str) -> pd.DataFrame:
    """A table as a data frame; text columns hold `str` or missing, numbers are floats where values are missing."""
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


def write_frame(folder: str, frame: pd.DataFrame, roles: Optional[Roles] = None) -> int:
    """Writes a data frame as a table folder; names of columns become text."""
    connection = open_tables()
    named = frame.rename(columns=str)
    connection.register("frame", named)
    return write_table(connection, "SELECT * FROM frame", folder, roles)
