"""What is counted within reach: people, or a count of a user's table."""

from dataclasses import dataclass, replace

import pandas as pd

from geodata import countries
from geodata.messages import listed
from geodata.tables.sums import Total
from zones.errors import MeasureError
from zones.extents.area import Area
from zones.measures.bounded import Bounded
from zones.measures.figure import perturbed, source_lines
from zones.measures.indicators.column import Column, count_column, counts, label_of
from zones.measures.indicators.given import Data, as_table
from zones.measures.methods import said_there
from zones.measures.reach.surroundings import unit_people
from zones.model.contract import Basis
from zones.model.figures import Measure
from zones.texts import Text

__all__ = ["Weight", "given_column"]


def given_column(area: Area, data: "Data | None", weight: str | None) -> Column | None:
    """
    Return the column of a user's table that is counted in place of people; nothing without one.

    Raises
    ------
    MeasureError
        If only one of the two is given, or as in `count_column`.
    """
    if data is None and weight is None:
        return None
    if data is None:
        raise MeasureError(
            f"weight={weight!r} is a column of a table: give data= the table that has it"
        )
    table = as_table(data)
    if weight is None:
        raise MeasureError(
            "data= is a table without saying which count of it: give weight= one of "
            f"{listed(counts(table), most=None)}"
        )
    return count_column(area, table, weight, argument="weight")


@dataclass(frozen=True, eq=False)
class Weight:
    """
    What is counted.

    Attributes
    ----------
    area
        An extent in a year.
    inside
        The figure of the extent itself: `population`, or that of the column.
    column
        The column of a user's table; None for people.
    """

    area: Area
    inside: Measure
    column: Column | None = None

    @classmethod
    def of(cls, area: Area, people: Measure, column: Column | None) -> "Weight":
        """Make the weight of a column, or of people without one."""
        if column is None:
            return cls(area, people)
        found = column.total(area.units.index)
        inside = column.measure(found, method=column.how, notes=column.notes(found))
        return cls(area, inside, column)

    @property
    def year(self) -> int | None:
        """Year of the figures; None where none has them all."""
        return None if self.inside.value is None and self.column is None else self.inside.year

    def by_unit(self, units: pd.Index) -> pd.DataFrame:
        """Return ``value``, ``low``, ``high`` and whether they are ``exact``, by municipality."""
        if self.column is None:
            return unit_people(self.area, int(self.inside.year or 0), units)
        figures = self.column.units.reindex(units)[["value", "low", "high"]].astype(float)
        # What no table knows may be anything; of a count that is never below nothing, from there.
        return figures.assign(exact=figures["value"].notna())

    def method(self, key: str, **params: object) -> Text:
        """Return how a figure is made, of people or of the column."""
        if self.column is None:
            return said_there(self.area, Text.of(f"reach.method.{key}", **params))
        what = self.column.label.name
        return said_there(self.area, Text.of(f"reach.weighed.{key}", what=what, **params))

    def gaps(self, found: Bounded, units: tuple[str, ...]) -> list[Text]:
        """Say which municipalities have no figure, and what that does to a sum."""
        if self.column is None or not units:
            return []
        return self.column.notes(Total(found.value, found.low, found.high, units))

    def named(self, row: Measure, suffix: str, *, credit: pd.Index | None = None) -> Measure:
        """
        Return a row of people by its name, unit, label and sources.

        Parameters
        ----------
        row
            A measure ``population_{suffix}``.
        suffix
            ``within``, ``within_share`` or ``within_time``.
        credit
            Municipalities that it may count, whose countries are credited.
        """
        column = self.column
        lines, notes = list(row.sources), list(row.notes)
        bases: tuple[Basis, ...] = ("boundaries",) if column else ("boundaries", "people")
        parts = countries.in_order(() if credit is None else credit)
        for country in sorted(set(parts) - set(self.area.countries)):
            lines += source_lines(self.area, bases, country, [row.year or self.area.division])
        if column is None:
            notes += perturbed(parts, [row.year]) if row.year and parts else []
            return replace(row, sources=_once(lines), notes=tuple(dict.fromkeys(notes)))
        share = suffix.endswith("share")
        label = label_of(column.table, column.one, suffix, digits=1 if share else None)
        return replace(
            row,
            name=f"{column.one.id}_{suffix}",
            unit="percent" if share else column.one.unit,
            label=replace(label, key="min" if suffix == "within_time" else "km"),
            sources=_once([column.source, *lines]),
            notes=tuple(dict.fromkeys(notes)),
        )


def _once(lines: list[str | Text]) -> tuple[str | Text, ...]:
    return tuple(dict.fromkeys(lines))
