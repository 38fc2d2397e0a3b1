"""Indicators: a table's figures over a zone, in each part of it, and beside its country."""

from collections.abc import Iterable, Iterator

import numpy as np

from geodata.messages import unknown
from geodata.tables.sums import Total
from geodata.tables.table import IndicatorTable
from zones.errors import MeasureError
from zones.extents.area import Area, Subject
from zones.extents.resolving import as_area
from zones.measures.bounded import Bounded, Ends, change, difference, scaled, share
from zones.measures.figure import perturbed, source_lines
from zones.measures.indicators.column import Column, default_year, label_of
from zones.measures.indicators.given import Data, Indicator, as_table, chosen
from zones.model.figures import Measure, MeasureTable
from zones.model.keys import country_name
from zones.texts import Text

__all__ = ["indicators"]

_NOT_KNOWN = Bounded(None, None, None)


def indicators(
    area: Subject,
    table: Data,
    *,
    columns: Iterable[str] | str | None = None,
    year: int | None = None,
    since: int | None = None,
) -> MeasureTable:
    r"""
    Bring a table by municipality together over an extent, and set it beside the country.

    A **count** is added up. A **rate** is the sum of its numerators over the sum of its bases, a
    **mean** the same over its weights. What is **other**, such as a median, is shown by member
    alone. The table's division may be another than the area's. Where it has gaps, or is by larger
    areas that lie only partly inside, figures are bounded.

    The **location quotient** is :math:`(x_z / x_c) / (p_z / p_c)`: the zone's share of the
    country's count :math:`x` over its share of the country's people :math:`p`. The rest of the
    country, shares and quotients are of the part of the zone in its home country.

    Parameters
    ----------
    area
        An extent in a year, or a zone in any form that `zones.area` takes.
    table
        What `zones.read_indicators` returns, or the path of a table with its description beside it.
    columns
        Ids or names of the columns, in any case of letters; all where not given.
    year
        Year of the figures; of each column the newest that is not after the area's people where
        not given.
    since
        Year from which change is reckoned; the first of each column where not given. Years are
        never added up.

    Returns
    -------
    MeasureTable
        Of each column named ``{id}``: ``{id}`` (key null: the zone; ``FI``, ``SE``: its part in
        each country, where it lies in several; a ``lau_id``: a member), ``{id}_members`` that have
        a figure, ``{id}_rest`` and ``{id}_country``, and, where the table has two years,
        ``{id}_change``. Of counts also ``{id}_share``, ``{id}_location_quotient`` and
        ``{id}_change_percent``. Of what is other, ``{id}`` and ``{id}_members``.

    Raises
    ------
    MeasureError
        If a column or year is not in the table, `since` is not before `year`, or an id is the name
        of a measure of the library's own.
    FileFormatError, IndicatorError
        If the table cannot be read.

    Examples
    --------
    >>> import pandas as pd
    >>> from geodata.tables.table import IndicatorTable
    >>> from geodata.tables.indicator import Indicator
    >>> jobs = pd.DataFrame({"value": [120.0, 30.0, 50.0], "state": "known"})
    >>> jobs = jobs.assign(low=jobs["value"], high=jobs["value"])
    >>> places = ["FI_091", "FI_049", "FI_564"]
    >>> jobs.index = pd.MultiIndex.from_product([["jobs"], [2019], places])
    >>> table = IndicatorTable(
    ...     indicators=(Indicator(id="jobs", kind="count"),),
    ...     cells=jobs.rename_axis(["indicator", "year", "place"]).sort_index(),
    ...     places={place: (place,) for place in places},
    ...     division=2019,
    ... )
    >>> figures = indicators(["Helsinki", "Espoo"], table)
    >>> figures.get("jobs").value, figures.get("jobs", "FI_049").value
    (150.0, 30.0)
    """
    area, table = as_area(area), as_table(table)
    ones = chosen(table, columns)
    _check_years(table, ones, year, since)
    rows: list[Measure] = []
    for one in ones:
        at = default_year(table, one, area) if year is None else year
        if at is None or at not in table.years(one.id):
            rows.append(_no_year(area, table, one, year))
            continue
        column = Column(area=area, table=table, one=one, year=at, label=label_of(table, one))
        rows += _figures(column, since)
    return MeasureTable(rows)


