"""A column of a table over an area in a year: its sums, its name and sources, and its gaps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from geodata import countries
from geodata.messages import listed, spans, unknown
from geodata.register.divisions import division_ids
from geodata.tables.indicator import PEOPLE, Indicator
from geodata.tables.people import people_of
from geodata.tables.sums import Total, by_unit, of_country, total
from geodata.tables.table import IndicatorTable
from zones.errors import MeasureError
from zones.extents.area import Area
from zones.measures.bounded import Ends
from zones.measures.figure import perturbed, place_of, source_lines
from zones.measures.indicators.given import column_called
from zones.model.amounts import Label
from zones.model.contract import UNITS
from zones.model.figures import Measure
from zones.model.keys import country_name
from zones.texts import Named, Text
from zones.wording.amounts import named_units

__all__ = ["Column", "count_column", "counts", "default_year", "label_of"]

_MOST_DIGITS = 3


def default_year(table: IndicatorTable, one: Indicator, area: Area) -> int | None:
    """Return the newest year of a column not after the area's people; nothing if there is none."""
    years = [year for year in table.years(one.id) if year <= area.people_until]
    return max(years, default=None)


def counts(table: IndicatorTable) -> list[str]:
    """Return the ids of the columns that are added up."""
    return [one.id for one in table.indicators if one.kind == "count"]


def count_column(area: Area, table: IndicatorTable, name: str, *, argument: str) -> "Column":
    """
    Return a column that is added up, in its newest year not after the area's people.

    Parameters
    ----------
    argument
        How the caller's argument is called that names the column.

    Raises
    ------
    MeasureError
        If the table has no such column, it is no count, or has no such year.
    """
    one = column_called(table, name)
    if one is None:
        raise MeasureError(unknown(argument, name, counts(table)))
    if one.kind != "count":
        raise MeasureError(
            f"{argument}={name!r} is a {one.kind}, and only counts are added up: give {argument}= "
            f"one of {listed(counts(table), most=None)}"
        )
    year = default_year(table, one, area)
    if year is None:
        raise MeasureError(
            f"{name} has figures of {listed(table.years(one.id))}, none until "
            f"{area.people_until}: take the area of a later year"
        )
    return Column(area=area, table=table, one=one, year=year, label=label_of(table, one))


def label_of(
    table: IndicatorTable, one: Indicator, suffix: str = "", *, digits: int | None = None
) -> Label:
    """
    Return how a figure of a column is called: the column's own name, or one made of it.

    Parameters
    ----------
    table
        The table.
    one
        The column.
    suffix
        Which of its further figures, one of `SUFFIXES`; nothing for the column itself.
    digits
        Decimals that a person reads; those of the column where not given.
    """
    title = Named.in_three(*(one.title(lang) for lang in ("fi", "sv", "en")))
    word = Named.in_three(*(one.unit_word(lang) for lang in ("fi", "sv", "en")))
    return Label(
        name=Text.of(f"indicators.name.{suffix}", indicator=title) if suffix else title,
        unit=None if one.unit in UNITS or not one.unit else word,
        digits=_digits(table, one) if digits is None else digits,
    )


def _digits(table: IndicatorTable, one: Indicator) -> int:
    """Return the decimals of a column: as declared, else as many as its cells have."""
    if one.digits is not None:
        return one.digits
    least = 0 if one.kind == "count" else 1
    if one.numerator is not None:
        return least
    cells = pd.concat([table.column(one.id, year)["value"] for year in table.years(one.id)])
    values = cells.dropna().to_numpy(float)
    for digits in range(least, _MOST_DIGITS):
        if np.allclose(values, values.round(digits), rtol=0, atol=1e-9):
            return digits
    return _MOST_DIGITS


