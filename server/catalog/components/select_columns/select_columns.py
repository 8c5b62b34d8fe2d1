"""Keeps or leaves out columns."""

from columns import choose_columns, named_columns, quoted
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
    if given.action == "keep":
        names = [column.name for column in named_columns(given.columns, table.columns)]
    else:
        left_out = {column.name for column in choose_columns(given.columns, table.columns)}
        names = [name for name in table.names if name not in left_out]
    if not names:
        raise StepError("no column is left: choose other columns")
    write_table(connection, f"SELECT {', '.join(map(quoted, names))} FROM {table.view}", given.result, table.roles)


run_step(main)
