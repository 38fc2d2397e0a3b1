"""The commands `zones what-if`, `zones compare` and `zones claims`."""

from typing import Annotated, Any

import typer

from zones.texts import check_language

__all__ = ["commands", "one_format"]

commands = typer.Typer(rich_markup_mode=None)
NEWEST = 2026


def _year(value: str) -> int:
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
Side = Annotated[
    str,
    typer.Argument(
        metavar="ID[/EXTENT][@YEAR]",
        help="A zone or network; with an extent after a slash and a year after @, where it is "
        "not that of --extent and --year.",
    ),
]
ExtentOption = Annotated[
    str | None, typer.Option("--extent", help="A documented extent; `zones show ID` lists them.")
]
Year = Annotated[
    int,
    typer.Option(parser=_year, help="State of the world: division in force, people at its end."),
]
Add = Annotated[
    list[str] | None,
    typer.Option("--add", help="A municipality that joins, by name or code; give several times."),
]
Remove = Annotated[
    list[str] | None,
    typer.Option("--remove", help="A member that leaves, by name or code; give several times."),
]
AddRegion = Annotated[
    list[str] | None,
    typer.Option("--add-region", help="A whole region (in Sweden a county) that joins."),
]
RemoveRegion = Annotated[
    list[str] | None,
    typer.Option("--remove-region", help="A region whose members leave."),
]
ToExtent = Annotated[
    str | None, typer.Option("--to-extent", help="Another documented extent to change to.")
]
ToYear = Annotated[
    int | None, typer.Option("--to-year", parser=_year, help="Another year to move to.")
]
Best = Annotated[
    str | None,
    typer.Option("--best", help="Rank the best next members instead, by people, spine or groups."),
]
Limit = Annotated[int, typer.Option("--limit", help="With --best: how many to show.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object, in English.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="CSV, UTF-8 with commas and points.")]
Excel = Annotated[
    bool, typer.Option("--excel", help="With --csv: for a spreadsheet in the chosen language.")
]
Lang = Annotated[str, typer.Option("--lang", help="fi, sv or en.")]


@commands.command("what-if")
def what_if(
    name: Name,
    *,
    add: Add = None,
    remove: Remove = None,
    add_region: AddRegion = None,
    remove_region: RemoveRegion = None,
    to_extent: ToExtent = None,
    to_year: ToYear = None,
    best: Best = None,
    limit: Limit = 10,
    extent: ExtentOption = None,
    year: Year = NEWEST,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    excel: Excel = False,
    lang: Lang = "en",
) -> None:
    """Compute what changes if members join or leave, or rank the best next members."""
    import zones  # noqa: PLC0415
    from zones import listings_scenarios as listings  # noqa: PLC0415

    language = check_language(lang)
    shown = one_format(as_json=as_json, as_csv=as_csv, excel=excel)
    area = zones.extent(_group(name), year=year, extent=extent)
    changes: dict[str, Any] = {
        "add": add or (),
        "remove": remove or (),
        "add_regions": add_region or (),
        "remove_regions": remove_region or (),
        "extent": to_extent,
        "year": to_year,
    }
    if best is None:
        listings.print_comparison(zones.what_if(area, **changes), language, **shown)
        return
    if any(changes.values()):
        raise typer.BadParameter("--best ranks members one by one: give it without other changes")
    ranking = zones.rank_candidates(area, by=best, limit=limit)  # type: ignore[arg-type]
    listings.print_ranking(ranking, language, **shown)


@commands.command()
def compare(
    first: Side,
    second: Side,
    *,
    extent: ExtentOption = None,
    year: Year = NEWEST,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    excel: Excel = False,
    lang: Lang = "en",
) -> None:
    """Set two zones, extents or years side by side, with the differences."""
    import zones  # noqa: PLC0415
    from zones import listings_scenarios as listings  # noqa: PLC0415

    language = check_language(lang)
    shown = one_format(as_json=as_json, as_csv=as_csv, excel=excel)
    sides = [_side(text, extent, year) for text in (first, second)]
    listings.print_comparison(zones.compare(*sides), language, **shown)


@commands.command()
def claims(
    name: Name,
    *,
    extent: ExtentOption = None,
    year: Annotated[
        int | None,
        typer.Option(parser=_year, help="Hold every figure against this year alone."),
    ] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    excel: Excel = False,
    lang: Lang = "en",
) -> None:
    """Hold what a zone has published about itself against what can be computed."""
    import zones  # noqa: PLC0415
    from zones import listings_scenarios as listings  # noqa: PLC0415

    language = check_language(lang)
    shown = one_format(as_json=as_json, as_csv=as_csv, excel=excel)
    checked = zones.check_claims(_group(name), extent=extent, year=year)
    listings.print_claims(checked, language, **shown)


def one_format(*, as_json: bool, as_csv: bool, excel: bool) -> dict[str, bool]:
    """Return how to print, as the listings take it; two formats at once are refused."""
    if as_json and (as_csv or excel):
        raise typer.BadParameter("--json and --csv are two formats: give one of them")
    return {"as_json": as_json, "as_csv": as_csv or excel, "excel": excel}


def _group(name: str) -> Any:
    """Return the zone or network of that name, or the user's own one in that file."""
    import zones  # noqa: PLC0415

    if name.endswith(".toml"):
        return zones.Zone.from_toml(name)
    return zones.Zone.from_csv(name) if name.endswith(".csv") else zones.get(name)


def _side(text: str, extent: str | None, year: int) -> Any:
    """Return the area that ``ID/EXTENT@YEAR`` means, the extent and year where given."""
    import zones  # noqa: PLC0415

    name, at, said = text.rpartition("@")
    if not at:
        name = said
    elif said.isdigit():
        year = int(said)
    else:
        raise typer.BadParameter(f"{said!r} in {text!r} is not a year: give one such as 2022")
    head, slash, tail = name.rpartition("/")
    if slash and not name.endswith((".toml", ".csv")):
        name, extent = head, tail
    return zones.extent(_group(name), year=year, extent=extent)
