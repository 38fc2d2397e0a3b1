"""The commands `zones what-if`, `zones compare` and `zones claims`."""

from typing import Annotated, Any

import typer

from zones.cli.options import (
    NEWEST,
    AsCsv,
    AsJson,
    Excel,
    ExtentOption,
    Lang,
    Name,
    Year,
    area_of,
    group_of,
    one_format,
    voice_of,
    year_of,
)

__all__ = ["commands"]

commands = typer.Typer(rich_markup_mode=None)
Side = Annotated[
    str,
    typer.Argument(
        metavar="ID[/EXTENT][@YEAR]",
        help="A zone or network; with an extent after a slash and a year after @, where it is "
        "not that of --extent and --year.",
    ),
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
    int | None, typer.Option("--to-year", parser=year_of, help="Another year to move to.")
]
Best = Annotated[
    str | None,
    typer.Option("--best", help="Rank the next members instead: people, spine or components."),
]
Limit = Annotated[int, typer.Option("--limit", help="With --best: how many to show.")]


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
    from zones.cli import scenario_listings as listings  # noqa: PLC0415

    voice = voice_of(lang)
    shown = one_format(as_json=as_json, as_csv=as_csv, excel=excel)
    area = zones.area(group_of(name), year=year, extent=extent)
    changes: dict[str, Any] = {
        "add": add or (),
        "remove": remove or (),
        "add_regions": add_region or (),
        "remove_regions": remove_region or (),
        "extent": to_extent,
        "year": to_year,
    }
    if best is None:
        listings.print_comparison(zones.what_if(area, **changes), voice, **shown)
        return
    if any(changes.values()):
        raise typer.BadParameter("--best ranks members one by one: give it without other changes")
    ranking = zones.rank_candidates(area, by=best, limit=limit)  # type: ignore[arg-type]
    listings.print_ranking(ranking, voice, **shown)


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
    from zones.cli import scenario_listings as listings  # noqa: PLC0415

    voice = voice_of(lang)
    shown = one_format(as_json=as_json, as_csv=as_csv, excel=excel)
    sides = [area_of(text, extent=extent, year=year) for text in (first, second)]
    listings.print_comparison(zones.compare(*sides), voice, **shown)


@commands.command()
def claims(
    name: Name,
    *,
    extent: ExtentOption = None,
    year: Annotated[
        int | None,
        typer.Option(parser=year_of, help="Hold every figure against this year alone."),
    ] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    excel: Excel = False,
    lang: Lang = "en",
) -> None:
    """Hold what a zone has published about itself against what can be computed."""
    import zones  # noqa: PLC0415
    from zones.cli import scenario_listings as listings  # noqa: PLC0415

    voice = voice_of(lang)
    shown = one_format(as_json=as_json, as_csv=as_csv, excel=excel)
    checked = zones.check_claims(group_of(name), extent=extent, year=year)
    listings.print_claims(checked, voice, **shown)
