"""Runs one SELECT over up to three tables."""

import duckdb

from step import Arguments, StepError, run_step
from table_files import explain
from tables import open_tables, read_table, write_table


def main() -> None:
    arguments = Arguments()
    for name in ("t1", "t2", "t3"):
        arguments.add_argument(f"--{name}", required=name == "t1")
    arguments.add_argument("--query", required=True)
    arguments.add_argument("--result", required=True)
    given = arguments.parse_args()
    connection = open_tables()
    roles = {}
    for name in ("t1", "t2", "t3"):
        path = getattr(given, name)
        if path:
            table = read_table(connection, path, name)
            roles = roles or table.roles
    query = given.query.strip().rstrip(";")
    try:
        write_table(connection, query, given.result, roles)
    except duckdb.Error as error:
        raise StepError(f"the query cannot be run: {explain(error)}") from None


run_step(main)
