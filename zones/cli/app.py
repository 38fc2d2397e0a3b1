"""The command line, `zones`: thin commands around the library's functions."""

import logging
import sys
from pathlib import Path
from typing import Annotated

import typer

import zones
from zones import cli
from zones.cli import drawing, flows, reach, scenarios, tables
from zones.cli.boundaries import Countries, Layout
from zones.cli.ending import BAD_INPUT, FAILED, complain, ended
from zones.cli.messages import Refused, year_of
from zones.cli.options import Group, Name, Plain, Shown, Spoken, Where, command

__all__ = ["app", "main", "status"]

app = typer.Typer(
    name="zones",
    help="Finland's development zones: who is in them, what they cover, whom they reach, "
    "how they hang together.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _print_version(asked: bool) -> None:  # noqa: FBT001 - typer calls it so
    if asked:
        sys.stdout.write(f"development-zones {zones.__version__}\n")
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


@command(app, "list")
def list_groups(shown: Shown) -> None:
    """List all zones and theme networks."""
    cli.listings.print_list(shown)


@command(app)
def show(name: Group, countries: Countries, shown: Shown) -> None:  # noqa: ARG001 - brought in
    """Show a zone's members, roles, sources, extents and gaps."""
    cli.listings.print_group(zones.get(name), shown)


@command(app)
def coverage(name: Name, where: Where, shown: Shown) -> None:
    """Compute how much of the country a zone covers, and where."""
    area = where.area(name)
    cli.listings.print_measures(area, zones.coverage(area), shown)


@command(app)
def connectivity(
    name: Name,
    *,
    sea: Annotated[bool, typer.Option("--sea", help="Borders through the sea tie too.")] = False,
    where: Where,
    shown: Shown,
) -> None:
    """Compute whether a zone hangs together, and through whom."""
    area = where.area(name)
    cli.listings.print_measures(area, zones.connectivity(area, sea=sea), shown)


@command(app)
def check(
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="Boundaries, or a zone of your own.")
    ],
    *,
    id: Annotated[  # noqa: A002 - the column's name
        str | None, typer.Option("--id", help="Which zone, of a CSV file with several.")
    ] = None,
    year: Annotated[
        int | None, typer.Option(parser=year_of, help="Of boundaries: year of their division.")
    ] = None,
    layout: Layout,
    countries: Countries,  # noqa: ARG001 - brought in
    shown: Plain,
) -> int:
    """Say what is wrong with a boundary or zone file, and where."""
    return cli.inspection.print_check(path, layout.arguments() | {"year": year}, id, shown)


app.add_typer(reach.commands)
app.add_typer(drawing.commands)
app.add_typer(flows.commands)
app.add_typer(scenarios.commands)
app.add_typer(tables.tables)

data = typer.Typer(help="Tell what is bundled and how old it is, or fetch newer data.")
app.add_typer(data, name="data", no_args_is_help=True)


@command(data, "status")
def data_status(shown: Plain) -> None:
    """Tell what is bundled and fetched: from when and from whom."""
    cli.inspection.print_data_status(shown)


@command(data)
def update(
    *,
    year: Annotated[
        int | None, typer.Option(parser=year_of, help="Of the data, if not the newest.")
    ] = None,
    grid: Annotated[bool, typer.Option("--grid", help="The 1 km population grid too.")] = False,
    shown: Spoken,
) -> None:
    """Fetch newer data, for use with `--source latest`."""
    cli.inspection.update_data(shown, year=year, grid=grid)


def main(arguments: list[str] | None = None) -> None:
    """
    Run the command line, and exit with its status.

    Parameters
    ----------
    arguments
        The words after ``zones``; those of the process where not given.
    """
    sys.exit(ended(lambda: status(arguments)))


# Typer's base classes for wrong usage have moved between its releases; these names have not.
_UsageError: type[Exception] = typer.BadParameter.__bases__[0]


def status(arguments: list[str] | None = None) -> int:
    """
    Run the command line and return its status; wrong input ends in one line on stderr and 2.

    What the library did not foresee is no fault of the input, and goes up as it is, with a request
    to report it.
    """
    try:
        result = app(args=arguments, prog_name="zones", standalone_mode=False)
    except _UsageError as error:
        said = error.format_message().rstrip(".")  # type: ignore[attr-defined]
        if type(error).__name__ == "NoArgsIsHelpError":
            sys.stderr.write(f"{said}\n")
            return BAD_INPUT
        called = getattr(getattr(error, "ctx", None), "command_path", "zones")
        return complain(f"{said}; `{called} --help` shows the usage", BAD_INPUT)
    except Refused as error:
        return complain(str(error), FAILED if error.failed else BAD_INPUT)
    except typer.Abort:
        return complain("stopped", FAILED)
    except Exception as error:
        error.add_note(
            "This is a fault of development-zones and not of your input: please report it with "
            "the lines above, the command, and what `zones --version` says."
        )
        raise
    return result if isinstance(result, int) else 0
