"""The command line, `zones`: thin commands around the library's functions."""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from geodata.errors import GeodataError
from zones.cli_scenarios import commands, one_format
from zones.errors import OutputError, ZonesError
from zones.texts import check_language

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

Name = Annotated[
    str,
    typer.Argument(
        metavar="ID", help="A zone or network by any of its names, or your own zone's file."
    ),
]
Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="[ID]...", help="Zones and networks; the three zones if none is given."),
]
ExtentOption = Annotated[
    str | None, typer.Option("--extent", help="A documented extent; `zones show ID` lists them.")
]


def _year(value: str) -> int:
    """Read a year, naming what was given where it is none."""
    try:
        return int(value)
    except ValueError:
        raise typer.BadParameter(f"{value!r} is not a year: give one such as 2022") from None


Year = Annotated[
    int,
    typer.Option(parser=_year, help="State of the world: division in force, people at its end."),
]
Division = Annotated[
    int | None,
    typer.Option("--division", parser=_year, help="Year of the division, if not that of --year."),
]
DataYear = Annotated[
    int | None,
    typer.Option("--data-year", parser=_year, help="No figures newer than this, if not --year."),
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
Source = Annotated[
    str, typer.Option(help="bundled, or latest: what `zones data update` has fetched as well.")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object, in English.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="CSV, UTF-8 with commas and points.")]
Excel = Annotated[
    bool, typer.Option("--excel", help="With --csv: for a spreadsheet in the chosen language.")
]
Lang = Annotated[str, typer.Option("--lang", help="fi, sv or en.")]
NEWEST = 2026


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
    from zones import listings  # noqa: PLC0415

    listings.print_list(check_language(lang), as_json=as_json)


@app.command()
def show(name: Name, *, as_json: AsJson = False, lang: Lang = "en") -> None:
    """Show members, roles, sources, extents and gaps in the evidence."""
    from zones import listings  # noqa: PLC0415

    listings.print_group(_group(name), check_language(lang), as_json=as_json)


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

    area = zones.extent(
        _group(name),
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
    area = zones.extent(
        _group(name),
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

    area = zones.extent(
        _group(name),
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
    from zones import inspection  # noqa: PLC0415

    return inspection.print_check(path, check_language(lang), as_json=as_json)


app.add_typer(commands)

data = typer.Typer(help="What is bundled and fetched: how old, from where; fetch newer.")
app.add_typer(data, name="data", no_args_is_help=True)


@data.command()
def status(*, as_json: AsJson = False, lang: Lang = "en") -> None:
    """Tell what is bundled and what has been fetched, from when, from whom, under which licence."""
    from zones import inspection  # noqa: PLC0415

    inspection.print_data_status(check_language(lang), as_json=as_json)


@data.command()
def update(
    *,
    year: Annotated[
        int | None, typer.Option(parser=_year, help="Of the data, if not the newest.")
    ] = None,
    grid: Annotated[bool, typer.Option("--grid", help="The 1 km population grid too.")] = False,
    lang: Lang = "en",
) -> None:
    """Fetch newer data into the cache; figures use them only with `--source latest`."""
    from zones import inspection  # noqa: PLC0415

    inspection.update_data(check_language(lang), year=year, grid=grid)


@app.command("map")
def draw_map(
    names: Names = None,
    *,
    output: Annotated[Path, typer.Option("-o", "--output", help="HTML file.")] = Path("map.html"),
    year: Year = NEWEST,
    lang: Lang = "en",
) -> None:
    """Draw the interactive map: one file that opens with no network."""
    import zones  # noqa: PLC0415
    from zones import listings  # noqa: PLC0415

    language = check_language(lang)
    with _progress(str(output)):
        written = zones.map(_groups(names), year=year, lang=language).save(output)
    listings.print_written([written], language)


@app.command()
def report(
    names: Names = None,
    *,
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder.")] = Path("report"),
    year: Year = NEWEST,
    lang: Lang = "en",
) -> None:
    """Write a report to read and print, with the map and the data behind it, into a folder."""
    import zones  # noqa: PLC0415
    from zones import listings  # noqa: PLC0415

    language = check_language(lang)
    with _progress(str(output)) as say:
        written = zones.report(_groups(names), output, year=year, lang=language, progress=say)
    listings.print_report(written, language)


def _group(name: str) -> Any:
    """Return the zone or network of that name, or the user's own one in that file."""
    import zones  # noqa: PLC0415

    if name.endswith(".toml"):
        return zones.Zone.from_toml(name)
    return zones.Zone.from_csv(name) if name.endswith(".csv") else zones.get(name)


def _area(
    name: str, extent: str | None, *, year: int, division: int | None, data_year: int | None
) -> Any:
    import zones  # noqa: PLC0415

    return zones.extent(
        _group(name), year=year, extent=extent, division=division, data_year=data_year
    )


def _groups(names: list[str] | None) -> list[Any] | None:
    return [_group(name) for name in names] if names else None


def _print(area: Any, table: Any, lang: str, *, as_json: bool, as_csv: bool, excel: bool) -> None:
    from zones import listings  # noqa: PLC0415

    shown = one_format(as_json=as_json, as_csv=as_csv, excel=excel)
    listings.print_measures(area, table, check_language(lang), **shown)


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
