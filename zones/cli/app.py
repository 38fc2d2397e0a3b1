"""The command line, `zones`: thin commands around the library's functions."""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from geodata.errors import GeodataError
from zones.cli.options import (
    NEWEST,
    AsCsv,
    AsJson,
    DataYear,
    Division,
    Excel,
    ExtentOption,
    Lang,
    Name,
    Source,
    Year,
    area_of,
    group_of,
    one_format,
    voice_of,
    year_of,
)
from zones.cli.scenarios import commands
from zones.errors import OutputError, ZonesError

__all__ = ["app", "main"]

_FAILED, _BAD_INPUT = 1, 2

app = typer.Typer(
    name="zones",
    help="Finland's development zones: who is in them, what they cover, whom they reach, "
    "how they hang together.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[ID[/EXTENT][@YEAR]]...",
        help="Zones and networks; the three zones if none is given.",
    ),
]


def _numbers(value: str) -> list[float]:
    """Read numbers between commas, naming what was given where one is none."""
    try:
        return [float(part) for part in value.split(",")]
    except ValueError:
        raise typer.BadParameter(
            f"{value!r} is no list of numbers: give them between commas, such as 10,25,50"
        ) from None


Within = Annotated[
    Any,  # a list of numbers; typer takes a list for an option given several times
    typer.Option(
        "--within", parser=_numbers, metavar="KM,KM,...", help="People within distances in km."
    ),
]
Of = Annotated[
    str, typer.Option("--of", help="Distances are from the zone, its spine or its centres.")
]
GridFile = Annotated[
    Path | None, typer.Option("--grid", help="A population grid, to count cell by cell.")
]
CellRule = Annotated[
    str, typer.Option("--rule", help="A cell counts by its centre or its share of area.")
]
MatrixFile = Annotated[
    Path | None,
    typer.Option("--matrix", help="CSV of travel times: from, to, minutes; or a matrix."),
]
Minutes = Annotated[
    Any,
    typer.Option(
        "--minutes", parser=_numbers, metavar="MIN,...", help="Travel times; 30,60,90 by default."
    ),
]
Estimates = Annotated[
    bool, typer.Option("--estimates", help="Estimate people between two known years, with bounds.")
]


def _print_version(asked: bool) -> None:  # noqa: FBT001 - typer calls it so
    if asked:
        from importlib.metadata import version  # noqa: PLC0415

        sys.stdout.write(f"development-zones {version('development-zones')}\n")
        raise typer.Exit


@app.callback()
def _options(
    *,
    verbose: Annotated[bool, typer.Option("--verbose", help="Say what is being done.")] = False,
    version: Annotated[  # noqa: ARG001 - its callback prints it and ends
        bool,
        typer.Option("--version", is_eager=True, callback=_print_version, help="Say the version."),
    ] = False,
) -> None:
    logging.basicConfig(level=logging.INFO if verbose else logging.WARNING, stream=sys.stderr)


@app.command("list")
def list_groups(*, as_json: AsJson = False, lang: Lang = "en") -> None:
    """List all zones and theme networks."""
    from zones.cli import listings  # noqa: PLC0415

    listings.print_list(voice_of(lang), as_json=as_json)


@app.command()
def show(name: Name, *, as_json: AsJson = False, lang: Lang = "en") -> None:
    """Show members, roles, sources, extents and gaps in the evidence."""
    from zones.cli import listings  # noqa: PLC0415

    listings.print_group(group_of(name), voice_of(lang), as_json=as_json)


@app.command()
def coverage(
    name: Name,
    *,
    extent: ExtentOption = None,
    year: Year = NEWEST,
    division: Division = None,
    data_year: DataYear = None,
    source: Source = "bundled",
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    excel: Excel = False,
    lang: Lang = "en",
) -> None:
    """Compute how much of the country a zone covers, where, and in how many pieces."""
    import zones  # noqa: PLC0415

    area = zones.area(
        group_of(name),
        year=year,
        extent=extent,
        division=division,
        data_year=data_year,
        source=source,
    )
    _print(area, zones.coverage(area), lang, as_json=as_json, as_csv=as_csv, excel=excel)


@app.command()
def reach(
    name: Name,
    *,
    within: Within = None,
    of: Of = "zone",
    grid: GridFile = None,
    rule: CellRule = "centre",
    matrix: MatrixFile = None,
    minutes: Minutes = None,
    estimates: Estimates = False,
    extent: ExtentOption = None,
    year: Year = NEWEST,
    division: Division = None,
    data_year: DataYear = None,
    source: Source = "bundled",
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    excel: Excel = False,
    lang: Lang = "en",
) -> None:
    """Compute the people that a zone reaches: inside, within distances, within travel times."""
    import zones  # noqa: PLC0415

    if minutes and not matrix:
        raise typer.BadParameter("--minutes has no effect without travel times: give --matrix FILE")
    area = zones.area(
        group_of(name),
        year=year,
        extent=extent,
        division=division,
        data_year=data_year,
        source=source,
    )
    table = zones.reach(
        area,
        within_km=within,
        of=of,  # type: ignore[arg-type]  # checked there, with a message for people
        grid=grid,
        rule=rule,  # type: ignore[arg-type]
        matrix=matrix,
        minutes=minutes or (30, 60, 90),
        estimates=estimates,
    )
    _print(area, table, lang, as_json=as_json, as_csv=as_csv, excel=excel)


