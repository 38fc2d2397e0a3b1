"""The options of a table that a user gives, and what is shown of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import zones
from geodata.errors import GeodataError
from geodata.tables.description import description_beside
from zones.cli.messages import Refused, in_options, reader

if TYPE_CHECKING:
    from zones.measures.indicators.given import IndicatorTable

__all__ = ["Described", "GivenTable", "ShownColumns", "read_table"]

Described = Annotated[
    Path | None,
    typer.Option(
        "--describe",
        metavar="FILE.toml",
        help="What its columns are, if not in the file of its name with .toml beside it.",
    ),
]

# What is an argument of the library, and on the command line a key of the description.
_KEYS = {
    key: f"{key} ="
    for key in (
        *("year", "division", "where", "decimal", "credit", "indicators", "kind", "base", "weight"),
        *("numerator", "factor", "unit", "names", "unit_names", "digits", "suppressed_below"),
        *("middle",),
    )
}


def _classes(value: str) -> str | Sequence[float]:
    return value if value == "quantiles" else [float(part) for part in value.split(",")]


_classes_of = reader(_classes, "quantiles or a list of limits between commas", "10,20,30")


@dataclass(frozen=True, kw_only=True)
class GivenTable:
    """A table of figures by municipality, and what its columns are."""

    data: Annotated[
        Path | None,
        typer.Option("--table", metavar="FILE", help="A table of figures by municipality."),
    ] = None
    describe: Described = None

    def read(self) -> "IndicatorTable | None":
        """Return the table, if one is given."""
        if self.data is None:
            if self.describe is not None:
                raise typer.BadParameter("--describe is of a table: give --table FILE too")
            return None
        return read_table(self.data, self.describe)


def read_table(path: Path, describe: Path | None, *, sheet: str | None = None) -> "IndicatorTable":
    """Read a table, or say how to describe it where nothing does."""
    beside = description_beside(path)
    # Where a starter failed, the shell has left an empty file of it.
    described = beside.is_file() and beside.stat().st_size > 0
    if describe is None and path.is_file() and not described:
        raise Refused(
            f"what the columns of {str(path)!r} are is not said: write `zones table {path} "
            f"--starter > {beside}`, complete it, and leave it there or give it with --describe",
            failed=False,
        )
    try:
        return zones.read_indicators(path, describe=describe, sheet=sheet)
    except GeodataError as error:
        failed = isinstance(error, OSError | ImportError)
        said = in_options(str(error), _KEYS | {"sheet": "--sheet"})
        where = describe or beside
        told = f"{said} (keys with = stand in the description, {where})" if " =" in said else said
        raise Refused(told, failed=failed) from error


@dataclass(frozen=True, kw_only=True)
class ShownColumns(GivenTable):
    """Which columns of a table a map shows, and in which classes."""

    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column", metavar="NAME", help="A column of the table by id or name; may be repeated."
        ),
    ] = None
    classes: Annotated[
        Any,
        typer.Option(
            "--classes",
            parser=_classes_of,
            metavar="10,20,...",
            help="Limits of the classes of a column, or quantiles; counts are circles without.",
        ),
    ] = None

    def options(self) -> dict[str, Any]:
        """Return the arguments of `zones.map` for the table; none where there is no table."""
        data = self.read()
        if data is None:
            if self.column or self.classes is not None:
                raise typer.BadParameter(
                    "--column and --classes are of a table: give --table FILE too"
                )
            return {}
        return {"data": data, "column": self.column or None, "classes": self.classes}
