"""The commands `zones what-if`, `zones compare` and `zones claims`."""

from typing import Annotated, Any

import typer

import zones
from zones import cli
from zones.cli.boundaries import Boundaries
from zones.cli.given import GivenTable
from zones.cli.messages import reader, year_of
from zones.cli.options import Group, Name, Shown, Where, command, each_name

__all__ = ["commands"]

commands = typer.Typer(rich_markup_mode=None)
Add = Annotated[
    list[str] | None,
    typer.Option(
        "--add",
        metavar="NAME",
        help="A municipality that joins, or its code; several with commas between, or repeated.",
    ),
]
Remove = Annotated[
    list[str] | None,
    typer.Option("--remove", metavar="NAME", help="A member that leaves; several as of --add."),
]
AddRegion = Annotated[
    list[str] | None,
    typer.Option(
        "--add-region",
        metavar="NAME",
        help="A whole region (in Sweden a county) that joins; may be repeated.",
    ),
]
RemoveRegion = Annotated[
    list[str] | None,
    typer.Option(
        "--remove-region",
        metavar="NAME",
        help="A region whose members leave; may be repeated.",
    ),
]
ToExtent = Annotated[
    str | None, typer.Option("--to-extent", help="Another documented extent to change to.")
]
ToYear = Annotated[
    int | None, typer.Option("--to-year", parser=year_of, help="Another year to move to.")
]
Best = Annotated[
    str | None,
    typer.Option(
        "--best",
        help="Rank the next members instead: people, spine, components, or a count of --table.",
    ),
]
Limit = Annotated[
    int | None,
    typer.Option(
        "--limit",
        parser=reader(int, "a number", "10"),
        help="With --best: how many to show, 10 if not said.",
    ),
]
_LIMIT = 10


@command(commands, "what-if")
def what_if(
    name: Name,
    *,
    add: Add = None,
    remove: Remove = None,
    add_regions: AddRegion = None,
    remove_regions: RemoveRegion = None,
    to_extent: ToExtent = None,
    to_year: ToYear = None,
    by: Best = None,
    limit: Limit = None,
    given: GivenTable,
    where: Where,
    shown: Shown,
) -> None:
    """Compute what changes if members join or leave; rank others."""
    area, data = where.area(name), given.read()
    changes: dict[str, Any] = {
        "add": each_name(add),
        "remove": each_name(remove),
        "add_regions": each_name(add_regions),
        "remove_regions": each_name(remove_regions),
        "extent": to_extent,
        "year": to_year,
    }
    if by is None:
        if limit is not None:
            raise typer.BadParameter("--limit is of --best: give that too, or leave --limit out")
        cli.scenario_listings.print_comparison(zones.what_if(area, **changes, data=data), shown)
        return
    if any(changes.values()):
        raise typer.BadParameter("--best ranks members one by one: give it without other changes")
    ranking = zones.rank_candidates(
        area, by=by, data=data, limit=_LIMIT if limit is None else limit
    )
    cli.scenario_listings.print_ranking(ranking, shown)


@command(commands)
def compare(first: Name, second: Name, given: GivenTable, where: Where, shown: Shown) -> None:
    """Set two zones, extents or years side by side."""
    sides = [where.area(text) for text in (first, second)]
    cli.scenario_listings.print_comparison(zones.compare(*sides, data=given.read()), shown)


@command(commands)
def claims(
    name: Group,
    *,
    extent: Annotated[
        str | None, typer.Option(help="Hold every figure against this extent alone.")
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(parser=year_of, help="Hold every figure against this year alone."),
    ] = None,
    given: GivenTable,
    own: Boundaries,
    shown: Shown,
) -> None:
    """Hold a zone's published figures against computed ones."""
    checked = zones.check_claims(
        name,
        extent=extent,
        year=year,
        data=given.read(),
        boundaries=own.read(),
        error_m=own.error_m,
    )
    cli.scenario_listings.print_claims(checked, shown)
