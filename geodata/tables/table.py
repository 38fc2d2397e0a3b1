"""A table of figures by place and year, joined to municipalities."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar, cast

import numpy as np
import pandas as pd

from geodata.errors import IndicatorError
from geodata.messages import unknown
from geodata.tables.indicator import PEOPLE, Indicator, check_indicators
from geodata.tables.overlay import Overlay, overlay
from geodata.tables.people import people_of

__all__ = ["CELL", "STATES", "IndicatorTable", "no_cells"]

Kept = TypeVar("Kept")

STATES = ("known", "zero", "suppressed", "missing")
"""What a cell is: a number; none, by the publisher's rule; left out by the publisher; not there."""

CELL = ["value", "low", "high", "state"]
"""Columns of a cell. Value is missing where it is not known, a bound where there is none."""


def no_cells() -> pd.DataFrame:
    """Return a table of cells without any."""
    index = pd.MultiIndex.from_arrays([[], [], []], names=["indicator", "year", "place"])
    return pd.DataFrame({name: pd.Series(dtype=float) for name in CELL}, index=index)


@dataclass(frozen=True, eq=False, kw_only=True)
class IndicatorTable:
    """
    A table of figures by place and year, with what its columns are.

    Attributes
    ----------
    indicators
        The columns, as declared.
    cells
        Indexed by ``indicator``, ``year`` and ``place``, sorted, each once: ``value``, ``low``,
        ``high`` and ``state``, one of `STATES`.
    places
        The municipalities of `division` that each place holds: one where the table is by
        municipality, several where it is coarser.
    division
        Year of the division that the places are of.
    totals
        Like `cells`, with the country's code as ``place``: rows of whole countries in the table.
    source, licence
        What to credit.
    notes
        What was found while reading: rows left out, what they add up to.

    Raises
    ------
    IndicatorError
        If a base, numerator or weight is no count of the table.
    """

    indicators: tuple[Indicator, ...]
    cells: pd.DataFrame
    places: Mapping[str, tuple[str, ...]]
    division: int
    totals: pd.DataFrame = field(default_factory=no_cells)
    source: str = ""
    licence: str = ""
    notes: tuple[str, ...] = ()
    _kept: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        """Refuse columns that rest on what is not there."""
        check_indicators(self.indicators)

    @cached_property
    def coarse(self) -> bool:
        """Whether a place holds several municipalities of its own division."""
        return any(len(units) > 1 for units in self.places.values())

    def indicator(self, name: str) -> Indicator:
        """
        Return what a column is.

        Raises
        ------
        IndicatorError
            If the table has no such column; the message lists those it has.
        """
        for one in self.indicators:
            if one.id == name:
                return one
        raise IndicatorError(unknown("column", name, (one.id for one in self.indicators)))

    def years(self, name: str) -> tuple[int, ...]:
        """Return the years for which a column, or the counts that it is made of, has rows."""
        one = self.indicator(name)
        rests = (one.numerator, one.base) if one.numerator else (one.id, one.divisor)
        found = [self._years_of(other) for other in rests if other and other != PEOPLE]
        return tuple(sorted(set.intersection(*found)))

    @cached_property
    def _by_column(self) -> dict[tuple[str, int], pd.DataFrame]:
        found = {}
        for key, part in self.cells.groupby(level=["indicator", "year"]):
            name, year = cast("tuple[str, int]", cast("object", key))
            found[name, year] = part.droplevel(["indicator", "year"])
        return found

    def _years_of(self, name: str) -> set[int]:
        return {year for column, year in self._by_column if column == name}

    def column(self, name: str, year: int) -> pd.DataFrame:
        """
        Return a column in a year, indexed by ``place``: `CELL`.

        ``population`` is people on 31 December as bundled.

        Raises
        ------
        IndicatorError
            If the table has no such column or year.
        """
        if name == PEOPLE and name not in {one.id for one in self.indicators}:
            return self.kept(("people", year), lambda: self._people(year))
        if year not in self._years_of(self.indicator(name).id):
            raise IndicatorError(
                f"{unknown('year', year, sorted(self._years_of(name)))}, the years of {name}"
            )
        return self._by_column[name, year]

    def signed(self, name: str) -> bool:
        """Whether a column may be below nothing: one declared so, or that is so in any year."""
        return self.kept(("signed", name), lambda: self._is_signed(name))

    def _is_signed(self, name: str) -> bool:
        if any(one.id == name and one.signed for one in self.indicators):
            return True
        parts = (part for (column, _), part in self._by_column.items() if column == name)
        return any(bool((part["value"] < 0).any()) for part in parts)

    def total(self, name: str, year: int, country: str) -> float | None:
        """Return the figure of a whole country, where the table has a row of it with a number."""
        if (name, year, country) not in self.totals.index:
            return None
        value = self.totals["value"].astype(float)[(name, year, country)]
        return None if np.isnan(value) else float(value)

    def overlay(self, division: int) -> Overlay:
        """Return how the places and the municipalities of another division hold each other."""
        return self.kept(
            ("overlay", division), lambda: overlay(self.places, self.division, division)
        )

    def kept(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """Return what is made once of the table, such as a column as numbers."""
        if key not in self._kept:
            self._kept[key] = make()
        found: Kept = self._kept[key]
        return found

    def _people(self, year: int) -> pd.DataFrame:
        """People of the places; where a year is not known exactly, its bounds alone."""
        units = [unit for members in self.places.values() for unit in members]
        known = people_of(units, year, self.division)
        numbers = np.zeros((len(self.places), 3))
        sizes = [len(members) for members in self.places.values()]
        at = np.repeat(np.arange(len(sizes)), sizes)
        np.add.at(numbers, at, known.reindex(units)[CELL[:3]].to_numpy(float))
        people = pd.DataFrame(numbers, index=pd.Index(self.places), columns=CELL[:3])
        people["low"] = people["low"].fillna(0)
        state = people["value"].notna().map({True: STATES[0], False: STATES[-1]})
        return people.rename_axis("place").assign(state=state)
