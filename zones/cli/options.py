"""What commands share: groups of options as records, and the decorator that hands them over."""

import inspect
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer
from typer.core import TyperCommand

import zones
from geodata.countries import session
from geodata.countries.record import NEWEST_DIVISION
from zones.catalogue.names import ZONE_FILES
from zones.cli.boundaries import Boundaries, Layout
from zones.cli.messages import BROUGHT_IN, said_in, year_of
from zones.output import check_packages
from zones.texts import Language, check_language

if TYPE_CHECKING:
    from zones.extents.area import Area
    from zones.wording.voice import Voice

__all__ = [
    "FILES",
    "Group",
    "Name",
    "Plain",
    "Shown",
    "Spoken",
    "Where",
    "command",
    "completed",
    "each_name",
    "flags_given",
]

# A name, or the path of a file, in which there may be an @ too; then an extent, then a year.
_FILE = "|".join(sorted(suffix.lstrip(".") for suffix in ZONE_FILES))
_SIDE = re.compile(
    rf"(?P<name>.*?\.(?:{_FILE})(?:#[^/@]+)?|[^/@]+)(?:/(?P<extent>[^/@]+))?(?:@(?P<year>[^@]*))?",
    re.IGNORECASE,
)
_LAYERS = ("bundled", "latest")
# What zones.area calls its arguments, and which options they are here.
_AREA = {
    name: f"--{name.replace('_', '-')}"
    for name in ("extent", "year", "division", "data_year", "source", "boundaries", "error_m")
} | {
    **BROUGHT_IN,
    "a list of them such as ['Oulu', 'Kemi']": "several with commas between, such as Oulu,Kemi",
}

FILES: dict[str, tuple[str, ...]] = {
    ".csv": ("--csv", "--excel"),
    ".xlsx": (),
    ".parquet": (),
    ".json": ("--json",),
}
"""Endings of the files that a table is written to, and the options that say the same."""


def completed(begun: str) -> list[str]:
    """Return the ids that begin as what is typed, for the shell."""
    return [group.id for group in zones.all_groups() if group.id.startswith(begun.casefold())]


Group = Annotated[
    str,
    typer.Argument(
        autocompletion=completed,
        metavar="ID",
        help="A zone or network by any of its names, or your own zone's file (FILE#ID of several).",
    ),
]
Name = Annotated[
    str,
    typer.Argument(
        autocompletion=completed,
        metavar="ID[/EXTENT][@YEAR]",
        help="A zone or network by any of its names, your own zone's file (FILE#ID of several), or "
        "municipalities with commas between; with an extent after a slash and a year after @, "
        "where it is not that of --extent and --year.",
    ),
]


@dataclass(frozen=True, kw_only=True)
class Where(Boundaries):
    """Which extent of a zone, in which year, from which data."""

    extent: Annotated[
        str | None,
        typer.Option(
            help="A documented extent (`zones show ID` lists them), corridor-25km or spine-passes."
        ),
    ] = None
    year: Annotated[
        int,
        typer.Option(
            parser=year_of, help="State of the world: division in force, people at its end."
        ),
    ] = NEWEST_DIVISION
    division: Annotated[
        int | None,
        typer.Option(parser=year_of, help="Year of the division, if not that of --year."),
    ] = None
    data_year: Annotated[
        int | None,
        typer.Option(parser=year_of, help="No figures newer than this, if not --year."),
    ] = None
    source: Annotated[
        str, typer.Option(help="bundled, or latest: what `zones data update` has fetched as well.")
    ] = "bundled"

    def area(self, text: str) -> "Area":
        """Return the area that ``ID/EXTENT@YEAR`` means; a path may hold both signs."""
        said = _SIDE.fullmatch(text)
        parts = said.group("name", "extent", "year") if said else (text, None, None)
        name, extent, year = parts
        listed = [part.strip() for part in name.split(",") if part.strip()]
        subject = listed if "," in name and not Path(name).exists() else name
        if year is not None and not year.isdecimal():
            raise typer.BadParameter(f"{year!r} in {text!r} is not a year: give one such as 2022")
        if self.source not in _LAYERS:
            if Path(self.source).suffix or Path(self.source).exists():
                raise typer.BadParameter(
                    f"--source {self.source!r} is a file: give it as --boundaries {self.source}"
                )
            raise typer.BadParameter(
                f"--source {self.source!r} is not known: give {' or '.join(_LAYERS)}; a file of "
                "boundaries is given with --boundaries"
            )
        own = self.read()
        with said_in(_AREA):
            return zones.area(
                subject,
                year=self.year if year is None else int(year),
                extent=extent or self.extent,
                division=self.division,
                data_year=self.data_year,
                source=self.source,
                boundaries=own,
                error_m=self.error_m,
            )


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """The language of what is printed."""

    lang: Annotated[
        str | None,
        typer.Option(help="fi, sv or en; that of ZONES_LANG, or English, where not given."),
    ] = None

    @property
    def language(self) -> Language:
        """The language, checked."""
        return check_language(self.lang)

    @property
    def voice(self) -> "Voice":
        """The voice of the language."""
        from zones.wording.voice import Voice  # noqa: PLC0415 - start-up time: it loads figures

        return Voice(self.language)


@dataclass(frozen=True, kw_only=True)
class Plain(Spoken):
    """A text for people, or JSON."""

    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, in English.")] = False


