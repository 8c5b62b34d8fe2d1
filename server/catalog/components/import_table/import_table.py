"""Reads files in the usual formats and writes a table."""

from pathlib import Path

from step import Arguments, run_step
from table_files import DELIMITERS, ReadOptions, relation_of
from tables import open_relation, open_tables, write_table


def main() -> None:
    arguments = Arguments()
    arguments.add_argument("--data", required=True)
    arguments.add_argument("--delimiter", choices=["auto", *DELIMITERS], default="auto")
    arguments.add_argument("--header", choices=["auto", "yes", "no"], default="auto")
    arguments.add_argument("--sheet", default="")
    arguments.add_argument("--table", required=True)
    given = arguments.parse_args()
    options = ReadOptions(delimiter=given.delimiter, header=given.header, sheet=given.sheet)
    connection = open_tables()
    table = open_relation(connection, relation_of(connection, Path(given.data), options), "t")
    write_table(connection, f"SELECT * FROM {table.view}", given.table)


run_step(main)
