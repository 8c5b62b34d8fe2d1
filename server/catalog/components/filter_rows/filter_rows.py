"""Keeps the rows for which a condition is true."""

import duckdb

from step import Arguments, StepError, run_step
from table_files import explain
from tables import open_tables, read_table, write_table


def main() -> None:
    arguments = Arguments()
    arguments.add_argument("--table", required=True)
    arguments.add_argument("--condition", required=True)
    arguments.add_argument("--result", required=True)
    given = arguments.parse_args()
    connection = open_tables()
    table = read_table(connection, given.table)
    try:
        write_table(connection, f"SELECT * FROM {table.view} WHERE ({given.condition}\n)", given.result, table.roles)
    except duckdb.Error as error:
        raise StepError(f"the condition cannot be used: {explain(error)}") from None


run_step(main)