@dataclass(frozen=True, eq=False, kw_only=True)
class Column:
    """
    A column of a table over an area, in a year.

    Attributes
    ----------
    area, table, one, year
        The area, the table, what the column is, and the year of its figures.
    label
        How the column is called.
    """

    area: Area
    table: IndicatorTable
    one: Indicator
    year: int
    label: Label

    @cached_property
    def place(self) -> Text:
        """The zone and extent that the figures are of."""
        return place_of(self.area)

    @cached_property
    def covered(self) -> tuple[str, ...]:
        """Countries of which the table has a municipality, of those of the area and the home."""
        have = countries.in_order(unit for units in self.table.places.values() for unit in units)
        return tuple(code for code in have if code in {*self.area.countries, self.area.home})

    @cached_property
    def outside(self) -> pd.Index:
        """Municipalities of the home country that are no members."""
        everyone = division_ids(self.area.division, country=self.area.home)
        return pd.Index(sorted(everyone - set(self.area.units.index)))

    @cached_property
    def units(self) -> pd.DataFrame:
        """The column by municipality of the area's division."""
        return by_unit(self.table, self.one.id, year=self.year, division=self.area.division)

    def total(self, units: Iterable[str]) -> Total:
        """Return the column brought together over some municipalities."""
        return total(
            self.table, self.one.id, year=self.year, units=units, division=self.area.division
        )

    @cached_property
    def part(self) -> Total:
        """The column over the members in the home country."""
        return self.total(self.area.members(self.area.home))

    @cached_property
    def country(self) -> Total:
        """The column over the home country."""
        area = self.area
        return of_country(
            self.table, self.one.id, year=self.year, country=area.home, division=area.division
        )

    @cached_property
    def rest(self) -> Total:
        """The column over the rest of the home country: of a count, the country less the part."""
        found = self.total(self.outside)
        if self.one.kind == "count" and None not in (self.country.value, self.part.value):
            left = self.country.value - self.part.value  # type: ignore[operator]
            return Total(left, left, left, found.gaps)
        return found

    @cached_property
    def row_of_country(self) -> bool:
        """Whether the table has a row of the home country itself."""
        return self.table.total(self.one.id, self.year, self.area.home) is not None

    def method(self, key: str, **params: object) -> Text:
        """Return how a figure is made, and which division the table is carried from and to."""
        own, division = self.table.division, self.area.division
        carried = Text.of(
            f"indicators.carried.{'same' if own == division else 'to'}",
            own=str(own),
            **({} if own == division else {"division": str(division)}),
        )
        return Text.of(f"indicators.method.{key}", carried=carried, **params)

    @cached_property
    def how(self) -> Text:
        """How the column is brought together."""
        one = self.one
        if one.kind in ("count", "other"):
            return self.method(one.kind)
        base = self._title(str(one.divisor))
        if one.kind == "mean":
            return self.method("mean", weight=base)
        times = "" if one.factor == 1 else Text.of("indicators.times", factor=one.factor)
        if one.numerator is None:
            return self.method("rate", base=base, times=times)
        return self.method("rate_of", base=base, times=times, numerator=self._title(one.numerator))

    def _title(self, name: str) -> Text:
        ids = {one.id: one for one in self.table.indicators}
        if name == PEOPLE and name not in ids:
            return Text.of("indicators.people", year=str(self.year))
        return Named.in_three(*(ids[name].title(lang) for lang in ("fi", "sv", "en")))

    @cached_property
    def source(self) -> str | Text:
        """Whom to credit for the column."""
        source = self.one.source or self.table.source
        licence = self.one.licence or self.table.licence
        if not source:
            return Text.of("indicators.source.own")
        return f"{source} ({licence})" if licence else source

    @cached_property
    def sources(self) -> tuple[str | Text, ...]:
        """Whom to credit for figures of the members: the table, the register, people as a base."""
        people = ("people",) if self._by_people else ()
        bases = ("membership", *people)
        return (self.source, *source_lines(self.area, bases, years=[self.year]))

    @property
    def _by_people(self) -> bool:
        return self.one.divisor == PEOPLE and PEOPLE not in {
            one.id for one in self.table.indicators
        }

    @cached_property
    def said(self) -> tuple[Text, ...]:
        """What every figure of the column has to say."""
        counted = perturbed(self.area.countries, [self.year]) if self._by_people else []
        return (*counted, *self.area.notes)

    def gaps(self, found: Total) -> dict[str, list[str]]:
        """
        Return the municipalities without a figure of their own, by what they lack.

        They are ``suppressed`` or ``missing`` (not available) in the table, ``absent`` from it,
        ``abroad``, where the table has nothing of their country, ``peopleless``, where it is their
        people that are not known in the year, or ``merged``, where it has their parts alone, which
        cannot be brought together.
        """
        names = ("suppressed", "missing", "absent", "abroad", "peopleless", "merged")
        kinds: dict[str, list[str]] = {name: [] for name in names}
        states = self.units["state"].to_dict()
        known = set(self.units.index[self.units["value"].notna()])
        for unit in found.gaps:
            if countries.country_of(unit).code not in self.covered:
                kinds["abroad"].append(unit)
            elif unit in self._absent:
                kinds["absent"].append(unit)
            elif unit in self._peopleless:
                kinds["peopleless"].append(unit)
            elif states[unit] in kinds:
                kinds[states[unit]].append(unit)
            elif not self.table.coarse and unit not in known and unit in self._carried:
                kinds["merged"].append(unit)
        return kinds

    @cached_property
    def _carried(self) -> frozenset[str]:
        """Municipalities that are not the same in the table's division."""
        plan = self.table.overlay(self.area.division)
        parts = np.bincount(plan.whole, minlength=len(plan.units)) > 1
        parts[plan.unit[plan.size[plan.place] > 1]] = True
        return frozenset(plan.units[parts])

    @cached_property
    def _peopleless(self) -> frozenset[str]:
        """Municipalities whose people the figure is per, and are not known in the year."""
        if not self._by_people:
            return frozenset()
        people = people_of(self.units.index, self.year, self.area.division)["value"]
        return frozenset(people.index[people.isna()])

    def _years_with_people(self, units: Sequence[str]) -> str:
        """Return the years for which some municipalities of the area's countries have people."""
        found = []
        for figures in self.area.people.values():
            inside = figures[figures.index.isin(units)].drop(columns="figure_unit")
            if len(inside):
                found.append(set(map(int, inside.columns[inside.notna().all()])))
        return spans(sorted(set.intersection(*found))) if found else ""

    @cached_property
    def _absent(self) -> frozenset[str]:
        """Municipalities of which, or of a part of which, the column has no row."""
        plan = self.table.overlay(self.area.division)
        there = np.ones(len(plan.places), dtype=np.bool_)
        for name in (self.one.numerator or self.one.id, self.one.divisor):
            if name is not None and not (name == PEOPLE and self._by_people):
                there &= self.table.column(name, self.year).index.get_indexer(plan.places) >= 0
        return frozenset(plan.units[~plan.complete(there)])

    def notes(self, found: Total, *, by_name: bool = True) -> list[Text]:
        """Say why a figure is not known: what has gaps, and what they do to its bounds."""
        said = []
        gaps = self.gaps(found)
        for kind, units in gaps.items():
            if units:
                said.append(self._gap(kind, units, by_name=by_name))
        if self.table.coarse and found.gaps and self.one.kind != "other":
            said.append(Text.of("indicators.note.coarse"))
        if found.value is not None:
            return said
        if gaps["suppressed"] and self.one.kind == "count":
            below = self.one.suppressed_below
            key = "below" if below is not None else "no_threshold"
            params = {} if below is None else {"below": below}
            said.append(Text.of(f"indicators.note.{key}", **params))
        if self.one.kind == "other":
            said.append(Text.of("indicators.note.other"))
        elif not said:
            said.append(Text.of("indicators.note.not_told"))
        return said

    def _gap(self, kind: str, units: Sequence[str], *, by_name: bool) -> Text:
        """Say what some municipalities lack."""
        if kind == "abroad":
            lands = tuple(country_name(code) for code in countries.in_order(units))
            return Text.of("indicators.note.abroad", countries=lands)
        if kind == "peopleless":
            years = self._years_with_people(units) or Text.of("indicators.none")
            return Text.of("indicators.note.peopleless", year=str(self.year), years=years)
        if by_name:
            return Text.of(f"indicators.note.{kind}", units=named_units(self.area, units))
        return Text.of(f"indicators.note.{kind}_count", count=len(units))

    def measure(
        self,
        found: Ends,
        suffix: str = "",
        *,
        method: Text,
        key: str | None = None,
        unit: str | None = None,
        digits: int | None = None,
        notes: Sequence[Text] = (),
        sources: Sequence[str | Text] | None = None,
        items: Iterable[str] | None = None,
    ) -> Measure:
        """Make a measure of a figure of the column."""
        plain = not suffix and digits is None
        return Measure(
            name=f"{self.one.id}_{suffix}" if suffix else self.one.id,
            key=key,
            value=found.value,
            low=found.low,
            high=found.high,
            unit=self.one.unit if unit is None else unit,
            year=self.year,
            extent=self.area.extent.id,
            method=method,
            sources=self.sources if sources is None else tuple(dict.fromkeys(sources)),
            notes=tuple(dict.fromkeys(notes)),
            items=None if items is None else tuple(sorted(items)),
            label=self.label
            if plain
            else label_of(
                self.table, self.one, suffix, digits=self.label.digits if digits is None else digits
            ),
            place=self.place,
        )
