"""Joins two tables by their keys, in the order of the first."""

from columns import Column, free_name, list_names, named_columns, quoted
from step import Arguments, StepError, counted, run_step
from tables import Table, open_tables, read_table, write_table

Pairs = list[tuple[Column, Column]]


def pair_keys(left: Table, right: Table, left_keys: str, right_keys: str) -> Pairs:
    """The columns that must be equal, matched by their place in the two lists."""
    ours = named_columns(left_keys, left.columns, "the left table")
    theirs = named_columns(right_keys or left_keys, right.columns, "the right table")
    if not ours:
        raise StepError("name the key columns of the left table")
    if len(ours) != len(theirs):
        raise StepError(f"{counted(len(ours), 'key')} of the left table cannot be matched with {len(theirs)} of the right one")
    for a, b in zip(ours, theirs):
        if a.kind != b.kind:
            raise StepError(f'the key "{a.name}" holds {a.kind} values on the left, and "{b.name}" {b.kind} values on the right: change one of them with Edit metadata')
    return list(zip(ours, theirs))


def select_list(left: Table, right: Table, pairs: Pairs, how: str) -> str:
    """The columns of the left table, then those of the right one without its keys."""
    partners = {a.name: b.name for a, b in pairs}
    selected = []
    for name in left.names:
        value = f"l.{quoted(name)}"
        if name in partners and how in ("right", "full"):
            value = f"coalesce({value}, r.{quoted(partners[name])})"
        selected.append(f"{value} AS {quoted(name)}")
    keys = {b.name for _, b in pairs}
    taken, renamed = list(left.names), []
    for name in right.names:
        if name in keys:
            continue
        is_taken = free_name(name, taken) != name
        shown = free_name(f"{name}_right", taken) if is_taken else name
        taken.append(shown)
        renamed += [f"{name} → {shown}"] if is_taken else []
        selected.append(f"r.{quoted(name)} AS {quoted(shown)}")
    if renamed:
        print(f"Both tables have these columns; those of the right table are called {list_names(renamed)}")
    return ", ".join(selected)


def main() -> None:
    arguments = Arguments()
    arguments.add_argument("--left", required=True)
    arguments.add_argument("--right", required=True)
    arguments.add_argument("--left-keys", required=True)
    arguments.add_argument("--right-keys", default="")
    arguments.add_argument("--how", choices=["inner", "left", "right", "full"], default="inner")
    arguments.add_argument("--result", required=True)
    given = arguments.parse_args()
    connection = open_tables()
    left = read_table(connection, given.left, "l")
    right = read_table(connection, given.right, "r")
    pairs = pair_keys(left, right, given.left_keys, given.right_keys)
    on = " AND ".join(f"l.{quoted(a.name)} = r.{quoted(b.name)}" for a, b in pairs)
    row = quoted(free_name("_row", [*left.names, *right.names]))
    numbered = f"(SELECT *, row_number() OVER () AS {row} FROM {{0}}) AS {{0}}"
    query = (
        f"SELECT {select_list(left, right, pairs, given.how)} FROM {numbered.format('l')} {given.how.upper()} JOIN {numbered.format('r')} ON {on} "
        f"ORDER BY l.{row} NULLS LAST, r.{row} NULLS LAST"
    )
    write_table(connection, query, given.result, left.roles)


run_step(main)