def _check_years(
    table: IndicatorTable, ones: tuple[Indicator, ...], year: int | None, since: int | None
) -> None:
    """Refuse years that no column has, and a change that does not go forward."""
    known = sorted({at for one in ones for at in table.years(one.id)})
    for name, given in (("year", year), ("since", since)):
        if given is not None and given not in known:
            raise MeasureError(f"{unknown(name, given, known)}, the years of the table")
    if since is not None and not any(since < at for at in known if year in (None, at)):
        raise MeasureError(
            f"since={since} is not before the year of the figures: give an earlier one of "
            f"{', '.join(map(str, known))}"
        )


def _no_year(area: Area, table: IndicatorTable, one: Indicator, year: int | None) -> Measure:
    """Say that a column has no figure of the year, and which it has."""
    years = tuple(map(str, table.years(one.id)))
    column = Column(
        area=area, table=table, one=one, year=year or area.people_until, label=label_of(table, one)
    )
    note = Text.of("indicators.note.no_year", years=years, year=str(column.year))
    return column.measure(_NOT_KNOWN, method=column.how, notes=[note])


def _figures(column: Column, since: int | None) -> Iterator[Measure]:
    yield from _inside(column)
    yield from _members(column)
    if column.one.kind == "other":
        return
    yield from _beside(column)
    if column.one.kind == "count":
        yield _share(column)
        yield _location_quotient(column)
    yield from _changes(column, since)


def _inside(column: Column) -> Iterator[Measure]:
    """Yield the zone's own figure, and that of its part in each country that the table has."""
    area = column.area
    parts = [code for code in area.countries if code in column.covered]
    for key in (None, *(parts if len(area.countries) > 1 else ())):
        found = column.total(area.members(key))
        notes = [*column.notes(found), *column.said] if found.value is None else column.said
        yield column.measure(found, key=key, method=column.how, notes=notes)


def _members(column: Column) -> Iterator[Measure]:
    """Yield each member's figure, and how many there are."""
    cells = column.units.reindex(column.area.units.index)
    known = cells.index[cells["value"].notna()]
    for unit, *ends in cells[["value", "low", "high"]].itertuples():
        value, low, high = (None if np.isnan(end) else float(end) for end in ends)
        found = Total(value, low, high, gaps=(unit,))
        notes = column.notes(found) if found.value is None else ()
        yield column.measure(found, key=unit, method=column.how, notes=notes)
    count = len(known)
    lacking = tuple(unit for unit in cells.index if unit not in known)
    yield column.measure(
        Total(count, count, count),
        "members",
        unit="municipalities",
        digits=0,
        method=column.method("members"),
        notes=[*column.notes(Total(count, count, count, lacking)), *column.area.notes],
        items=known,
    )


def _beside(column: Column) -> Iterator[Measure]:
    """Yield the figures of the rest of the home country, and of the country."""
    home = country_name(column.area.home)
    less = column.one.kind == "count" and None not in (column.country.value, column.part.value)
    rest = column.method("rest_count", country=home) if less else column.how
    whole = column.method("country_row", country=home) if column.row_of_country else column.how
    for suffix, found, method in (("rest", column.rest, rest), ("country", column.country, whole)):
        notes = _uncovered(column) or (
            column.notes(found, by_name=False) if found.value is None else _unplaced(column)
        )
        yield column.measure(
            _NOT_KNOWN if _uncovered(column) else found, suffix, method=method, notes=notes
        )


def _uncovered(column: Column) -> list[Text]:
    """Say that the table has nothing of the home country, if so."""
    home = column.area.home
    if home in column.covered:
        return []
    return [Text.of("indicators.note.abroad", countries=(country_name(home),))]


