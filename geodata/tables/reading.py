"""Reading a table of figures by municipality, or coarser area, as people have it."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from geodata import countries
from geodata.errors import IndicatorError, YearError
from geodata.files.tables import Sheet
from geodata.messages import listed, named_rows
from geodata.register.divisions import checked_year, division_ids
from geodata.tables.description import (
    DECIMAL_MARKS,
    Description,
    description_beside,
    description_of,
    read_description,
)
from geodata.tables.indicator import Indicator, check_indicators
from geodata.tables.layout import Layout, Part, laid_out
from geodata.tables.marks import cells_of
from geodata.tables.notes import Note
from geodata.tables.places import mixed_classes, total_among
from geodata.tables.rates import check_rates
from geodata.tables.rows import Rows, rows_of
from geodata.tables.sheets import described_columns, sheets_of
from geodata.tables.table import CELL, IndicatorTable, no_cells
from geodata.tables.totals import check_totals

__all__ = ["read_indicators"]

# "2019*" in the name of a column.
_PRELIMINARY = re.compile(r"(?:19|20)\d\d\*")


def read_indicators(
    source: "str | os.PathLike[str] | pd.DataFrame",
    indicators: Indicator | Iterable[Indicator] | None = None,
    *,
    describe: "str | os.PathLike[str] | Mapping[str, Any] | Description | None" = None,
    year: int | None = None,
    division: int | None = None,
    sheet: str | None = None,
    where: Mapping[str, str] | None = None,
    decimal: str | None = None,
    credit: str | None = None,
) -> IndicatorTable:
    """
    Read a table of figures by municipality or coarser area.

    Which column is of places, and which of years, is found by what is in them; what the columns
    are is declared. Rows of the whole country, of regions and of totals are not counted with the
    municipalities; what these add up to is compared with them. Figures of several years stay apart.

    Parameters
    ----------
    source
        A file (CSV, Excel, JSON-stat, Parquet) or a table.
    indicators
        What the columns are.
    describe
        The same in TOML (its path), or as `read_description` returns it. Where neither is given,
        the file beside the table with the ending ``.toml``.
    year
        Year of the figures, where the table does not say it; else the year to take.
    division
        Year whose municipalities the rows are; found where not given.
    sheet
        The sheet, where several of a workbook fit.
    where
        Which rows count, a value by column, such as ``{"Sukupuoli": "Yhteensä"}``.
    decimal
        The decimal mark, comma or point, where the numbers do not tell.
    credit
        What to credit, where the description does not say it; the name of the file if neither does.

    Returns
    -------
    IndicatorTable
        With what was found in its ``notes``.

    Raises
    ------
    IndicatorError
        If a column is not declared or is not what it is declared as, rows repeat, years or
        divisions are mixed, or municipalities do not add up; all faults of a kind are listed.
    FileFormatError
        If the file is no table.
    YearError
        If the year is none, or the division is not in the register.

    Examples
    --------
    >>> jobs = pd.DataFrame({"kunta": ["Helsinki", "Espoo"], "työpaikat": ["420 100", "129 500"]})
    >>> table = read_indicators(
    ...     jobs, Indicator(id="jobs", name="työpaikat", kind="count"), year=2019
    ... )
    >>> table.column("jobs", 2019)["value"].to_dict()
    {'FI_049': 129500.0, 'FI_091': 420100.0}
    """
    _check_arguments(where, decimal)
    year = None if year is None else _whole(year, "year")
    division = None if division is None else checked_year(_whole(division, "division"))
    said = _description(source, indicators, describe)
    sheets = sheets_of(source, sheet)
    if said is None:
        raise IndicatorError(
            f"what the columns are is not said: {described_columns(sheets, source)}; give "
            "indicators= or describe=, or write a description with geodata.starter()"
        )
    said = _with(said, year=year, division=division, where=where, decimal=decimal, credit=credit)
    chosen, notes = _fitting(sheets, said)
    try:
        return _read(chosen, said, notes, source)
    except IndicatorError as fault:
        if not isinstance(source, str | os.PathLike):
            raise
        raise IndicatorError(f"{Path(source).name}: {fault}") from fault


def _check_arguments(where: object, decimal: object) -> None:
    if where is not None and not isinstance(where, Mapping):
        raise IndicatorError(f"where={where!r}: give a value by column, {{'Sex': 'Total'}}")
    if decimal is not None and decimal not in DECIMAL_MARKS:
        raise IndicatorError(f"decimal={decimal!r}: give ',' or '.'")


def _whole(year: object, name: str) -> int:
    """Return a year that may be text, as options of a command line are."""
    text = str(year).strip().removesuffix(".0")
    if isinstance(year, bool) or not re.fullmatch("[0-9]{4}", text):
        raise YearError(f"{name}={year!r} is not a year: give one such as 2019")
    return int(text)


def _description(
    source: object,
    indicators: Indicator | Iterable[Indicator] | None,
    describe: "str | os.PathLike[str] | Mapping[str, Any] | Description | None",
) -> Description | None:
    if indicators is not None and describe is not None:
        raise IndicatorError("indicators and describe both say what the columns are; give one")
    if indicators is not None:
        rows = (indicators,) if isinstance(indicators, Indicator) else tuple(indicators)
        if strange := [row for row in rows if not isinstance(row, Indicator)]:
            raise IndicatorError(f"{strange[0]!r} is no Indicator; give those, or describe=")
        check_indicators(rows)
        return Description(indicators=rows) if rows else None
    if isinstance(describe, Description):
        return describe
    if isinstance(describe, Mapping):
        return description_of(describe)
    if describe is not None:
        return read_description(describe)
    if isinstance(source, str | os.PathLike):
        beside = description_beside(source)
        if beside.is_file() and beside != Path(source):
            return read_description(beside)
    return None


def _with(
    said: Description,
    *,
    year: int | None,
    division: int | None,
    where: Mapping[str, str] | None,
    decimal: str | None,
    credit: str | None,
) -> Description:
    """Return a description with what arguments say instead."""
    return Description(
        indicators=said.indicators,
        year=said.year if year is None else year,
        division=said.division if division is None else division,
        source=said.source if credit is None else credit,
        licence=said.licence,
        where={**said.where, **(where or {})},
        decimal=decimal or said.decimal,
    )


def _fitting(sheets: Sequence[Sheet], said: Description) -> tuple[Sheet, tuple[str, ...]]:
    """Return the one sheet that has places and the declared columns."""
    if len(sheets) == 1:
        return sheets[0], ()
    fitting = []
    for sheet in sheets:
        try:
            laid_out(sheet.table, said.indicators, said.where)
        except IndicatorError:
            continue
        fitting.append(sheet)
    if len(fitting) != 1:
        names = listed([repr(sheet.name) for sheet in fitting or sheets], most=None)
        count = f"{len(fitting)} sheets" if fitting else "no sheet"
        raise IndicatorError(
            f"{count} of the workbook {'fit' if fitting else 'fits'} the description; give "
            f"sheet= one of {names}"
        )
    rest = tuple(repr(sheet.name) for sheet in sheets if sheet is not fitting[0])
    return fitting[0], (Note("sheet", sheet=repr(fitting[0].name), others=rest),)


def _read(sheet: Sheet, said: Description, notes: Sequence[str], source: object) -> IndicatorTable:
    layout = laid_out(sheet.table, said.indicators, said.where)
    rows = rows_of(layout, year=said.year, division=said.division)
    figures, indicators, found = _figures(layout, rows, said)
    _check_once(figures, layout)
    _check_classes(figures, layout)
    counts = [one for one in indicators if one.kind == "count"]
    faults, compared = check_totals(figures, rows, counts)
    wrong, differing = check_rates(figures, indicators, rows.of.index)
    if faults := [*faults, *wrong]:
        raise IndicatorError(listed(faults, most=20, mark="; "))
    columns = {part.column for parts in layout.parts.values() for part in parts}
    if early := sorted(name for name in columns if _PRELIMINARY.search(name)):
        notes = [*notes, Note("preliminary", names=tuple(map(repr, early)))]
    undeclared = tuple(repr(name) for name in layout.figures if name not in layout.used)
    if undeclared:
        notes = [*notes, Note("undeclared", names=undeclared)]
    return IndicatorTable(
        indicators=indicators,
        cells=_indexed(figures[figures["kind"] == "unit"]),
        places=rows.places,
        division=rows.division,
        totals=_of_countries(figures, rows),
        source=said.source or sheet.source or _called(source),
        licence=said.licence,
        notes=(*notes, *rows.notes, *found, *compared, *differing),
    )


def _called(source: object) -> str:
    return Path(source).name if isinstance(source, str | os.PathLike) else ""


def _figures(
    layout: Layout, rows: Rows, said: Description
) -> tuple[pd.DataFrame, tuple[Indicator, ...], list[str]]:
    """Return a row a figure, with what it is of; the columns with their decimals; and notes."""
    found, indicators = [], []
    faults: list[str] = []
    notes: list[str] = []
    for one in said.indicators:
        parts = [
            values
            for part in layout.parts.get(one.id, ())
            if (values := _of_part(layout, rows, part, one, said.year)) is not None
        ]
        if not parts:
            indicators.append(one)
            continue
        part = pd.concat(parts, ignore_index=True)
        called = [named_rows([row], of=layout.frame.index) for row in part["row"]]
        cells = cells_of(part["value"], one, called, decimal=said.decimal)
        faults += cells.faults
        notes += cells.notes
        indicators.append(one if one.digits is not None else replace(one, digits=cells.digits))
        found.append(cells.cells.join(part.drop(columns="value")).assign(indicator=one.id))
    if faults:
        raise IndicatorError(listed(faults, most=20, mark="; "))
    if not found:
        raise IndicatorError("no column of figures is declared; only ratios of others are")
    return pd.concat(found, ignore_index=True), tuple(indicators), notes


def _of_part(
    layout: Layout, rows: Rows, part: Part, one: Indicator, year: int | None
) -> pd.DataFrame | None:
    """Return the figures of a column as they stand, each with its row, place and year."""
    frame = layout.frame.loc[rows.of.index]
    if part.where is not None:
        column, value = part.where
        frame = frame[frame[column].astype(str).str.strip() == value]
    of = rows.of.loc[frame.index]
    if part.year is not None and layout.year is not None:
        raise IndicatorError(
            f"{part.column!r} says a year, and so does column {layout.year!r}; rename one of them"
        )
    if part.year is not None and year not in (None, part.year):
        if len(layout.parts[one.id]) == 1:
            raise IndicatorError(f"{part.column!r} is of {part.year}, not of {year}; correct year")
        return None
    years = of["year"] if layout.year is not None else part.year or year
    if years is None:
        raise IndicatorError(
            "no year: no column of years was found; give year=, or year = 2019 in the description"
        )
    figures = pd.DataFrame({"value": frame[part.column], "year": years, "row": frame.index})
    return figures.assign(kind=of["kind"], place=of["place"], text=of["text"])


def _check_once(figures: pd.DataFrame, layout: Layout) -> None:
    """Refuse rows that repeat a place and a year, and say by what they differ."""
    keys = ["indicator", "year", "place"]
    single = figures[figures["kind"].isin(["unit", "country"])]
    twice = single[single.duplicated(keys, keep=False)]
    if twice.empty:
        return
    first = twice[twice["indicator"] == twice["indicator"].iloc[0]]
    rest = [name for name in layout.frame.columns if name not in layout.used]
    held = layout.frame.loc[first["row"], rest].astype(str)
    kept = held.assign(place=first["place"].to_numpy(), year=first["year"].to_numpy())
    differing = [
        name
        for name in rest
        if len(kept[["place", "year", name]].drop_duplicates())
        > len(kept[["place", "year"]].drop_duplicates())
    ]
    # A column of numbers that is no class of rows is a figure.
    classes = [name for name in differing if name not in layout.figures]
    if by := classes or differing:
        name = by[0]
        values = list(held[name].unique())
        total = total_among(values) or values[0]
        columns = " and ".join(
            f"{column!r} ({listed(map(repr, held[column].unique()), most=8)})" for column in by
        )
        raise IndicatorError(
            f"rows repeat a municipality by {columns}, and are not added up; {_keep(name, total)}"
        )
    shown = [
        f"{part['text'].iloc[0]!r} {part['year'].iloc[0]} in "
        f"{named_rows(part['row'], of=layout.frame.index, most=4)}"
        for _, part in first.groupby(["place", "year"], sort=False)
    ]
    raise IndicatorError(
        f"rows repeat a municipality: {listed(shown, mark='; ')}; keep one row of each and year"
    )


def _keep(column: str, value: str) -> str:
    return (
        f"keep one, such as where={{{column!r}: {value!r}}}, in a description "
        f"where = {{{column!r} = {value!r}}}"
    )


def _check_classes(figures: pd.DataFrame, layout: Layout) -> None:
    """Refuse totals of some municipalities beside a part of others, such as one sex."""
    rows = figures["row"][figures["kind"] == "unit"].unique()
    known = {*layout.used, *layout.figures}
    classes = [name for name in layout.frame.columns if name not in known]
    if mixed := mixed_classes(layout.frame.loc[rows, classes]):
        column, total, said = mixed
        raise IndicatorError(f"{said}; {_keep(column, total)}")


def _indexed(figures: pd.DataFrame) -> pd.DataFrame:
    keys = ["indicator", "year", "place"]
    return figures.astype({"year": int}).set_index(keys)[CELL].sort_index()


def _of_countries(figures: pd.DataFrame, rows: Rows) -> pd.DataFrame:
    """Return the cells of whole countries; a total of all municipalities of one is that too."""
    whole = figures[(figures["kind"] == "country") & figures["place"].map(_is_whole)]
    held = {unit for units in rows.places.values() for unit in units}
    land = countries.home(countries.in_order(held)).code
    totals = figures[figures["kind"] == "total"].drop_duplicates(["indicator", "year"], keep=False)
    if whole.empty and held == division_ids(rows.division, country=land):
        whole = totals.assign(place=land)
    return no_cells() if whole.empty else _indexed(whole)


def _is_whole(code: str) -> bool:
    return code in countries.codes() and countries.country(code).whole
