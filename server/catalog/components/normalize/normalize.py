"""Brings numeric columns to a common scale."""

import json
from pathlib import Path

from columns import choose_columns, kind_error, quoted, sql_number
from step import Arguments, StepError, run_step
from tables import one_value, open_tables, read_table, write_table

#: Centre and scale of a column, as SQL over it.
FITS = {
    "z-score": ("avg({0})", "stddev_pop({0})"),
    "min-max": ("min({0})", "max({0}) - min({0})"),
    "robust": ("median({0})", "quantile_cont({0}, 0.75) - quantile_cont({0}, 0.25)"),
}


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
    if given.columns:
        chosen = choose_columns(given.columns, table.columns)
        for column in chosen:
            error = kind_error(column, "number", "scaled")
            if error:
                raise error
    else:
        chosen = [column for column in table.columns if column.kind == "number"]
    fitted, scaled = {}, {}
    for column in chosen:
        name = quoted(column.name)
        if given.method == "log":
            lowest = one_value(connection, f"SELECT min({name}) FROM t")
            if lowest is not None and lowest <= -1:
                raise StepError(f'column "{column.name}" has values of -1 or less, which have no logarithm')
            scaled[column.name] = f"ln(1 + CAST({name} AS DOUBLE)) AS {name}"
            continue
        centre, scale = (float(one_value(connection, f"SELECT {part.format(name)} FROM t") or 0) for part in FITS[given.method])
        fitted[column.name] = {"centre": centre, "scale": scale or 1.0}
        scaled[column.name] = f"(CAST({name} AS DOUBLE) - {sql_number(centre)}) / {sql_number(scale or 1.0)} AS {name}"
    selected = ", ".join(scaled.get(name, quoted(name)) for name in table.names)
    write_table(connection, f"SELECT {selected} FROM t", given.result, table.roles)
    target = Path(given.transformation)
    target.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"method": given.method, "columns": fitted}, indent=2, sort_keys=True)
    (target / "transformation.json").write_text(text + "\n", encoding="utf-8")


run_step(main)
