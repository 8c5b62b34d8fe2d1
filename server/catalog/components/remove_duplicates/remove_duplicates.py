"""Keeps one row of those that are alike."""

from columns import choose_columns, free_name, quoted
from step import Arguments, StepError, counted, run_step
from tables import open_tables, read_table, write_table


def main() -> None:
    arguments = Arguments()
    arguments.add_argument("--table", required=True)
    arguments.add_argument("--columns", default="")
    arguments.add_argument("--keep", choices=["first", "last"], default="first")
    arguments.add_argument("--result", required=True)
    given = arguments.parse_args()
    connection = open_tables()
    table = read_table(connection, given.table)
    keys = choose_columns(given.columns, table.columns) if given.columns else table.columns
    if not keys:
        raise StepError("no column is left to compare rows by")
    row = quoted(free_name("_row", table.names))
    same = ", ".join(quoted(column.name) for column in keys)
    kept = ", ".join(map(quoted, table.names))
    order = f"{row} DESC" if given.keep == "last" else row
    query = f"""SELECT {kept} FROM (SELECT *, row_number() OVER () AS {row} FROM {table.view})
        QUALIFY row_number() OVER (PARTITION BY {same} ORDER BY {order}) = 1 ORDER BY {row}"""
    before = table.count_rows()
    after = write_table(connection, query, given.result, table.roles)
    print(f"Removed {counted(before - after, 'row')}")


run_step(main)
