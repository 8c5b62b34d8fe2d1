"""Joins two tables by their keys, in the order of the first."""

from columns import free_name, named_columns, quoted
from step import Arguments, StepError, run_step
from tables import open_tables, read_table, write_table


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
    left_keys = [column.name for column in named_columns(given.left_keys, left.columns, "the left table")]
    right_keys = [column.name for column in named_columns(given.right_keys or given.left_keys, right.columns, "the right table")]
    if len(left_keys) != len(right_keys):
        raise StepError(f"{len(left_keys)} keys of the left table cannot be matched with {len(right_keys)} of the right one")
    pairs = list(zip(left_keys, right_keys))
    on = " AND ".join(f"l.{quoted(a)} = r.{quoted(b)}" for a, b in pairs)
    same = {b: a for a, b in pairs}
    selected = []
    for name in left.names:
        partners = [b for a, b in pairs if a == name]
        value = f"coalesce(l.{quoted(name)}, r.{quoted(partners[0])})" if partners and given.how in ("right", "full") else f"l.{quoted(name)}"
        selected.append(f"{value} AS {quoted(name)}")
    taken = list(left.names)
    for name in right.names:
        if name in same:
            continue
        shown = name if name not in taken else free_name(f"{name}_right", taken)
        taken.append(shown)
        selected.append(f"r.{quoted(name)} AS {quoted(shown)}")
    numbered = "(SELECT *, row_number() OVER () AS _row FROM {0}) AS {0}"
    query = (
        f"SELECT {', '.join(selected)} FROM {numbered.format('l')} {given.how.upper()} JOIN {numbered.format('r')} ON {on} "
        "ORDER BY l._row NULLS LAST, r._row NULLS LAST"
    )
    write_table(connection, query, given.result, left.roles)


run_step(main)