@dataclass(frozen=True, kw_only=True)
class Shown(Plain):
    """A table for people, JSON or CSV, or a file of it."""

    csv: Annotated[bool, typer.Option("--csv", help="CSV, UTF-8 with commas and points.")] = False
    excel: Annotated[
        bool, typer.Option("--excel", help="CSV for a spreadsheet in the chosen language.")
    ] = False
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Write the table to a file: .csv, .xlsx, .parquet or .json.",
        ),
    ] = None

    def __post_init__(self) -> None:
        """
        Refuse what cannot be shown before anything is computed.

        Two formats at once, a file of none that is known or whose package is not installed, and an
        unknown language.
        """
        chosen = [
            flag
            for flag, given in (
                ("--json", self.as_json),
                ("--csv", self.csv),
                ("--excel", self.excel),
            )
            if given
        ]
        if self.as_json and len(chosen) > 1:
            raise typer.BadParameter("--json and --csv are two formats: give one of them")
        if self.output is not None:
            suffix = self.output.suffix.lower()
            if suffix not in FILES:
                raise typer.BadParameter(
                    f"--output {str(self.output)!r} ends in none of the formats of a table: give "
                    f"a file that ends in {', '.join(FILES)}"
                )
            strangers = [flag for flag in chosen if flag not in FILES[suffix]]
            if strangers:
                raise typer.BadParameter(
                    f"{strangers[0]} and a file that ends in {suffix} are two formats: "
                    "the ending alone is enough"
                )
            check_packages(self.output)
        check_language(self.lang)

    @property
    def as_csv(self) -> bool:
        """Whether CSV of either kind is asked for."""
        return self.csv or self.excel


class _EachOnce(TyperCommand):
    """A command that refuses an option given twice, of which only the last would count."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the words after the command."""
        if args and not ctx.resilient_parsing:
            *_, order = self.make_parser(ctx).parse_args(args=list(args))
            for one, times in Counter(order).items():
                flag = getattr(one, "is_flag", True)  # Arguments are once anyway.
                if times > 1 and not (flag or getattr(one, "multiple", False)):
                    lists = "," in (getattr(one, "metavar", None) or "")
                    several = ", with commas between several" if lists else ""
                    said = f"{max(one.opts, key=len)} is given {times} times: give it once{several}"
                    raise typer.BadParameter(said, ctx=ctx)
        return super().parse_args(ctx, args)


def command(
    app: typer.Typer, name: str | None = None, *, called: Mapping[str, str] | None = None
) -> Callable[[Callable[..., int | None]], Callable[..., int | None]]:
    """
    Make a function a command: its records of options are options each, its errors one line.

    A parameter whose type is a record, such as `Where`, stands for an option a field. What an
    argument of the library is `called` here is said where the option has another name.
    """

    def register(function: Callable[..., int | None]) -> Callable[..., int | None]:
        given = inspect.signature(function).parameters.values()
        records: dict[str, Any] = {
            one.name: one.annotation for one in given if is_dataclass(one.annotation)
        }
        taken: list[inspect.Parameter] = []
        for one in given:
            if one.name not in records:
                taken.append(one)
                continue
            taken += [
                inspect.Parameter(
                    field.name, one.KEYWORD_ONLY, default=field.default, annotation=field.type
                )
                for field in fields(one.annotation)
            ]
        # Options of a file are said where it is read: another file may have arguments so called.
        own = {field.name for field in fields(Layout)}
        flags = {
            one.name: _flag(one.name, one.annotation)
            for one in taken
            if one.kind is one.KEYWORD_ONLY and one.name not in own
        }
        if "sheet" in flags:
            flags["give the sheet"] = "give --sheet"
        if "lau" in flags:
            flags |= BROUGHT_IN
        flags |= called or {}

        @wraps(function)
        def run(**values: Any) -> int | None:
            with session(), said_in(flags):
                for key, record in records.items():
                    parts = {field.name: values.pop(field.name) for field in fields(record)}
                    values[key] = record(**parts)
                return function(**values)

        # Typer reads the options from here.
        run.__signature__ = inspect.Signature(taken)  # type: ignore[attr-defined]
        run.__annotations__ = {one.name: one.annotation for one in taken}
        app.command(name, cls=_EachOnce)(run)
        return function

    return register


def flags_given(record: Any, *, apart_from: type) -> list[str]:
    """Return the options of a record that were given a value, apart from those of its base."""
    own = {field.name for field in fields(apart_from)}
    return [
        _flag(field.name, field.type)
        for field in fields(record)
        if field.name not in own and getattr(record, field.name) != field.default
    ]


def _flag(name: str, annotation: Any) -> str:
    """Return how an option is written: by its own name, or as typer makes it of the parameter."""
    for info in get_args(annotation)[1:]:
        # Of what typer.Option is given first, it does not know yet whether it is a default.
        first = getattr(info, "default", None)
        for written in (first, *(getattr(info, "param_decls", None) or ())):
            if isinstance(written, str) and written.startswith("--"):
                return written
    return "--" + name.replace("_", "-")


def each_name(names: list[str] | None) -> list[str]:
    """Return names that are given one by one, or with commas between, as those of a zone are."""
    return [name.strip() for said in names or () for name in said.split(",") if name.strip()]