@app.command()
def connectivity(
    name: Name,
    *,
    extent: ExtentOption = None,
    year: Year = NEWEST,
    division: Division = None,
    data_year: DataYear = None,
    source: Source = "bundled",
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    excel: Excel = False,
    lang: Lang = "en",
) -> None:
    """Compute whether a zone's municipalities hang together, and through whom."""
    import zones  # noqa: PLC0415

    area = zones.area(
        group_of(name),
        year=year,
        extent=extent,
        division=division,
        data_year=data_year,
        source=source,
    )
    _print(area, zones.connectivity(area), lang, as_json=as_json, as_csv=as_csv, excel=excel)


@app.command()
def check(
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="Boundaries, or a zone of your own.")
    ],
    *,
    as_json: AsJson = False,
    lang: Lang = "en",
) -> int:
    """Say what is wrong with a boundary or zone file, and where."""
    from zones.cli import inspection  # noqa: PLC0415

    return inspection.print_check(path, voice_of(lang), as_json=as_json)


app.add_typer(commands)

data = typer.Typer(help="What is bundled and fetched: how old, from where; fetch newer.")
app.add_typer(data, name="data", no_args_is_help=True)


@data.command()
def status(*, as_json: AsJson = False, lang: Lang = "en") -> None:
    """Tell what is bundled and what has been fetched, from when, from whom, under which licence."""
    from zones.cli import inspection  # noqa: PLC0415

    inspection.print_data_status(voice_of(lang), as_json=as_json)


@data.command()
def update(
    *,
    year: Annotated[
        int | None, typer.Option(parser=year_of, help="Of the data, if not the newest.")
    ] = None,
    grid: Annotated[bool, typer.Option("--grid", help="The 1 km population grid too.")] = False,
    lang: Lang = "en",
) -> None:
    """Fetch newer data into the cache; figures use them only with `--source latest`."""
    from zones.cli import inspection  # noqa: PLC0415

    inspection.update_data(voice_of(lang), year=year, grid=grid)


@app.command("map")
def draw_map(
    names: Names = None,
    *,
    output: Annotated[
        Path, typer.Option("-o", "--output", help="HTML, or PNG, SVG or PDF for a map on paper.")
    ] = Path("map.html"),
    year: Year = NEWEST,
    source: Source = "bundled",
    lang: Lang = "en",
) -> None:
    """Draw the interactive map: one file that opens with no network; or a static one."""
    import zones  # noqa: PLC0415
    from zones.cli import listings  # noqa: PLC0415

    voice = voice_of(lang)
    with _progress(str(output)):
        drawn = zones.map(_areas(names, year, source), year=year, lang=voice.lang)
        paper = output.suffix.lower() in {".png", ".svg", ".pdf"}
        written = drawn.static(output) if paper else drawn.save(output)
    listings.print_written([written], voice)


@app.command()
def report(
    names: Names = None,
    *,
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder.")] = Path("report"),
    year: Year = NEWEST,
    source: Source = "bundled",
    lang: Lang = "en",
) -> None:
    """Write a report to read and print, with the map and the data behind it, into a folder."""
    import zones  # noqa: PLC0415
    from zones.cli import listings  # noqa: PLC0415

    voice = voice_of(lang)
    with _progress(str(output)) as say:
        areas = _areas(names, year, source)
        written = zones.report(areas, output, year=year, lang=voice.lang, progress=say)
    listings.print_report(written, voice)


def _areas(names: list[str] | None, year: int, source: str) -> list[Any]:
    import zones  # noqa: PLC0415

    chosen = names or [zone.id for zone in zones.all_groups("zone")]
    return [area_of(name, year=year, source=source) for name in chosen]


def _print(area: Any, table: Any, lang: str, *, as_json: bool, as_csv: bool, excel: bool) -> None:
    from zones.cli import listings  # noqa: PLC0415

    shown = one_format(as_json=as_json, as_csv=as_csv, excel=excel)
    listings.print_measures(area, table, voice_of(lang), **shown)


@contextmanager
def _progress(what: str) -> Iterator[Callable[[str], None]]:
    """Show on stderr what is being done, where a person watches; else tell the log."""
    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(stderr=True)
    if not console.is_terminal:
        yield logging.getLogger(__name__).info
        return
    with console.status(Text(what)) as status:
        # As plain text: a zone's name may look like markup.
        yield lambda step: status.update(Text(step))


def main(arguments: list[str] | None = None) -> None:
    """
    Run the command line; wrong input ends in one line on stderr and exit status 2.

    Parameters
    ----------
    arguments
        The words after ``zones``; those of the process where not given.
    """
    sys.exit(_status(lambda: app(args=arguments, prog_name="zones", standalone_mode=False)))


# Typer's base classes for wrong usage have moved between its releases; these names have not.
_UsageError: type[Exception] = typer.BadParameter.__bases__[0]


def _status(run: Callable[[], object]) -> int:
    try:
        result = run()
    except _UsageError as error:
        said = error.format_message().rstrip(".")  # type: ignore[attr-defined]
        return _complain(f"{said}; `zones --help` shows the usage", _BAD_INPUT)
    except (OutputError, OSError, ImportError) as error:  # an extra that is not installed
        return _complain(str(error), _FAILED)
    except (ZonesError, GeodataError, ValueError) as error:
        return _complain(str(error), _BAD_INPUT)
    except (KeyboardInterrupt, typer.Abort):
        return _complain("stopped", _FAILED)
    return result if isinstance(result, int) else 0


def _complain(message: str, status: int) -> int:
    sys.stderr.write(f"error: {' '.join(message.split())}\n")
    return status
