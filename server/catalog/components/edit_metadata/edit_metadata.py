"""Changes types and names of columns."""

import duckdb

from columns import choose_columns, find_column, quoted
from step import Arguments, StepError, run_step
from tables import open_tables, read_table, renamed_roles, write_table

TYPES = {"number": "DOUBLE", "integer": "BIGINT", "text": "VARCHAR", "boolean": "BOOLEAN", "date": "DATE", "timestamp": "TIMESTAMP"}


def read_renames(text: str, columns: list) -> dict[str, str]:
    """`old = new`, one a line."""
    names: dict[str, str] = {}
    for line in filter(None, (line.strip() for line in text.splitlines())):
        old, equals, new = line.partition("=")
        if not equals or not new.strip():
            raise StepError(f'"{line}" is no rename: write it as old = new')
        names[find_column(old.strip(), columns).name] = new.strip()
    return names


def main() -> None:
    arguments = Arguments()
    arguments.add_argument("--table", required=True)
    arguments.add_argument("--columns", default="")
    arguments.add_argument("--type", choices=["unchanged", *TYPES], default="unchanged")
    arguments.add_argument("--unreadable", choices=["stop", "missing"], default="stop")
    arguments.add_argument("--renames", default="")
    arguments.add_argument("--result", required=True)
    given = arguments.parse_args()
    connection = open_tables()
    table = read_table(connection, given.table)
    chosen = {column.name for column in choose_columns(given.columns, table.columns)} if given.columns else set()
    if given.type != "unchanged" and not chosen:
        raise StepError("name the columns that get the new type")
    names = read_renames(given.renames, table.columns)
    results = [names.get(name, name) for name in table.names]
    if len(set(results)) < len(results):
        raise StepError("two columns would have the same name after renaming")
    cast = "TRY_CAST" if given.unreadable == "missing" else "CAST"
    selected = []
    for name in table.names:
        value = quoted(name)
        if name in chosen and given.type != "unchanged":
            value = f"{cast}({value} AS {TYPES[given.type]})"
        selected.append(f"{value} AS {quoted(names.get(name, name))}")
    try:
        write_table(connection, f"SELECT {', '.join(selected)} FROM {table.view}", given.result, renamed_roles(table.roles, names))
    except duckdb.ConversionException as error:
        reason = str(error).splitlines()[0]
        raise StepError(f"a value cannot be read as {given.type}: {reason}. Set unreadable values to missing to go on without them") from None


run_step(main)
