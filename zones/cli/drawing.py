"""The commands `zones map` and `zones report`."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

import zones
from zones import cli
from zones.cli.given import GivenTable, ShownColumns
from zones.cli.messages import reader
from zones.cli.options import Spoken, Where, command, completed
from zones.errors import OutputError
from zones.maps.forms import FORMATS, PAGES, form_of
from zones.maps.paper.layout import paper_of
from zones.output import check_target

__all__ = ["commands"]

commands = typer.Typer(rich_markup_mode=None)
_FILES = frozenset(
    {
        *(f".{form}" for form in (*FORMATS, *PAGES)),
        ".md",
        ".csv",
        ".txt",
        ".json",
        ".xlsx",
        ".docx",
        ".gpkg",
        ".zip",
    }
)

Names = Annotated[
    list[str] | None,
    typer.Argument(
        autocompletion=completed,
        metavar="ID[/EXTENT][@YEAR]",
        help="Zones and networks; the three zones if none is given.",
    ),
]
View = Annotated[
    str | None,
    typer.Option("--view", help="groups, people, density or change: what the map starts with."),
]
Title = Annotated[str | None, typer.Option("--title", help="Heading, if not the zone's name.")]


@dataclass(frozen=True, kw_only=True)
class OnPaper:
    """The paper of a picture."""

    size: Annotated[
        str,
        typer.Option(
            metavar="SIZE",
            help="Of a picture: A4, A3, or width and height such as 180x120mm or 1600x900px.",
        ),
    ] = "A4"
    landscape: Annotated[
        bool, typer.Option("--landscape", help="Of a picture: the paper lies on its side.")
    ] = False
    dpi: Annotated[
        float | None,
        typer.Option(parser=reader(float, "a number", "300"), help="Of a picture: pixels an inch."),
    ] = None

    def check(self, form: str) -> None:
        """Refuse a paper that cannot be had, or has no effect, before anything is computed."""
        if form in FORMATS:
            paper_of(self.size, landscape=self.landscape, dpi=self.dpi, form=form)
            return
        given = {
            "--size": self.size != "A4", "--landscape": self.landscape, "--dpi": self.dpi,
        }  # fmt: skip
        chosen = [flag for flag, value in given.items() if value]
        if chosen:
            raise typer.BadParameter(
                f"{', '.join(chosen)} has no effect on a page: leave it out, or end -o in "
                f"{', '.join(f'.{name}' for name in FORMATS)}"
            )


@command(commands, "map")
def draw_map(
    names: Names = None,
    *,
    output: Annotated[
        Path, typer.Option("-o", "--output", help="HTML, or PNG, SVG or PDF for a map on paper.")
    ] = Path("map.html"),
    view: View = None,
    title: Title = None,
    given: ShownColumns,
    paper: OnPaper,
    where: Where,
    shown: Spoken,
) -> None:
    """Draw the map: one page that needs no network, or a picture."""
    try:
        form = form_of(output)
    except OutputError as error:
        raise typer.BadParameter(str(error)) from None
    check_target(output)
    paper.check(form)
    if view and given.data is not None:
        raise typer.BadParameter("--view and --table are two maps: give one of them")
    with _progress(str(output)):
        drawn = zones.map(
            _areas(names, where),
            year=where.year,
            data_year=where.data_year if given.data else None,
            lang=shown.language,
            title=title,
            view=view,  # type: ignore[arg-type]  # checked there, with a message for people
            **given.options(),
        )
        written = drawn.save(output) if form in PAGES else drawn.static(output, **asdict(paper))
    cli.listings.print_written([written], shown)


@command(commands)
def report(
    names: Names = None,
    *,
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder.")] = Path("report"),
    given: GivenTable,
    where: Where,
    shown: Spoken,
) -> None:
    """Write a report with the map and the data behind it."""
    if output.suffix.lower() in _FILES and not output.is_dir():
        raise typer.BadParameter(
            f"{str(output)!r} is named like a file, and a report is a folder of several: give -o "
            f"such as {str(output.with_suffix(''))!r}"
        )
    with _progress(str(output)) as say:
        areas = _areas(names, where)
        written = zones.report(
            areas,
            output,
            year=where.year,
            data=given.read(),
            lang=shown.language,
            progress=say,
        )
    cli.listings.print_report(written, shown)


def _areas(names: list[str] | None, where: Where) -> list[Any]:
    return [where.area(name) for name in names or [zone.id for zone in zones.all_groups("zone")]]


@contextmanager
def _progress(what: str) -> Iterator[Callable[[str], None]]:
    """Show on stderr what is being done, where a person watches; else tell the log."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield logging.getLogger(__name__).info
        return
    with console.status(Text(what)) as status:
        # As plain text: a zone's name may look like markup.
        yield lambda step: status.update(Text(step))
