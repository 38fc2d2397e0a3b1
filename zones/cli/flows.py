"""The command `zones flows`."""

from pathlib import Path
from typing import Annotated

import typer

import zones
from zones import cli
from zones.cli.messages import reader, year_of
from zones.cli.options import Name, Shown, Where, command

__all__ = ["commands"]

commands = typer.Typer(rich_markup_mode=None)

Table = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        help="CSV, Excel or Parquet of flows: a row a pair (origin, destination, people), or "
        "origins as rows and destinations as columns.",
    ),
]
Of = Annotated[
    str | None,
    typer.Option("--of", help="What flows: commuters, migrants, trips, or a word of your own."),
]
FlowYear = Annotated[
    int | None,
    typer.Option(
        "--flow-year",
        parser=year_of,
        help="Which year of the table, if not the newest; or the year that it is of.",
    ),
]
Column = typer.Option(help="Name of the column, where it is no usual word.", metavar="COLUMN")


# These arguments of the library are of the table, the options of their names of the zone.
_CALLED = {"year": "--flow-year", "division": "--flow-division", "source": "--credit"}


@command(commands, called=_CALLED)
def flows(
    table: Table,
    name: Name,
    *,
    of: Of = None,
    unit: Annotated[
        str | None, typer.Option(help="The word after the numbers, if not people.")
    ] = None,
    flow_year: FlowYear = None,
    origin: Annotated[str | None, Column] = None,
    destination: Annotated[str | None, Column] = None,
    count: Annotated[str | None, Column] = None,
    flow_division: Annotated[
        int | None,
        typer.Option(parser=year_of, help="Year of the table's division, if not as found."),
    ] = None,
    suppressed_below: Annotated[
        float | None,
        typer.Option(
            parser=reader(float, "a number", "5"),
            help="What the publisher leaves out: numbers below this.",
        ),
    ] = None,
    decimal: Annotated[
        str | None, typer.Option(help="The decimal mark, where the numbers do not tell.")
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="Sheet, of a workbook with several.")] = None,
    credit: Annotated[str | None, typer.Option(help="Whom to credit for the table.")] = None,
    where: Where,
    shown: Shown,
) -> None:
    """Compute what flows inside a zone, out of it and into it."""
    if not table.exists() and Path(name).is_file():
        raise typer.BadParameter(
            f"{str(table)!r} is no file, and {name!r} is one: give the table first and then the "
            f"zone, as `zones flows {name} {table}`"
        )
    area = where.area(name)
    found = zones.flows(
        area,
        table,
        year=flow_year,
        of=of,
        unit=unit,
        origin=origin,
        destination=destination,
        count=count,
        division=flow_division,
        suppressed_below=suppressed_below,
        decimal=decimal,
        sheet=sheet,
        source=credit,
    )
    cli.listings.print_measures(area, found, shown)
