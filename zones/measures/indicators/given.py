"""What is given as a table: itself, or the path of one."""

import os
from collections.abc import Iterable
from typing import TypeAlias

import pandas as pd

from geodata.messages import listed, unknown
from geodata.tables.indicator import Indicator
from geodata.tables.reading import read_indicators
from geodata.tables.table import IndicatorTable
from zones.errors import MeasureError
from zones.model.contract import CONTRACT
from zones.texts import LANGUAGES

__all__ = [
    "SUFFIXES",
    "Data",
    "Indicator",
    "IndicatorTable",
    "as_table",
    "chosen",
    "column_called",
    "read_indicators",
]

Data: TypeAlias = IndicatorTable | str | os.PathLike[str]
"""What a function of a zone takes as a table of the user's."""

_OF_SUMS = ("members", "rest", "country", "change")
_OF_COUNTS = ("share", "location_quotient", "change_percent")

SUFFIXES = {
    "count": (*_OF_SUMS, *_OF_COUNTS),
    "rate": _OF_SUMS,
    "mean": _OF_SUMS,
    "other": ("members",),
}
"""What is added to a column's id in the names of its further figures, by its kind."""


def as_table(data: object) -> IndicatorTable:
    """
    Return a table as it is, or read it with the description that lies beside its file.

    Raises
    ------
    MeasureError
        If it is something else; a DataFrame does not say what its columns are.
    FileFormatError, IndicatorError
        If the file cannot be read.
    """
    if isinstance(data, IndicatorTable):
        return data
    if isinstance(data, str | os.PathLike):
        return read_indicators(data)
    if isinstance(data, pd.DataFrame | pd.Series):
        raise MeasureError(
            f"a {type(data).__name__} does not say what its columns are: give "
            "zones.read_indicators(data, indicators=[zones.Indicator(...), ...])"
        )
    raise MeasureError(
        f"a {type(data).__name__} is no table: give the path of one, or what "
        "zones.read_indicators returns"
    )


def chosen(table: IndicatorTable, columns: Iterable[str] | str | None) -> tuple[Indicator, ...]:
    """
    Return the columns asked for, in the table's order where none are.

    Raises
    ------
    MeasureError
        If one is not there, is given twice, or its figures would have the name of others.
    """
    if columns is None:
        ones = table.indicators
    else:
        names = [columns] if isinstance(columns, str) else list(columns)
        found = [column_called(table, name) for name in names]
        known = [one.id for one in table.indicators]
        faults = [
            unknown("columns", name, known)
            for name, one in zip(names, found, strict=True)
            if one is None
        ]
        ids = [one.id for one in found if one is not None]
        faults += [f"{name} is given twice" for name in sorted({*ids}) if ids.count(name) > 1]
        if not names:
            faults = [
                f"columns= is empty: give some of {listed(known, most=None)}, or leave it out"
            ]
        if faults:
            raise MeasureError("; ".join(faults))
        ones = tuple(one for one in found if one is not None)
    _check_names(ones)
    return ones


def column_called(table: IndicatorTable, name: str) -> Indicator | None:
    """
    Return the column of an id, or of a name in the table or for readers, in any case of letters.

    An id goes first; nothing where no column is called so, or several are.
    """
    ones, folded = table.indicators, name.casefold()

    def called(one: Indicator) -> set[str]:
        return {text.casefold() for text in (one.column, *map(one.title, LANGUAGES))}

    for found in (
        [one for one in ones if one.id == name],
        [one for one in ones if one.id.casefold() == folded],
        [one for one in ones if folded in called(one)],
    ):
        if len(found) == 1:
            return found[0]
    return None


def _check_names(ones: tuple[Indicator, ...]) -> None:
    """Refuse ids that would give two figures one name."""
    taken = dict.fromkeys(CONTRACT, "a measure of the library's own")
    for one in ones:
        taken |= {f"{one.id}_{suffix}": f"a figure of {one.id}" for suffix in SUFFIXES[one.kind]}
    faults = [f"{one.id!r} is {taken[one.id]}" for one in ones if one.id in taken]
    faults += [
        f"{name!r}, a figure of {one.id!r}, is a measure of the library's own"
        for one in ones
        for name in (f"{one.id}_{suffix}" for suffix in SUFFIXES[one.kind])
        if name in CONTRACT
    ]
    if faults:
        raise MeasureError(f"{'; '.join(faults)}: give the column another id")
