"""Columns of a user's table as a map shows them: figures by unit, classes or circles, words."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import pandas as pd

from geodata.errors import ArgumentError, IndicatorError
from geodata.messages import listed, unknown
from geodata.tables.indicator import Indicator
from geodata.tables.sums import by_unit
from geodata.tables.table import STATES, IndicatorTable
from zones.maps.classes import diverging_limits, given_limits, quantile_limits, shades
from zones.maps.palette import SHARED, class_of_limits
from zones.measures.indicators.column import label_of
from zones.measures.indicators.given import Data, as_table, column_called
from zones.model.contract import UNITS
from zones.texts import Language, phrase

if TYPE_CHECKING:
    from zones.maps.shapes import Shapes

__all__ = ["GAPS", "Classes", "Columns", "Gap", "MapColumn", "map_columns"]

Columns = str | Sequence[str] | None
"""Ids of columns; all of a table where None."""

Classes = Literal["quantiles"] | Sequence[float] | None
"""How a column is classed; where None, counts are circles and all else has quantiles."""

Gap = Literal["bounds", "suppressed", "missing"]
GAPS: tuple[Gap, ...] = ("bounds", "suppressed", "missing")
"""Why a unit has no figure: known between bounds alone, left out by the publisher, not there."""

_STEM = 4


@dataclass(frozen=True, eq=False)
class MapColumn:
    """
    A column of a table in a year, by the units of a map.

    Attributes
    ----------
    indicator
        What the column is.
    year, source, licence
        Of its figures.
    cells
        By unit drawn: ``value``, missing where it is not known; ``low``, ``high``; and ``gap``, one
        of `GAPS` where there is no value.
    digits
        Decimals that a person reads.
    limits
        Limits of the classes; none where figures are circles.
    circles
        Whether figures are drawn as circles of their size: a large municipality would otherwise
        seem to have much of what is counted.
    """

    indicator: Indicator
    year: int
    source: str
    licence: str
    cells: pd.DataFrame
    digits: int
    limits: tuple[float, ...]
    circles: bool

    @property
    def ramp(self) -> str:
        """Which ramp of the palette it has: one that turns at a value, or one that rises."""
        return "amount" if self.indicator.middle is None else "change"

    @cached_property
    def shades(self) -> tuple[int, ...]:
        """Which colour of the ramp each class has."""
        return shades(self.limits, self.indicator.middle)

    @cached_property
    def limit_digits(self) -> int:
        """Decimals with which its limits are written in full."""
        return max((_decimals(limit) for limit in self.limits), default=self.digits)

    @property
    def most(self) -> float:
        """The largest figure, whatever its sign; that of the largest circle."""
        return float(self.cells["value"].abs().max()) if self.cells["value"].notna().any() else 0.0

    def colour(self, value: float) -> str:
        """Return the colour of a figure on paper: of its class, or of its circle."""
        colours: list[str] = SHARED["ramps"]["change" if self.circles else self.ramp]["light"]
        if self.circles:
            return colours[-1] if value >= 0 else colours[0]
        return colours[self.shades[class_of_limits(value, self.limits)]]

    def unit(self, lang: Language) -> str:
        """Return the word after a number; none of a ratio, and ``%`` of a percentage."""
        if self.indicator.unit == "ratio":
            return ""
        if self.indicator.unit in UNITS:
            return phrase(f"measures.unit.{self.indicator.unit}", lang)
        return self.indicator.unit_word(lang)

    def heading(self, lang: Language) -> str:
        """
        Return its name with unit and year; a unit that the name says already is left out.

        Two forms of a word, such as *työpaikat* and *työpaikkaa*, begin alike.
        """
        name, unit = self.indicator.title(lang), self.unit(lang)
        said = unit.casefold()[:_STEM] in name.casefold()
        return ", ".join([name, *([] if said else [unit]), str(self.year)])


def map_columns(
    data: Data,
    shapes: "Shapes",
    *,
    columns: Columns = None,
    until: int | None = None,
    classes: Classes = None,
) -> tuple[MapColumn, ...]:
    """
    Return columns of a table as a map shows them.

    Parameters
    ----------
    data
        The user's table, or its path.
    shapes
        The units of the map, which are municipalities.
    columns
        Ids of the columns in the order wanted; all where not given.
    until
        No figures newer than this; of each column the newest are shown.
    classes
        ``quantiles``, limits of the classes of one column, or None: counts are circles then.

    Raises
    ------
    ArgumentError
        If the units are no municipalities, or the classes none.
    IndicatorError
        If the table has no such column, or nothing so old.
    """
    if not shapes.known:
        raise ArgumentError(
            "data= is by municipality, and boundaries= are of other units: give boundaries of "
            "municipalities, or none"
        )
    table = as_table(data)
    wanted = _wanted(table, columns)
    limits = None if classes is None or isinstance(classes, str) else classes
    if isinstance(classes, str) and classes != "quantiles":
        raise ArgumentError(f"{unknown('classes', classes, ['quantiles'])}, or limits in numbers")
    if limits is not None and len(wanted) != 1:
        raise ArgumentError(
            f"classes= are limits of one column, and there are {len(wanted)}: give "
            f"column= one of {', '.join(one.id for one in wanted)}, or leave classes out"
        )
    years = {one.id: [y for y in table.years(one.id) if y <= (until or y)] for one in wanted}
    shown = [one for one in wanted if years[one.id]]
    if not shown or (columns is not None and len(shown) < len(wanted)):
        lacking = ", ".join(one.id for one in wanted if not years[one.id])
        had = sorted({year for one in wanted for year in table.years(one.id)})
        raise IndicatorError(
            f"{lacking}: no figures up to {until}; the table has those of {listed(had, most=None)}"
        )
    return tuple(_column(table, one, shapes, years[one.id][-1], classes) for one in shown)


def _wanted(table: IndicatorTable, columns: Columns) -> list[Indicator]:
    if columns is None:
        return list(table.indicators)
    asked = dict.fromkeys([columns] if isinstance(columns, str) else columns)
    known = [one.id for one in table.indicators]
    found = {name: column_called(table, name) for name in asked}
    faults = [unknown("column", name, known) for name, one in found.items() if one is None]
    if faults:
        raise IndicatorError("; ".join(faults))
    if not asked:
        raise ArgumentError(f"column=[] shows nothing: give some of {', '.join(known)}")
    return list({one.id: one for one in found.values() if one is not None}.values())


def _column(
    table: IndicatorTable, one: Indicator, shapes: "Shapes", year: int, classes: Classes
) -> MapColumn:
    cells = by_unit(table, one.id, year=year, division=shapes.division)
    cells = cells.reindex(shapes.units.index)
    gap = cells["state"].map({STATES[2]: "suppressed", STATES[3]: "missing"}).astype(object)
    gap = gap.where(cells["state"].notna(), "missing").fillna("bounds")
    cells = cells.assign(gap=gap.where(cells["value"].isna(), None)).drop(columns="state")
    known = cells["value"].dropna()
    circles = one.kind == "count" and classes is None
    if circles:
        limits: tuple[float, ...] = ()
    elif classes is not None and not isinstance(classes, str):
        limits = given_limits(classes, one.middle)
    elif one.middle is not None:
        limits = diverging_limits(known.to_numpy(), one.middle)
    else:
        limits = quantile_limits(known.to_numpy())
    return MapColumn(
        indicator=one,
        year=year,
        source=one.source or table.source,
        licence=one.licence or table.licence,
        cells=cells,
        digits=label_of(table, one).digits,
        limits=limits,
        circles=circles,
    )


def _decimals(value: float) -> int:
    return len(f"{value:.9f}".rstrip("0").partition(".")[2])
