"""Removes or fills missing values."""

import duckdb

from columns import Column, choose_columns, quoted, sql_text
from step import Arguments, StepError, counted, run_step
from tables import Table, one_value, open_tables, read_table, write_table

ACTIONS = ["remove rows", "remove columns", "mean", "median", "mode", "constant"]


def missing_in(table: Table, column: Column) -> int:
    return int(one_value(table.connection, f"SELECT count(*) - count({quoted(column.name)}) FROM {table.view}"))


def filled(column: Column, action: str, value: str) -> str:
    """The column with its gaps filled, as SQL; every row sees the same fill."""
    name = quoted(column.name)
    if action == "constant":
        return f"coalesce({name}, CAST({sql_text(value)} AS {column.type})) AS {name}"
    if action == "mode":
        return f"coalesce({name}, (SELECT {name} FROM t WHERE {name} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1)) AS {name}"
    if column.kind != "number":
        return name
    function = "avg" if action == "mean" else "median"
    return f"coalesce({name}, (SELECT {function}({name}) FROM t)) AS {name}"


def main() -> None:
    arguments = Arguments()
    arguments.add_argument("--table", required=True)
    arguments.add_argument("--columns", default="")
    arguments.add_argument("--action", choices=ACTIONS, default="remove rows")
    arguments.add_argument("--value", default="")
    arguments.add_argument("--least-share", type=float, default=0.0)
    arguments.add_argument("--result", required=True)
    given = arguments.parse_args()
    connection = open_tables()
    table = read_table(connection, given.table)
    chosen = choose_columns(given.columns, table.columns) if given.columns else table.columns
    gaps = {column.name: missing_in(table, column) for column in chosen}
    print(f"{counted(sum(gaps.values()), 'missing value')} in {counted(sum(1 for n in gaps.values() if n), 'column')}")
    if given.action == "constant" and not given.value:
        raise StepError("name the value that fills the gaps")
    rows = max(table.count_rows(), 1)
    incomplete = [column for column in chosen if gaps[column.name] and gaps[column.name] / rows >= given.least_share]
    if given.action == "remove rows":
        complete = " AND ".join(f"{quoted(column.name)} IS NOT NULL" for column in incomplete) or "TRUE"
        query = f"SELECT * FROM t WHERE {complete}"
    elif given.action == "remove columns":
        kept = [column.name for column in table.columns if column not in incomplete]
        if not kept:
            raise StepError("every column has missing values: no column would be left")
        query = f"SELECT {', '.join(map(quoted, kept))} FROM t"
    else:
        names = {column.name for column in incomplete}
        query = "SELECT " + ", ".join(
            filled(column, given.action, given.value) if column.name in names else quoted(column.name) for column in table.columns
        ) + " FROM t"
    try:
        write_table(connection, query, given.result, table.roles)
    except duckdb.Error:
        raise StepError(f'"{given.value}" does not fit the type of every chosen column') from None


run_step(main)
