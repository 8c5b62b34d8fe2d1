"""Keeps or leaves out columns."""

from columns import choose_columns, quoted
from step import Arguments, StepError, run_step
from tables import open_tables, read_table, write_table


def main() -> None:
    arguments = Arguments()
    arguments.add_argument("--table", required=True)
    arguments.add_argument("--columns", required=True)
    arguments.add_argument("--action", choices=["keep", "leave out"], default="keep")
    arguments.add_argument("--result", required=True)
    given = arguments.parse_args()
    connection = open_tables()
    table = read_table(connection, given.table)
    named = [column.name for column in choose_columns(given.columns, table.columns)]
    names = named if given.action == "keep" else [name for name in table.names if name not in named]
    if not names:
        raise StepError("no column is left: choose fewer columns to leave out")
    write_table(connection, f"SELECT {', '.join(map(quoted, names))} FROM {table.view}", given.result, table.roles)


run_step(main)
