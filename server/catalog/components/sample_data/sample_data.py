"""Gives one of the data sets that lie beside this script."""

from step import Arguments, run_step
from tables import open_tables, read_table, write_table


def main() -> None:
    arguments = Arguments()
    arguments.add_argument("--dataset", choices=["cars", "penguins", "wine", "flights", "flight_weather", "planes"], required=True)
    arguments.add_argument("--table", required=True)
    given = arguments.parse_args()
    connection = open_tables()
    table = read_table(connection, f"{given.dataset}.csv")
    write_table(connection, f"SELECT * FROM {table.view}", given.table)


run_step(main)
