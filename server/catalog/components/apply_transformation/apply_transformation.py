"""Changes a table as another one was changed."""

from step import Arguments, counted, run_step
from tables import open_tables, read_table, write_table
from transformations import read_transformation, transformed


def main() -> None:
    arguments = Arguments()
    arguments.add_argument("--transformation", required=True)
    arguments.add_argument("--table", required=True)
    arguments.add_argument("--result", required=True)
    given = arguments.parse_args()
    connection = open_tables()
    changes = read_transformation(given.transformation)
    table = read_table(connection, given.table)
    write_table(connection, transformed(table, changes), given.result, table.roles)
    print(f"Changed {counted(len(changes), 'column')}")


run_step(main)
