"""The command `zones reach`, and the options of the files that it takes."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import zones
from zones import cli
from zones.cli.given import GivenTable
from zones.cli.messages import BROUGHT_IN, reader, said_in, without
from zones.cli.options import Name, Shown, Where, command, each_name

if TYPE_CHECKING:
    from geodata.travel.matrices import TravelTimes
    from zones.measures.reach.cells import GivenGrid as Cells

__all__ = ["commands"]

commands = typer.Typer(rich_markup_mode=None)
# A file of --of is read as it is.
_CALLED = {
    "in place of all members': to=": "in place of all members': --to NAME",
    "give layer= one of": "give a file that has one of them alone,",
    "; name it, for instance x='...'": ": call it x in the file",
    "; name it, for instance y='...'": ": call it y in the file",
    "give the grid's crs=": "give --grid-crs ",
    "give crs=": "save the file with its CRS, EPSG:",
}
_Column = typer.Option(metavar="COLUMN", help="Its column, where it is no usual word.")


def _split(value: str) -> list[float]:
    return [float(part) for part in value.split(",")]


_numbers = reader(_split, "a list of numbers between commas", "10,25,50")

Within = Annotated[
    Any,  # a list of numbers; typer takes a list for an option given several times
    typer.Option(
        "--within", parser=_numbers, metavar="KM,KM,...", help="People within distances in km."
    ),
]
Of = Annotated[
    str,
    typer.Option(
        "--of",
        help="Distances are from the zone, its spine or its centres, or from a file of points or "
        "lines of your own.",
    ),
]
CellRule = Annotated[
    str, typer.Option("--rule", help="A cell counts by its centre or its share of area.")
]
Minutes = Annotated[
    Any,
    typer.Option(
        "--minutes", parser=_numbers, metavar="MIN,...", help="Travel times; 30,60,90 by default."
    ),
]
To = Annotated[
    list[str] | None,
    typer.Option(
        "--to",
        metavar="NAME",
        help="With --matrix: a municipality whose centre counts, in place of all members'; several "
        "with commas between.",
    ),
]
Weight = Annotated[
    str | None, typer.Option("--weight", help="With --table: which of its counts, not people.")
]
Estimates = Annotated[
    bool, typer.Option("--estimates", help="Estimate people between two known years, with bounds.")
]


@dataclass(frozen=True, kw_only=True)
class GivenGrid:
    """A population grid, and what its columns are."""

    grid: Annotated[
        Path | None,
        typer.Option("--grid", metavar="FILE", help="A population grid, to count cell by cell."),
    ] = None
    grid_x: Annotated[str | None, _Column] = None
    grid_y: Annotated[str | None, _Column] = None
    grid_people: Annotated[str | None, _Column] = None
    grid_code: Annotated[str | None, _Column] = None
    grid_layer: Annotated[
        str | None, typer.Option(metavar="NAME", help="Its layer or sheet, of several.")
    ] = None
    grid_crs: Annotated[
        str | None, typer.Option(metavar="CRS", help="Its coordinate system, such as 3067.")
    ] = None
    grid_corner: Annotated[
        bool | None,
        typer.Option(
            "--grid-corner/--grid-centre", help="Whether x and y are corners of cells, or centres."
        ),
    ] = None
    grid_cell_m: Annotated[
        float | None,
        typer.Option(parser=reader(float, "a number", "250"), help="Side of its cells, in metres."),
    ] = None
    grid_engine: Annotated[
        str | None,
        typer.Option(
            "--engine",
            metavar="ADDRESS",
            help="A Dask scheduler, such as tcp://127.0.0.1:8786, whose workers count the cells.",
        ),
    ] = None

    def read(self, *, whole: bool) -> "Cells | None":
        """
        Return the grid, if one is given; or say in options why it cannot be read.

        A large one is left to be read piece by piece, unless the ``whole`` is needed.
        """
        layout = _given(self, "grid")
        if self.grid is None:
            return None
        from zones.measures.reach.cells import given_grid  # noqa: PLC0415 - start-up time

        flags = _flags(self, "grid") | {
            "corner=False": "--grid-centre",
            "leave out crs, or give x and y": "leave out --grid-crs, or give --grid-x and --grid-y",
            "give the sheet": "give --grid-layer",
            "no travel times": "no --matrix",
            "x and y are swapped": "--grid-x and --grid-y are swapped",
        }
        with said_in(flags | BROUGHT_IN):
            return given_grid(self.grid, None, whole=whole, **layout)


@dataclass(frozen=True, kw_only=True)
class GivenTimes:
    """A table or matrix of travel times, and what its columns are."""

    matrix: Annotated[
        Path | None,
        typer.Option(
            "--matrix", metavar="FILE", help="Travel times: from, to, minutes; or a matrix."
        ),
    ] = None
    matrix_origin: Annotated[str | None, _Column] = None
    matrix_destination: Annotated[str | None, _Column] = None
    matrix_minutes: Annotated[str | None, _Column] = None
    matrix_sheet: Annotated[
        str | None, typer.Option(metavar="NAME", help="Its sheet, of a workbook with several.")
    ] = None

    def read(self, *, cells: bool) -> "TravelTimes | None":
        """Return the travel times, if they are given: from cells of a grid, or municipalities."""
        layout = _given(self, "matrix")
        if self.matrix is None:
            return None
        from geodata.travel.matrices import read_travel_times  # noqa: PLC0415 - start-up time

        flags = _flags(self, "matrix") | {"give the sheet": "give --matrix-sheet"}
        with said_in(flags | BROUGHT_IN):
            return read_travel_times(self.matrix, municipalities=not cells, **layout)


def _flags(options: GivenGrid | GivenTimes, file: str) -> dict[str, str]:
    """Return the option of each argument of the function that reads a file."""
    names = [field.name for field in fields(options) if field.name != file]
    flags = {name.removeprefix(f"{file}_"): f"--{name.replace('_', '-')}" for name in names}
    return flags | ({"engine": "--engine"} if "engine" in flags else {})


def _given(options: GivenGrid | GivenTimes, file: str) -> dict[str, Any]:
    """Return the arguments that were given; refuse them where the file was not."""
    flags = _flags(options, file)
    values = {name: getattr(options, f"{file}_{name}") for name in flags}
    given = {name: value for name, value in values.items() if value is not None}
    if given and getattr(options, file) is None:
        raise without((flags[name] for name in given), f"--{file}")
    return given


@command(commands, called=_CALLED)
def reach(
    name: Name,
    *,
    within_km: Within = None,
    of: Of = "zone",
    rule: CellRule = "centre",
    minutes: Minutes = None,
    to: To = None,
    weight: Weight = None,
    estimates: Estimates = False,
    cells: GivenGrid,
    times: GivenTimes,
    given: GivenTable,
    where: Where,
    shown: Shown,
) -> None:
    """Compute the people in a zone, and near it by km or minutes."""
    if minutes and not times.matrix:
        raise typer.BadParameter("--minutes has no effect without travel times: give --matrix FILE")
    if to and not times.matrix:
        raise typer.BadParameter("--to has no effect without travel times: give --matrix FILE")
    if cells.grid and not (within_km or times.matrix):
        raise typer.BadParameter(
            "--grid has no effect without distances: give --within, such as 0,10,25,50"
        )
    from zones.measures.reach.distances import (  # noqa: PLC0415 - start-up time
        checked_km,
        checked_minutes,
    )

    # Before files are read, which may take long.
    checked_km(within_km)
    if minutes is not None:
        checked_minutes(minutes)
    area = where.area(name)
    table = zones.reach(
        area,
        within_km=within_km,
        of=of,
        grid=cells.read(whole=times.matrix is not None),
        rule=rule,  # type: ignore[arg-type]  # checked there, with a message for people
        matrix=times.read(cells=cells.grid is not None),
        minutes=minutes or None,
        to=each_name(to) or None,
        data=given.read(),
        weight=weight,
        estimates=estimates,
    )
    cli.listings.print_measures(area, table, shown)
