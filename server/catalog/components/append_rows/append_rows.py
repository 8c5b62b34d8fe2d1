"""Puts the rows of one table under those of another."""

import duckdb

from columns import list_names, quoted
from step import Arguments, StepError, run_step
from table_files import explain
from tables import open_tables, read_table, write_table


def main() -> None:
    arguments = Arguments()
    arguments.add_argument("--first", required=True)
    arguments.add_argument("--second", required=True)
    arguments.add_argument("--columns", choices=["same", "all", "common"], default="same")
    arguments.add_argument("--result", required=True)
    given = arguments.parse_args()
    connection = open_tables()
    first = read_table(connection, given.first, "a")
    second = read_table(connection, given.second, "b")
    only_first = [name for name in first.names if name not in second.names]
    only_second = [name for name in second.names if name not in first.names]
    if given.columns == "same" and (only_first or only_second):
        sides = [f"only the {side} has: {list_names(names)}" for side, names in (("first", only_first), ("second", only_second)) if names]
        raise StepError(f"the tables do not have the same columns; {'; '.join(sides)}. Choose all or common columns to go on")
    parts = ["SELECT * FROM a", "SELECT * FROM b"]
    if given.columns == "common":
        common = ", ".join(quoted(name) for name in first.names if name in second.names)
        if not common:
            raise StepError("the tables have no column in common")
        parts = [f"SELECT {common} FROM {view}" for view in ("a", "b")]
    try:
        write_table(connection, " UNION ALL BY NAME ".join(parts), given.result, {**second.roles, **first.roles})
    except duckdb.Error as error:
        raise StepError(f"the tables cannot be put together: {explain(error)}. Change types with Edit metadata") from None


run_step(main)
