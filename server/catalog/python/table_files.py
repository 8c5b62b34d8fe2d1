"""Files as tables: which format a file has, and the DuckDB expression that reads it.

A folder is read as one table: the one its `MLTable` file describes, else all of its files, which must have one format.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Optional, Sequence

import duckdb

from columns import sql_text
from step import StepError, counted, did_you_mean

FORMATS = {
    ".csv": "csv", ".txt": "csv", ".tsv": "tsv", ".tab": "tsv", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".parquet": "parquet", ".pq": "parquet", ".xlsx": "excel", ".xlsm": "excel",
}
DELIMITERS = {"comma": ",", "tab": "\t", "semicolon": ";", "pipe": "|", "space": " "}
MISSING_TEXTS = ("NA", "N/A", "NaN", "nan", "null", "NULL", "?")
COMPRESSIONS = (".gz", ".zst")


@dataclass(frozen=True)
class ReadOptions:
    """How text and spreadsheets are read. `auto` leaves it to the data."""

    format: str = "auto"
    delimiter: str = "auto"
    header: str = "auto"
    decimal: str = "point"
    encoding: str = "utf-8"
    skip_rows: int = 0
    sheet: str = ""
    missing: Sequence[str] = field(default=MISSING_TEXTS)


def relation_of(connection: duckdb.DuckDBPyConnection, path: Path, options: ReadOptions) -> str:
    """The SQL table expression that reads a file or folder."""
    if not path.exists():
        raise StepError(f'there is no file or folder at "{path}"')
    if path.is_dir() and (path / "MLTable").is_file():
        return _relation_of_mltable(connection, path, options)
    files = _files_in(path) if path.is_dir() else [path]
    return _relation_of_files(connection, files, options)


def check_rows_alike(path: Path, names: Sequence[str]) -> None:
    """A CSV file whose rows differ in length is taken for a single column; this names the row that is at fault."""
    found = next((text for text in (",", ";", "\t", "|") if text in names[0]), None)
    if len(names) != 1 or found is None or not path.is_file():
        return
    with path.open(encoding="utf-8", errors="replace", newline="") as stream:
        reader = csv.reader(stream, delimiter=found)
        width = len(next(reader, []))
        for row in reader:
            if row and len(row) != width:
                raise StepError(f'line {reader.line_num} of "{path.name}" has {counted(len(row), "value")}, but the first line has {width}. Mend it, or choose the delimiter')


def explain(error: Exception) -> str:
    """DuckDB's message without its suggestions and the echo of the query."""
    lines: list[str] = []
    for line in str(error).splitlines():
        if line.startswith(("Possible fixes", "Possible Solution", "LINE ", "The search space")):
            break
        if line.strip():
            lines.append(line.strip())
    hint = " Choose its encoding in Import table." if "not utf-8 encoded" in str(error) else ""
    return " ".join(lines) + hint


def _relation_of_files(connection: duckdb.DuckDBPyConnection, files: Sequence[Path], options: ReadOptions) -> str:
    kinds = {file: _format_of(file) for file in files} if options.format == "auto" else {file: options.format for file in files}
    found = sorted(set(kinds.values()))
    if len(found) > 1:
        raise StepError(f"the folder holds files of several formats ({', '.join(found)}). Give a folder with one format, or choose the format")
    empty = [file.name for file in files if file.stat().st_size == 0]
    if empty:
        raise StepError(f'the file "{empty[0]}" is empty')
    kind = found[0]
    if kind == "excel":
        try:
            from excel_files import read_excel
        except ImportError:
            raise StepError("this step does not read Excel files: put Import table before it") from None
        return read_excel(connection, files, options)
    names = "[" + ", ".join(sql_text(str(file)) for file in files) + "]"
    if kind == "parquet":
        return f"read_parquet({names}, union_by_name=true)"
    if kind in ("json", "jsonl"):
        shape = "newline_delimited" if kind == "jsonl" else "auto"
        return f"read_json({names}, format='{shape}', sample_size=-1, union_by_name=true, maximum_object_size=268435456)"
    return _csv_relation(names, replace(options, delimiter="tab") if kind == "tsv" and options.delimiter == "auto" else options)


def _csv_relation(names: str, options: ReadOptions) -> str:
    arguments = ["sample_size=-1", "union_by_name=true"]
    arguments.append("nullstr=[" + ", ".join(sql_text(text) for text in ("", *options.missing)) + "]")
    if options.delimiter != "auto":
        arguments.append(f"delim={sql_text(DELIMITERS[options.delimiter])}")
    if options.header != "auto":
        arguments.append(f"header={'true' if options.header == 'yes' else 'false'}")
    if options.decimal == "comma":
        arguments.append("decimal_separator=','")
    if options.encoding != "utf-8":
        arguments.append(f"encoding={sql_text(options.encoding)}")
    if options.skip_rows > 0:
        arguments.append(f"skip={options.skip_rows}")
    return f"read_csv({names}, {', '.join(arguments)})"


