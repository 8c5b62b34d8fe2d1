"""Sums up the rows of each group."""

from columns import Column, choose_columns, free_name, kind_error, named_columns, quoted
from step import Arguments, StepError, run_step
from tables import open_tables, read_table, write_table

FUNCTIONS = {
    "mean": "avg", "sum": "sum", "median": "median", "min": "min", "max": "max", "deviation": "stddev_samp",
    "missing": "count(*) - count", "distinct": "count(DISTINCT", "first": "first",
}
FOR_ALL_KINDS = ("min", "max", "missing", "distinct", "first")


def summed_up(column: Column, function: str) -> str:
    """The function over the column, as SQL."""
    closing = "))" if function == "distinct" else ")"
    return f"{FUNCTIONS[function]}({quoted(column.name)}{closing}"


def main() -> None:
    arguments = Arguments()
    arguments.add_argument("--table", required=True)
    arguments.add_argument("--keys", default="")
    arguments.add_argument("--columns", default="")
    arguments.add_argument("--function", choices=list(FUNCTIONS), default="mean")
    arguments.add_argument("--result", required=True)
    given = arguments.parse_args()
    connection = open_tables()
    table = read_table(connection, given.table)
    keys = named_columns(given.keys, table.columns)
    others = [column for column in table.columns if column not in keys]
    if given.columns:
        chosen = choose_columns(given.columns, others)
    else:
        chosen = [column for column in others if column.kind == "number" or given.function in FOR_ALL_KINDS]
    for column in chosen:
        error = None if given.function in FOR_ALL_KINDS else kind_error(column, "number", f"the {given.function}")
        if error:
            raise error
    if not keys and not chosen:
        raise StepError("name the keys, or columns to sum up")
    taken = [column.name for column in keys]
    selected = [quoted(name) for name in taken]
    for wanted, value in [("rows", "count(*)"), *((f"{column.name}_{given.function}", summed_up(column, given.function)) for column in chosen)]:
        name = free_name(wanted, taken)
        taken.append(name)
        selected.append(f"{value} AS {quoted(name)}")
    names = ", ".join(quoted(column.name) for column in keys)
    grouped = f" GROUP BY {names} ORDER BY {names}" if keys else ""
    write_table(connection, f"SELECT {', '.join(selected)} FROM {table.view}{grouped}", given.result)


run_step(main)
