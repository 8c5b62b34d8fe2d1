"""Divides the rows of a table into two."""

import duckdb

from columns import find_column, free_name, quoted
from step import Arguments, StepError, boolean, run_step
from table_files import explain
from tables import Table, open_tables, read_table, write_table


def is_first_by_condition(table: Table, condition: str) -> tuple[str, str]:
    """Rows as they are, and the condition that tells the first part; where it is unknown a row goes to the second."""
    return table.view, f"coalesce(({condition}\n), false)"


def is_first_by_draw(table: Table, draw: "Draw") -> tuple[str, str]:
    """Rows with their rank in the draw, and the condition on the rank."""
    row, rank, size = (quoted(free_name(name, table.names)) for name in ("_row", "_rank", "_size"))
    strata = f"PARTITION BY {quoted(find_column(draw.stratify, table.columns).name)}" if draw.stratify else ""
    # A hash of row number and seed is a draw that is the same in every version of the database.
    order = f"md5({row} || ' {draw.seed}'), {row}" if draw.randomized else row
    ranked = f"""(SELECT *, row_number() OVER ({strata} ORDER BY {order}) - 1 AS {rank}, count(*) OVER ({strata}) AS {size}
        FROM (SELECT *, row_number() OVER () AS {row} FROM {table.view}) ORDER BY {row})"""
    return ranked, f"{rank} < round({draw.fraction} * {size})"


class Draw:
    """How rows are drawn for the first part."""

    def __init__(self, fraction: float, seed: int, randomized: bool, stratify: str) -> None:
        if not 0 <= fraction <= 1:
            raise StepError("the fraction must lie between 0 and 1")
        self.fraction, self.seed, self.randomized, self.stratify = fraction, seed, randomized, stratify


def main() -> None:
    arguments = Arguments()
    arguments.add_argument("--table", required=True)
    arguments.add_argument("--fraction", type=float, default=0.7)
    arguments.add_argument("--randomized", type=boolean, default=True)
    arguments.add_argument("--seed", type=int, default=42)
    arguments.add_argument("--stratify", default="")
    arguments.add_argument("--condition", default="")
    arguments.add_argument("--first", required=True)
    arguments.add_argument("--second", required=True)
    given = arguments.parse_args()
    connection = open_tables()
    table = read_table(connection, given.table)
    if given.condition:
        rows, is_first = is_first_by_condition(table, given.condition)
    else:
        rows, is_first = is_first_by_draw(table, Draw(given.fraction, given.seed, given.randomized, given.stratify))
    kept = ", ".join(map(quoted, table.names))
    part = quoted(free_name("_is_first", table.names))
    try:
        connection.execute(f"CREATE TABLE divided AS SELECT {kept}, {is_first} AS {part} FROM {rows}")
    except duckdb.Error as error:
        if not given.condition:
            raise
        raise StepError(f"the condition cannot be used: {explain(error)}") from None
    write_table(connection, f"SELECT {kept} FROM divided WHERE {part}", given.first, table.roles)
    write_table(connection, f"SELECT {kept} FROM divided WHERE NOT {part}", given.second, table.roles)


run_step(main)
