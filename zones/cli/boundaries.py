"""The options of a file of boundaries: one set, wherever a command takes one."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import geodata
from geodata.countries import cached_by_countries
from zones.cli.messages import reader, said_in, year_of

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["BROUGHT_IN", "Boundaries", "Countries", "Layout", "read_layout"]


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


BROUGHT_IN = {
    "geodata.use_countries(geodata.read_lau(FILE))": "--lau FILE",
    "geodata.use_countries()": "--lau",
}
"""What messages say of countries in Python, and the options that say the same."""


@dataclass(frozen=True, kw_only=True)
class Countries:
    """More countries, of a layer of Europe's municipalities."""

    lau: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="More countries: Eurostat's (GISCO's) layer of local administrative units.",
        ),
    ] = None
    countries: Annotated[
        str | None,
        typer.Option(metavar="CODES", help="Of --lau: which to bring in, such as NO,DE."),
    ] = None

    def __post_init__(self) -> None:
        """Bring the countries in, before anything is read that may be of them."""
        if self.lau is not None:
            geodata.use_countries(geodata.read_lau(self.lau, countries=self.countries))
        elif self.countries is not None:
            raise typer.BadParameter("--countries has no effect without --lau: give --lau FILE too")


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
            given = [_YEAR if name == "year" else _FLAGS[name] for name in layout]
            if self.error_m is not None:
                given.append("--error-m")
            if given:
                raise typer.BadParameter(
                    f"{', '.join(given)} has no effect without --boundaries: "
                    "give --boundaries FILE too"
                )
            return None
        return _read(self.boundaries, tuple(layout.items()))


_YEAR = "--boundaries-year"


@cached_by_countries
def _read(path: Path, layout: tuple[tuple[str, Any], ...]) -> "gpd.GeoDataFrame":
    """Read a user's boundaries once, for all the areas of a command."""
    return read_layout(path, dict(layout), year=_YEAR)


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
    clause = {"read it with check=False and see geodata.repair_coverage": whole}
    with said_in(_FLAGS | {"year": year} | clause):
        return geodata.read_boundaries(path, check=check, **layout)
