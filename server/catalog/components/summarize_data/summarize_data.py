"""Statistics of each column, one row a column."""

from columns import Column, quoted, sql_text
from step import Arguments, run_step
from tables import open_tables, read_table, write_table


def statistics(column: Column, place: int) -> str:
    """One row of statistics, as SQL; those that only numbers have are missing elsewhere."""
    name = quoted(column.name)
    numeric = column.kind == "number"
    number = f"CAST({name} AS DOUBLE)"
    spans = column.kind != "other"
    parts = {
        "column": sql_text(column.name),
        "type": sql_text(column.type),
        "rows": "count(*)",
        "missing": f"count(*) - count({name})",
        "distinct": f"count(DISTINCT {name})",
        "min": f"CAST(min({name}) AS VARCHAR)" if spans else "NULL::VARCHAR",
        "max": f"CAST(max({name}) AS VARCHAR)" if spans else "NULL::VARCHAR",
        "mean": f"avg({number})" if numeric else "NULL::DOUBLE",
        "deviation": f"stddev_samp({number})" if numeric else "NULL::DOUBLE",
        "quartile_1": f"quantile_cont({number}, 0.25)" if numeric else "NULL::DOUBLE",
        "median": f"median({number})" if numeric else "NULL::DOUBLE",
        "quartile_3": f"quantile_cont({number}, 0.75)" if numeric else "NULL::DOUBLE",
        "most_frequent": f"(SELECT CAST({name} AS VARCHAR) FROM t WHERE {name} IS NOT NULL GROUP BY {name} ORDER BY count(*) DESC, {name} LIMIT 1)"
        if spans
        else "NULL::VARCHAR",
    }
    return f"SELECT {place} AS place, " + ", ".join(f"{value} AS {quoted(key)}" for key, value in parts.items()) + " FROM t"


def main() -> None:
    arguments = Arguments()
    arguments.add_argument("--table", required=True)
    arguments.add_argument("--summary", required=True)
    given = arguments.parse_args()
    connection = open_tables()
    table = read_table(connection, given.table)
    rows = " UNION ALL ".join(statistics(column, place) for place, column in enumerate(table.columns))
    write_table(connection, f"SELECT * EXCLUDE (place) FROM ({rows}) ORDER BY place", given.summary)


run_step(main)
