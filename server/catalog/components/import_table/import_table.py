"""Reads files in the usual formats and writes a table."""

from pathlib import Path

from columns import split_names
from step import Arguments, run_step
from table_files import DELIMITERS, MISSING_TEXTS, ReadOptions
from tables import import_files, open_tables, write_table


def main() -> None:
    arguments = Arguments()
    arguments.add_argument("--data", required=True)
    arguments.add_argument("--format", choices=["auto", "csv", "tsv", "json", "jsonl", "parquet", "excel"], default="auto")
    arguments.add_argument("--delimiter", choices=["auto", *DELIMITERS], default="auto")
    arguments.add_argument("--header", choices=["auto", "yes", "no"], default="auto")
    arguments.add_argument("--decimal", choices=["point", "comma"], default="point")
    arguments.add_argument("--encoding", choices=["utf-8", "latin-1", "utf-16"], default="utf-8")
    arguments.add_argument("--skip-rows", type=int, default=0)
    arguments.add_argument("--missing", default=", ".join(MISSING_TEXTS))
    arguments.add_argument("--sheet", default="")
    arguments.add_argument("--table", required=True)
    given = arguments.parse_args()
    options = ReadOptions(
        format=given.format,
        delimiter=given.delimiter,
        header=given.header,
        decimal=given.decimal,
        encoding=given.encoding,
        skip_rows=given.skip_rows,
        sheet=given.sheet,
        missing=split_names(given.missing),
    )
    connection = open_tables()
    table = import_files(connection, Path(given.data), options)
    write_table(connection, f"SELECT * FROM {table.view}", given.table)
    for column in table.columns:
        print(f"  {column.name}: {column.type}")


run_step(main)
