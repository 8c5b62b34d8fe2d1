"""Divides the rows of a table into two."""

from columns import find_column, quoted
from step import Arguments, StepError, boolean, run_step
from tables import open_tables, read_table, write_table


def main() -> None:
    arguments = Arguments()
    arguments.add_argument("--table", required=True)
    arguments.add_argument("--fraction", type=float, default=0.7)
    arguments.add_argument("--randomized", type=boolean, default=True)
    arguments.add_argument("--seed", type=int, default=42)
    arguments.add_argument("--stratify", default="")
    arguments.add_argument("--first", required=True)
    arguments.add_argument("--second", required=True)
    given = arguments.parse_args()
    if not 0 <= given.fraction <= 1:
        raise StepError("the fraction must lie between 0 and 1")
    connection = open_tables()
    table = read_table(connection, given.table)
    strata = f"PARTITION BY {quoted(find_column(given.stratify, table.columns).name)}" if given.stratify else ""
    # A hash of row number and seed is a draw that is the same in every version of the database.
    order = f"md5(_row || ' {given.seed}')" if given.randomized else "_row"
    connection.execute(
        f"""CREATE TABLE ranked AS
        SELECT *, row_number() OVER ({strata} ORDER BY {order}) - 1 AS _rank, count(*) OVER ({strata}) AS _size
        FROM (SELECT *, row_number() OVER () AS _row FROM {table.view})"""
    )
    kept = ", ".join(map(quoted, table.names))
    is_first = f"_rank < round({given.fraction} * _size)"
    write_table(connection, f"SELECT {kept} FROM ranked WHERE {is_first} ORDER BY _row", given.first, table.roles)
    write_table(connection, f"SELECT {kept} FROM ranked WHERE NOT ({is_first}) ORDER BY _row", given.second, table.roles)


run_step(main)
