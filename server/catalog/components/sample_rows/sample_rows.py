"""Takes some of the rows."""

from columns import find_column, free_name, quoted
from step import Arguments, StepError, run_step
from tables import open_tables, read_table, write_table


def main() -> None:
    arguments = Arguments()
    arguments.add_argument("--table", required=True)
    arguments.add_argument("--how", choices=["head", "random"], default="random")
    arguments.add_argument("--rows", type=int)
    arguments.add_argument("--fraction", type=float, default=0.1)
    arguments.add_argument("--seed", type=int, default=42)
    arguments.add_argument("--stratify", default="")
    arguments.add_argument("--result", required=True)
    given = arguments.parse_args()
    if not 0 <= given.fraction <= 1:
        raise StepError("the fraction must lie between 0 and 1")
    connection = open_tables()
    table = read_table(connection, given.table)
    row, rank, size = (quoted(free_name(name, table.names)) for name in ("_row", "_rank", "_size"))
    strata = f"PARTITION BY {quoted(find_column(given.stratify, table.columns).name)}" if given.stratify else ""
    # A hash of row number and seed is a draw that is the same in every version of the database.
    order = f"md5({row} || ' {given.seed}'), {row}" if given.how == "random" else row
    total = max(table.count_rows(), 1)
    share = given.fraction if given.rows is None else min(1.0, given.rows / total)
    query = f"""SELECT {', '.join(map(quoted, table.names))} FROM (
        SELECT *, row_number() OVER ({strata} ORDER BY {order}) AS {rank}, count(*) OVER ({strata}) AS {size}
        FROM (SELECT *, row_number() OVER () AS {row} FROM {table.view})) WHERE {rank} <= round({share!r} * {size}) ORDER BY {row}"""
    write_table(connection, query, given.result, table.roles)


run_step(main)
