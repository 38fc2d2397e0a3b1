"""What the commands of the command line share: their options, and how their words are read."""

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zones.catalogue.finding import ZONE_FILES
from zones.texts import check_language

if TYPE_CHECKING:
    from zones.wording.voice import Voice

__all__ = [
    "NEWEST",
    "AsCsv",
    "AsJson",
    "DataYear",
    "Division",
    "Excel",
    "ExtentOption",
    "Lang",
    "Name",
    "Source",
    "Year",
    "area_of",
    "group_of",
    "one_format",
    "voice_of",
    "year_of",
]

NEWEST = 2026
# A name, or the path of a file, in which there may be an @ too; then an extent, then a year.
_FILE = "|".join(sorted(suffix.lstrip(".") for suffix in ZONE_FILES))
_SIDE = re.compile(
    rf"(?P<name>.*?\.(?:{_FILE})|[^/@]+)(?:/(?P<extent>[^/@]+))?(?:@(?P<year>[^@]*))?",
    re.IGNORECASE,
)


def year_of(value: str) -> int:
    """Read a year, naming what was given where it is none."""
    try:
        return int(value)
    except ValueError:
        raise typer.BadParameter(f"{value!r} is not a year: give one such as 2022") from None


Name = Annotated[
    str,
    typer.Argument(
        metavar="ID", help="A zone or network by any of its names, or your own zone's file."
    ),
]
ExtentOption = Annotated[
    str | None,
    typer.Option(
        "--extent",
        help="A documented extent (`zones show ID` lists them), corridor-25km or spine-passes.",
    ),
]
Year = Annotated[
    int,
    typer.Option(parser=year_of, help="State of the world: division in force, people at its end."),
]
Division = Annotated[
    int | None,
    typer.Option("--division", parser=year_of, help="Year of the division, if not that of --year."),
]
DataYear = Annotated[
    int | None,
    typer.Option("--data-year", parser=year_of, help="No figures newer than this, if not --year."),
]
Source = Annotated[
    str, typer.Option(help="bundled, or latest: what `zones data update` has fetched as well.")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object, in English.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="CSV, UTF-8 with commas and points.")]
Excel = Annotated[
    bool, typer.Option("--excel", help="With --csv: for a spreadsheet in the chosen language.")
]
Lang = Annotated[str, typer.Option("--lang", help="fi, sv or en.")]


def voice_of(lang: str) -> "Voice":
    """Return the voice of a language, refusing one that is not known."""
    from zones.wording.voice import Voice  # noqa: PLC0415 - help needs no figures

    return Voice(check_language(lang))


def one_format(*, as_json: bool, as_csv: bool, excel: bool) -> dict[str, bool]:
    """Return how to print, as the listings take it; two formats at once are refused."""
    if as_json and (as_csv or excel):
        raise typer.BadParameter("--json and --csv are two formats: give one of them")
    return {"as_json": as_json, "as_csv": as_csv or excel, "excel": excel}


def group_of(name: str) -> Any:
    """Return the zone or network of that name, or the user's own one in that file."""
    import zones  # noqa: PLC0415

    return zones.get(name)


def area_of(text: str, *, year: int, extent: str | None = None, source: str = "bundled") -> Any:
    """Return the area that ``ID/EXTENT@YEAR`` means, the extent and year where given."""
    import zones  # noqa: PLC0415

    said = _SIDE.fullmatch(text)
    name = said["name"] if said else text
    if said and said["year"] is not None:
        if not said["year"].isdecimal():
            msg = f"{said['year']!r} in {text!r} is not a year: give one such as 2022"
            raise typer.BadParameter(msg)
        year = int(said["year"])
    extent = said["extent"] if said and said["extent"] else extent
    return zones.area(group_of(name), year=year, extent=extent, source=source)
