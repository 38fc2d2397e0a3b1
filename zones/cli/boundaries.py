"""The options of a file of boundaries: one set, wherever a command takes one."""

import re
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import geodata
from geodata.countries import cached_by_countries
from zones.cli.messages import BROUGHT_IN, reader, said_in, without, year_of

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["Boundaries", "Countries", "Layout", "flags_of", "read_layout"]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How a file of boundaries is laid out, where that cannot be told from the file."""

    code: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="Of boundaries: municipality codes.")
    ] = None
    name_column: Annotated[
        str | None, typer.Option("--name", metavar="COLUMN", help="Of boundaries: names.")
    ] = None
    country: Annotated[
        str | None, typer.Option(help="Of boundaries: the code of the one country to take.")
    ] = None
    layer: Annotated[
        str | None, typer.Option(help="Of boundaries: the layer, of a file with several.")
    ] = None
    crs: Annotated[
        str | None, typer.Option(help="Of boundaries: their coordinate system, such as 3067.")
    ] = None
    integer_codes: Annotated[
        bool,
        typer.Option("--integer-codes", help="Of boundaries: fill number codes up with zeros."),
    ] = False
    partial: Annotated[
        bool, typer.Option("--partial", help="Of boundaries: accept a part of the country.")
    ] = False

    def arguments(self) -> dict[str, Any]:
        """Return the arguments of `geodata.read_boundaries` that were given."""
        given = {field.name: getattr(self, field.name) for field in fields(Layout)}
        return {_ARGUMENTS.get(name, name): value for name, value in given.items() if value}


_ARGUMENTS = {"name_column": "name"}
_FLAGS = {
    _ARGUMENTS.get(field.name, field.name): "--"
    + _ARGUMENTS.get(field.name, field.name).replace("_", "-")
    for field in fields(Layout)
}


# Options of --lau, by the arguments of `geodata.read_lau`.
_OF_LAU = {
    "countries": "--countries",
    "id_column": "--lau-code",
    "name_column": "--lau-name",
    "people_column": "--lau-people",
    "layer": "--lau-layer",
    "crs": "--lau-crs",
}
_SAID_OF_LAU = _OF_LAU | {
    "code": "--countries",
    "borders of that are read with geodata.read_boundaries(FILE)": "its borders are given with "
    "--boundaries FILE",
    "leave it out; its borders in a file are read with geodata.read_boundaries(FILE) and given "
    "with boundaries=": "leave it out of --countries; its borders are given with --boundaries FILE",
    ", or give check=False, and figures say what is wrong": "",
}


@dataclass(frozen=True, kw_only=True)
class Countries:
    """More countries, of a layer of Europe's municipalities or of one country's."""

    lau: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="More countries: Eurostat's (GISCO's) layer of local administrative units, or "
            "any layer of one country's municipalities.",
        ),
    ] = None
    countries: Annotated[
        str | None,
        typer.Option(metavar="CODES", help="Of --lau: which to bring in, such as NO,DE."),
    ] = None
    lau_code: Annotated[
        str | None,
        typer.Option(metavar="COLUMN", help="Of --lau: codes, if not called as by Eurostat."),
    ] = None
    lau_name: Annotated[
        str | None,
        typer.Option(metavar="COLUMN", help="Of --lau: names, if not called as by Eurostat."),
    ] = None
    lau_people: Annotated[
        str | None,
        typer.Option(
            metavar="COLUMN[=YEAR]",
            help="Of --lau: people, and of the end of which year they are if its name does not "
            "say it.",
        ),
    ] = None
    lau_layer: Annotated[
        str | None, typer.Option(metavar="NAME", help="Of --lau: its layer, of several.")
    ] = None
    lau_crs: Annotated[
        str | None,
        typer.Option(
            metavar="CRS", help="Of --lau: the plane in metres to compute in, outside of Europe."
        ),
    ] = None

    def __post_init__(self) -> None:
        """Bring the countries in, before anything is read that may be of them."""
        options: dict[str, Any] = {
            name: getattr(self, flag.removeprefix("--").replace("-", "_"))
            for name, flag in _OF_LAU.items()
        }
        given = {name: value for name, value in options.items() if value is not None}
        if self.lau is None:
            if given:
                raise without((_OF_LAU[name] for name in given), "--lau")
            return
        if "people_column" in given:
            given["people_column"] = _with_year(given["people_column"])
        with said_in(_SAID_OF_LAU):
            geodata.use_countries(geodata.read_lau(self.lau, **given))


def _with_year(column: str) -> str | dict[str, int]:
    """Read ``COLUMN=YEAR``; without a year it is the name alone, which may have one."""
    name, _, year = column.rpartition("=")
    return {name: int(year)} if name and re.fullmatch("[0-9]{4}", year) else column


@dataclass(frozen=True, kw_only=True)
class Boundaries(Layout, Countries):
    """A file of boundaries in place of the bundled ones."""

    boundaries: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Your own boundaries in place of the bundled ones."),
    ] = None
    boundaries_year: Annotated[
        int | None,
        typer.Option(
            "--boundaries-year", parser=year_of, help="Of boundaries: year of their division."
        ),
    ] = None
    error_m: Annotated[
        float | None,
        typer.Option(
            parser=reader(float, "a number", "20"),
            help="Of boundaries: how far they stray, in metres at 90 %.",
        ),
    ] = None

    def read(self) -> "gpd.GeoDataFrame | None":
        """Return the boundaries, if a file is given."""
        layout = self.arguments()
        if self.boundaries_year is not None:
            layout["year"] = self.boundaries_year
        if self.boundaries is None:
            given = flags_of(layout, year=_YEAR)
            if self.error_m is not None:
                given.append("--error-m")
            if given:
                raise without(given, "--boundaries")
            return None
        return _read(self.boundaries, tuple(layout.items()))


_YEAR = "--boundaries-year"


@cached_by_countries
def _read(path: Path, layout: tuple[tuple[str, Any], ...]) -> "gpd.GeoDataFrame":
    """Read a user's boundaries once, for all the areas of a command."""
    return read_layout(path, dict(layout), year=_YEAR)


def flags_of(layout: dict[str, Any], *, year: str) -> list[str]:
    """Return the options of arguments of `geodata.read_boundaries` that have a value."""
    flags = _FLAGS | {"year": year}
    return [flags[name] for name, value in layout.items() if value is not None]


def read_layout(
    path: Path, layout: dict[str, Any], *, year: str, check: bool = True
) -> "gpd.GeoDataFrame":
    """
    Read boundaries, or say in options what keeps them from being read.

    Parameters
    ----------
    path
        The file.
    layout
        Arguments of `geodata.read_boundaries`.
    year
        The option that the command has for the year of the division.
    check
        Whether polygons at fault are refused.
    """
    whole = f"see them all with `zones check {path}`"
    clause = {"read it with check=False and see geodata.repair_coverage": whole} | BROUGHT_IN
    with said_in(_FLAGS | {"year": year} | clause):
        return geodata.read_boundaries(path, check=check, **layout)