def _files_in(folder: Path) -> list[Path]:
    """The folder's table files, in sorted order; hidden files and markers such as `_SUCCESS` are not data."""
    files = sorted(file for file in folder.rglob("*") if file.is_file() and not _is_hidden(file.relative_to(folder)))
    known = [file for file in files if _format_by_name(file)]
    if not known:
        raise StepError(f'the folder "{folder.name}" holds no table: {counted(len(files), "file")}, none of them CSV, TSV, JSON, Parquet or Excel')
    return known


def _is_hidden(path: Path) -> bool:
    return any(part.startswith((".", "_", "~$")) for part in path.parts)


def _format_by_name(file: Path) -> Optional[str]:
    suffixes = [suffix.lower() for suffix in file.suffixes]
    if suffixes and suffixes[-1] in COMPRESSIONS:
        suffixes.pop()
    return FORMATS.get(suffixes[-1]) if suffixes else None


def _format_of(file: Path) -> str:
    """The format by the file's name, else by how the file begins."""
    by_name = _format_by_name(file)
    if by_name:
        return by_name
    with file.open("rb") as stream:
        start = stream.read(512)
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith(b"PK\x03\x04"):
        return "excel"
    return "json" if start.lstrip()[:1] in (b"{", b"[") else "csv"


def _relation_of_mltable(connection: duckdb.DuckDBPyConnection, folder: Path, options: ReadOptions) -> str:
    """What an MLTable describes: the files it names and how they are to be read."""
    import yaml

    try:
        document = yaml.safe_load((folder / "MLTable").read_text(encoding="utf-8"))
        paths, steps = document["paths"], document.get("transformations") or []
        files = [file for path in paths for file in _files_of_mltable(folder, path)]
    except (yaml.YAMLError, KeyError, TypeError, AttributeError):
        raise StepError(f'the MLTable file in "{folder.name}" cannot be understood: it needs a list of `paths`') from None
    projection = "*"
    for step in steps:
        name, settings = next(iter(step.items())) if isinstance(step, dict) else (step, None)
        options = _reading(str(name), settings or {}, options)
        projection = _projection(str(name), settings, projection)
    relation = _relation_of_files(connection, files, options)
    return relation if projection == "*" else f"(SELECT {projection} FROM {relation})"


def _files_of_mltable(folder: Path, path: Any) -> list[Path]:
    kind, value = next(iter(path.items()))
    if "://" in str(value):
        raise StepError(f'the MLTable names data elsewhere ("{value}"), which cannot be read from here. Bring the files to this machine')
    if kind == "pattern":
        files = sorted(file for file in folder.glob(str(value).removeprefix("./")) if file.is_file())
    else:
        target = folder / str(value)
        files = _files_in(target) if kind == "folder" and target.is_dir() else [target]
    missing = [file for file in files if not file.is_file()]
    if missing or not files:
        raise StepError(f'the MLTable names "{value}", but there is no such file')
    return files


READERS = {"read_delimited": "csv", "read_parquet": "parquet", "read_json_lines": "jsonl"}
PROJECTIONS = ("keep_columns", "drop_columns")


def _reading(name: str, settings: Any, options: ReadOptions) -> ReadOptions:
    if name in PROJECTIONS:
        return options
    if name not in READERS:
        known = [*READERS, *PROJECTIONS]
        raise StepError(f'the MLTable uses "{name}", which is not supported.{did_you_mean(name, known)} Supported are: {", ".join(known)}')
    if name != "read_delimited":
        return replace(options, format=READERS[name])
    delimiters = {text: word for word, text in DELIMITERS.items()}
    delimiter = str(settings.get("delimiter", ","))
    if delimiter not in delimiters:
        raise StepError(f'the MLTable uses the delimiter "{delimiter}", which is not supported. Supported are: {", ".join(DELIMITERS)}')
    header = "no" if settings.get("header") == "no_header" else "yes"
    encoding = {"utf8": "utf-8", "iso88591": "latin-1", "latin1": "latin-1", "utf16": "utf-16"}.get(str(settings.get("encoding", "utf8")), "utf-8")
    return replace(options, format="csv", delimiter=delimiters[delimiter], header=header, encoding=encoding)


def _projection(name: str, settings: Any, projection: str) -> str:
    if name not in PROJECTIONS:
        return projection
    columns = [settings] if isinstance(settings, str) else list(settings or [])
    listed = ", ".join('"' + str(column).replace('"', '""') + '"' for column in columns)
    return listed if name == "keep_columns" else f"* EXCLUDE ({listed})"