def _unplaced(column: Column) -> list[Text]:
    """Say what the country's own row has beyond the sum of the municipalities."""
    if column.one.kind != "count" or not column.row_of_country:
        return []
    parts = (column.total(column.outside).value, column.part.value, column.country.value)
    if None in parts:
        return []
    left = parts[2] - parts[0] - parts[1]  # type: ignore[operator]
    return [Text.of("indicators.note.unplaced", number=left)] if abs(left) > 1e-6 else []


def _share(column: Column) -> Measure:
    found = share(column.part, column.rest, column.country)
    home = country_name(column.area.home)
    return column.measure(
        _NOT_KNOWN if _uncovered(column) else found,
        "share",
        unit="percent",
        digits=1,
        method=column.method("share", country=home),
        notes=_why(column, found),
    )


def _why(column: Column, found: Ends) -> list[Text]:
    """Say why what is made of the part and the country is not known."""
    if _uncovered(column) or found.value is not None:
        return _uncovered(column)
    notes = column.notes(column.part) if column.part.value is None else []
    if column.rest.value is None:
        notes += column.notes(column.rest, by_name=False)
    return notes or [Text.of("indicators.note.nothing")]


def _location_quotient(column: Column) -> Measure:
    area, home = column.area, column.area.home
    years = [year for year in area.years_with_people(home) if year <= column.year]
    found, notes, people_year = _NOT_KNOWN, [], max(years, default=column.year)
    if home not in area.countries:
        notes = [Text.of("measures.note.no_members_in_country")]
    elif not years:
        notes = [Text.of("indicators.note.no_people", year=str(column.year))]
    elif not _uncovered(column):
        inside = area.population_in(people_year, home) or 0
        people = int(area.people[home].drop_duplicates("figure_unit")[people_year].sum())
        if inside and people:
            own = share(column.part, column.rest, column.country)
            found = scaled(own, people / (100 * inside))
        notes = perturbed((home,), [people_year])
        if people_year != column.year:
            said = {"year": str(column.year), "people_year": str(people_year)}
            notes.append(Text.of("indicators.note.other_people", **said))
    return column.measure(
        found,
        "location_quotient",
        unit="ratio",
        digits=2,
        method=column.method(
            "location_quotient", country=country_name(home), people_year=str(people_year)
        ),
        notes=[*(notes if found.value is not None else [*notes, *_why(column, found)])],
        sources=[*column.sources, *source_lines(area, ("people",), home, [people_year])],
    )


def _changes(column: Column, since: int | None) -> Iterator[Measure]:
    """Yield the change between two years of the table, where it has two."""
    years = [year for year in column.table.years(column.one.id) if year < column.year]
    first = min(years, default=None) if since is None else since
    if first is None:
        return
    if first not in years:
        yield _no_change(column, first)
        return
    before = Column(
        area=column.area, table=column.table, one=column.one, year=first, label=column.label
    )
    units = column.area.units.index
    one, two = before.total(units), column.total(units)
    said = {"first": str(first), "last": str(column.year)}
    sources = [*before.sources, *column.sources]
    notes = [*(before.notes(one) if one.value is None else ()), *column.said]
    notes = [*notes, *(column.notes(two) if two.value is None else ())]
    percent = column.one.unit == "percent"
    yield column.measure(
        difference(two, one),
        "change",
        unit="points" if percent else None,
        method=column.method("change", **said),
        notes=notes,
        sources=sources,
    )
    if column.one.kind != "count":
        return
    grown = change(one, two)
    if grown.value is None and one.value is not None and two.value is not None:
        notes = [Text.of("indicators.note.no_growth", year=str(first)), *notes]
    yield column.measure(
        grown,
        "change_percent",
        unit="percent",
        digits=1,
        method=column.method("change_percent", **said),
        notes=notes,
        sources=sources,
    )


def _no_change(column: Column, since: int) -> Measure:
    """Say that a column has no figure of the year from which change is asked for."""
    years = tuple(map(str, column.table.years(column.one.id)))
    return column.measure(
        _NOT_KNOWN,
        "change",
        unit="points" if column.one.unit == "percent" else None,
        method=column.method("change", first=str(since), last=str(column.year)),
        notes=[Text.of("indicators.note.no_year", years=years, year=str(since))],
    )
