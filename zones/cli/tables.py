"""The command `zones table`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import geodata
import zones
from zones import cli
from zones.cli.boundaries import Countries
from zones.cli.given import Described, read_table
from zones.cli.messages import year_of
from zones.cli.options import Shown, Spoken, Where, command, flags_given

if TYPE_CHECKING:
    from geodata.tables.table import IndicatorTable

__all__ = ["tables"]

tables = typer.Typer(rich_markup_mode=None)


@command(tables)
def table(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="A table by municipality: CSV, Excel, JSON-stat or Parquet."
        ),
    ],
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID[/EXTENT][@YEAR]]",
            help="Whose figures; without it, what is found in the table.",
        ),
    ] = None,
    *,
    describe: Described = None,
    columns: Annotated[
        list[str] | None,
        typer.Option("--column", metavar="NAME", help="A column by id or name; may be repeated."),
    ] = None,
    table_year: Annotated[
        int | None,
        typer.Option(
            "--table-year", parser=year_of, help="Year of the figures, if not the newest."
        ),
    ] = None,
    since: Annotated[
        int | None,
        typer.Option(parser=year_of, help="Year from which change is reckoned, if not the first."),
    ] = None,
    members: Annotated[bool, typer.Option("--members", help="Each member's figure too.")] = False,
    sheet: Annotated[str | None, typer.Option(help="Sheet, of a workbook with several.")] = None,
    starter: Annotated[
        bool, typer.Option("--starter", help="Print a description to complete (TOML).")
    ] = False,
    where: Where,
    shown: Shown,
) -> None:
    """Bring a table of your own together over a zone."""
    given: dict[str, Any] = {
        "--column": columns,
        "--table-year": table_year,
        "--since": since,
        "--members": members,
    }
    # Countries brought in may be those of the table.
    of_zone = dict.fromkeys(flags_given(where, apart_from=Countries), True)
    if starter:
        formats = dict.fromkeys(flags_given(shown, apart_from=Spoken), True)
        others = given | formats | of_zone
        _alone("--starter", {"ID": name, "--describe": describe} | others)
        cli.console.write_data(geodata.starter(path, sheet=sheet) + "\n")
        return
    found = read_table(path, describe, sheet=sheet)
    if name is None:
        _alone("a table without a zone", given | of_zone)
        cli.table_listings.print_table(path, found, shown)
        return
    _check_years(found, table_year=table_year)
    area = where.area(name)
    figures = zones.indicators(area, found, columns=columns, year=table_year, since=since)
    cli.listings.print_measures(area, figures, shown, members=members)


def _alone(what: str, options: dict[str, Any]) -> None:
    """Refuse options that would have no effect."""
    given = [flag for flag, value in options.items() if value]
    if given:
        one = len(given) == 1
        raise typer.BadParameter(
            f"{', '.join(given)} {'has' if one else 'have'} no effect with {what}: leave "
            f"{'it' if one else 'them'} out"
        )


def _check_years(found: "IndicatorTable", *, table_year: int | None) -> None:
    """Refuse a year that the table does not have, in the words of the command line."""
    years = sorted({year for one in found.indicators for year in found.years(one.id)})
    if table_year is not None and table_year not in years:
        raise typer.BadParameter(
            f"--table-year {table_year} is not a year of the table: give one of "
            f"{', '.join(map(str, years))}"
        )
