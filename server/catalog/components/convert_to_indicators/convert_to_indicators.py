"""Makes a 0/1 column of each value of a column."""

from columns import Column, choose_columns, quoted
from step import Arguments, StepError, boolean, counted, run_step
from tables import Table, open_tables, read_table, write_table
from transformations import Change, transformed, write_transformation


def fit(table: Table, column: Column, most: int, is_kept: bool) -> Change:
    """The values that the column has."""
    name = quoted(column.name)
    query = f"SELECT DISTINCT CAST({name} AS VARCHAR) AS value, {name} AS place FROM {table.view} WHERE {name} IS NOT NULL ORDER BY place LIMIT {most + 1}"
    values = [row[0] for row in table.connection.execute(query).fetchall()]
    if len(values) > most:
        raise StepError(f'column "{column.name}" has more than {counted(most, "value")}: allow more values, or leave it out')
    return Change(column.name, "indicators", values=values, is_kept=is_kept)


def main() -> None:
    arguments = Arguments()
    arguments.add_argument("--table", required=True)
    arguments.add_argument("--columns", default="")
    arguments.add_argument("--most-values", type=int, default=50)
    arguments.add_argument("--keep", type=boolean, default=False)
    arguments.add_argument("--result", required=True)
    arguments.add_argument("--transformation", required=True)
    given = arguments.parse_args()
    connection = open_tables()
    table = read_table(connection, given.table)
    marked = [table.roles.get("label"), *table.roles.get("identifiers", [])]
    texts = [column for column in table.columns if column.kind == "text" and column.name not in marked]
    chosen = choose_columns(given.columns, table.columns) if given.columns else texts
    changes = [fit(table, column, given.most_values, given.keep) for column in chosen]
    write_table(connection, transformed(table, changes), given.result, table.roles)
    write_transformation(given.transformation, changes)
    for change in changes:
        print(f"{change.column}: {counted(len(change.values), 'value')}")


run_step(main)
