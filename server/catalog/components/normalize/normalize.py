"""Brings numeric columns to a common scale."""

from columns import Column, choose_columns, kind_error, quoted
from step import Arguments, counted, run_step
from tables import Table, one_value, open_tables, read_table, write_table
from transformations import Change, transformed, write_transformation

#: Centre and scale of a column, as SQL over it.
FITS = {
    "z-score": ("avg({0})", "stddev_pop({0})"),
    "min-max": ("min({0})", "max({0}) - min({0})"),
    "robust": ("median({0})", "quantile_cont({0}, 0.75) - quantile_cont({0}, 0.25)"),
}


def fit(table: Table, column: Column, method: str) -> Change:
    """What the column's values say; a column of one value only is brought to 0."""
    if method == "log":
        return Change(column.name, "log")
    parts = (part.format(f"CAST({quoted(column.name)} AS DOUBLE)") for part in FITS[method])
    centre, scale = (float(one_value(table.connection, f"SELECT {part} FROM {table.view}") or 0) for part in parts)
    return Change(column.name, "scale", centre, scale or 1.0)


def numeric_columns(table: Table, text: str) -> list[Column]:
    """The chosen columns, which must hold numbers, else all that do; a label or identifier must be named to be scaled."""
    if not text:
        marked = [table.roles.get("label"), *table.roles.get("identifiers", [])]
        return [column for column in table.columns if column.kind == "number" and column.name not in marked]
    chosen = choose_columns(text, table.columns)
    for column in chosen:
        error = kind_error(column, "number", "scaling")
        if error:
            raise error
    return chosen


def main() -> None:
    arguments = Arguments()
    arguments.add_argument("--table", required=True)
    arguments.add_argument("--columns", default="")
    arguments.add_argument("--method", choices=[*FITS, "log"], default="z-score")
    arguments.add_argument("--result", required=True)
    arguments.add_argument("--transformation", required=True)
    given = arguments.parse_args()
    connection = open_tables()
    table = read_table(connection, given.table)
    changes = [fit(table, column, given.method) for column in numeric_columns(table, given.columns)]
    write_table(connection, transformed(table, changes), given.result, table.roles)
    write_transformation(given.transformation, changes)
    print(f"Scaled {counted(len(changes), 'column')} by {given.method}")


run_step(main)
