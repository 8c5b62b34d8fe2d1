"""Changes types, names and roles of columns."""

from typing import Any

import duckdb

from columns import Column, choose_columns, find_column, quoted
from step import Arguments, StepError, run_step
from table_files import explain
from tables import Roles, open_tables, read_table, renamed_roles, write_table

TYPES = {"number": "DOUBLE", "integer": "BIGINT", "text": "VARCHAR", "boolean": "BOOLEAN", "date": "DATE", "timestamp": "TIMESTAMP"}
MARKS = ("unchanged", "label", "identifier", "feature")


def read_renames(text: str, columns: list[Column]) -> dict[str, str]:
    """`old = new`, one a line."""
    names: dict[str, str] = {}
    for line in filter(None, (line.strip() for line in text.splitlines())):
        old, equals, new = line.partition("=")
        if not equals or not new.strip():
            raise StepError(f'"{line}" is no rename: write it as old = new')
        names[find_column(old.strip(), columns).name] = new.strip()
    return names


def marked_roles(roles: Roles, chosen: list[str], mark: str) -> dict[str, Any]:
    """The roles after the chosen columns were marked; a column has one role at most."""
    if mark == "unchanged":
        return dict(roles)
    if mark == "label" and len(chosen) > 1:
        raise StepError(f"only one column can be the label, and {len(chosen)} are chosen")
    identifiers = [name for name in roles.get("identifiers", []) if name not in chosen]
    kept = {role: value for role, value in roles.items() if role != "identifiers" and not (role == "label" and value in chosen)}
    if mark == "label":
        kept["label"] = chosen[0]
    if mark == "identifier":
        identifiers += chosen
    return {**kept, **({"identifiers": identifiers} if identifiers else {})}


def main() -> None:
    arguments = Arguments()
    arguments.add_argument("--table", required=True)
    arguments.add_argument("--columns", default="")
    arguments.add_argument("--type", choices=["unchanged", *TYPES], default="unchanged")
    arguments.add_argument("--unreadable", choices=["stop", "missing"], default="stop")
    arguments.add_argument("--mark", choices=MARKS, default="unchanged")
    arguments.add_argument("--renames", default="")
    arguments.add_argument("--result", required=True)
    given = arguments.parse_args()
    connection = open_tables()
    table = read_table(connection, given.table)
    chosen = [column.name for column in choose_columns(given.columns, table.columns)]
    if not chosen and (given.type != "unchanged" or given.mark != "unchanged"):
        raise StepError("name the columns that get the new type or the mark")
    names = read_renames(given.renames, table.columns)
    cast = "TRY_CAST" if given.unreadable == "missing" else "CAST"
    selected = []
    for name in table.names:
        value = quoted(name)
        if name in chosen and given.type != "unchanged":
            value = f"{cast}({value} AS {TYPES[given.type]})"
        selected.append(f"{value} AS {quoted(names.get(name, name))}")
    roles = renamed_roles(marked_roles(table.roles, chosen, given.mark), names)
    try:
        write_table(connection, f"SELECT {', '.join(selected)} FROM {table.view}", given.result, roles)
    except duckdb.Error as error:
        raise StepError(
            f"a value cannot be read as {given.type}: {explain(error)}. Set unreadable values to missing to go on without them"
        ) from None


run_step(main)
