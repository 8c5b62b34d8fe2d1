"""Excel sheets as tables. A column takes the narrowest type that holds all of its cells."""

from __future__ import annotations

import csv
import datetime
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Sequence

import duckdb
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from columns import free_name, sql_text
from step import StepError, did_you_mean

if TYPE_CHECKING:
    from table_files import ReadOptions

Cells = list[Any]


def read_excel(connection: duckdb.DuckDBPyConnection, files: Sequence[Path], options: ReadOptions) -> str:
    """Copies a sheet of each workbook into the working folder as typed text; gives the expression that reads all of it."""
    parts: list[str] = []
    for number, file in enumerate(files):
        names, rows = _sheet_rows(file, options)
        types = [_type_of([row[index] for row in rows]) for index in range(len(names))]
        copy = Path(f".sheet-{number}.csv")
        with copy.open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows([[_as_text(cell) for cell in row] for row in rows])
        columns = ", ".join(f"{sql_text(name)}: {sql_text(kind)}" for name, kind in zip(names, types))
        parts.append(
            f"SELECT * FROM read_csv({sql_text(str(copy))}, header=false, auto_detect=false, delim=',', quote='\"', escape='\"', "
            f"nullstr='', columns={{{columns}}})"
        )
    return "(" + " UNION ALL BY NAME ".join(parts) + ")"


def _sheet_rows(file: Path, options: ReadOptions) -> tuple[list[str], list[Cells]]:
    try:
        workbook = load_workbook(file, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError):
        raise StepError(f'"{file.name}" is no Excel workbook (.xlsx). Save it as .xlsx or CSV') from None
    try:
        sheet = workbook[_sheet_name(workbook.sheetnames, options.sheet, file.name)]
        rows = [list(row) for row in sheet.iter_rows(values_only=True)][options.skip_rows :]
    finally:
        workbook.close()
    missing = set(options.missing)
    rows = [[None if isinstance(cell, str) and cell.strip() in ("", *missing) else cell for cell in row] for row in rows]
    rows = [row for row in rows if any(cell is not None for cell in row)]
    width = max((len(row) - _trailing_gaps(row) for row in rows), default=0)
    if width == 0:
        raise StepError(f'the sheet "{sheet.title}" of "{file.name}" is empty')
    rows = [(row + [None] * width)[:width] for row in rows]
    has_header = options.header == "yes" or (options.header == "auto" and all(isinstance(cell, str) for cell in rows[0] if cell is not None))
    return (_unique_names(rows[0]), rows[1:]) if has_header else (_unique_names([None] * width), rows)


def _sheet_name(names: Sequence[str], wanted: str, file: str) -> str:
    """The sheet of that name or, counted from 1, of that number; the first one when nothing is said."""
    if not wanted or wanted in names:
        return wanted or names[0]
    if wanted.isdigit() and 1 <= int(wanted) <= len(names):
        return names[int(wanted) - 1]
    raise StepError(f'"{file}" has no sheet "{wanted}".{did_you_mean(wanted, names)} Its sheets are: {", ".join(names)}')


def _trailing_gaps(row: Cells) -> int:
    gaps = 0
    for cell in reversed(row):
        if cell is not None:
            break
        gaps += 1
    return gaps


def _unique_names(cells: Cells) -> list[str]:
    names: list[str] = []
    for number, cell in enumerate(cells, start=1):
        wanted = str(cell).strip() if cell is not None else f"column_{number}"
        names.append(free_name(wanted, names))
    return names


def _type_of(cells: Cells) -> str:
    values = [cell for cell in cells if cell is not None]
    if not values:
        return "VARCHAR"
    if all(isinstance(value, bool) for value in values):
        return "BOOLEAN"
    if all(isinstance(value, int) and not isinstance(value, bool) for value in values):
        return "BIGINT"
    if all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in values):
        return "DOUBLE"
    if all(isinstance(value, datetime.datetime) for value in values):
        return "DATE" if all(value.time() == datetime.time() for value in values) else "TIMESTAMP"
    return "VARCHAR"


def _as_text(cell: Any) -> str:
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    if isinstance(cell, (datetime.datetime, datetime.date, datetime.time)):
        return cell.isoformat()
    return "" if cell is None else str(cell)
