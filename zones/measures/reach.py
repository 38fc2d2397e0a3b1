"""Reach: the people in an extent, how their number changes, and how densely they live."""

from zones.extents import Area
from zones.measures.coverage import coverage
from zones.measures.rows import exact, figure, missing
from zones.model import Measure, MeasureTable
from zones.texts import Text

__all__ = ["reach"]

_TEN_YEARS = 10
_CHANGE = Text.of("measures.method.population_change_rule")


def reach(area: Area) -> MeasureTable:
    """
    Compute the people that an extent reaches.

    People are those on 31 December of the newest year, not after the year asked for, for which
    every member counted has an exact figure. The whole and each country may therefore have
    different years, and each figure names its own.

    Parameters
    ----------
    area
        An extent in a year.

    Returns
    -------
    MeasureTable
        `population` and `population_change` (keys null, ``FI``, ``SE``), `population_share` of
        Finland, and `density` per km2 of `area`.

    Examples
    --------
    >>> import zones
    >>> table = reach(zones.extent("peramerenkaari"))
    >>> table.get("population").value, table.get("population").year
    (552685, 2020)
    >>> table.get("population", "FI").value, table.get("population", "FI").year
    (308363, 2022)
    """
    return MeasureTable(
        [
            *(_population(area, key) for key in (None, "FI", "SE")),
            _share(area),
            *(_change(area, key) for key in (None, "FI", "SE")),
            _density(area),
        ]
    )


def _empty(area: Area, key: str | None) -> bool:
    return key is not None and key not in area.countries


def _population(area: Area, key: str | None) -> Measure:
    if _empty(area, key):
        return exact(area, "population", 0, unit="people", bases=("people",), key=key, country=key)
    year = max(area.years_with_people(key), default=None)
    if year is None:
        return _no_year(area, "population", unit="people", key=key)
    notes = []
    if key is None and len(area.countries) > 1:
        notes.append(Text.of("measures.note.common_year", year=str(year)))
    people = area.population_in(year, key)
    return exact(
        area,
        "population",
        people if people is not None else 0,
        unit="people",
        bases=("people",),
        key=key,
        year=year,
        country=key,
        notes=notes,
    )


def _no_year(area: Area, name: str, *, unit: str, key: str | None = None) -> Measure:
    reason = Text.of("measures.note.no_common_year")
    method = _CHANGE if name == "population_change" else None
    return missing(area, name, unit=unit, bases=("people",), key=key, reason=reason, method=method)


def _share(area: Area) -> Measure:
    if "FI" not in area.countries:
        return exact(area, "population_share", 0.0, unit="percent", bases=("people",), country="FI")
    year = max(area.years_with_people("FI"), default=None)
    if year is None:
        return _no_year(area, "population_share", unit="percent")
    people = area.population_in(year, "FI") or 0
    country = area.people["FI"].drop_duplicates("figure_unit")[year].sum()
    return exact(
        area,
        "population_share",
        100 * people / int(country),
        unit="percent",
        bases=("people",),
        year=year,
        country="FI",
    )


def _change(area: Area, key: str | None) -> Measure:
    name = "population_change"
    if _empty(area, key):
        reason = Text.of("measures.note.no_members_in_country")
        return missing(
            area, name, unit="percent", bases=("people",), key=key, reason=reason, method=_CHANGE
        )
    years = area.years_with_people(key)
    if len(years) < 2:
        return _no_year(area, name, unit="percent", key=key)
    last = years[-1]
    first = min((year for year in years if year >= last - _TEN_YEARS), default=years[0])
    before, after = area.population_in(first, key), area.population_in(last, key)
    if not before or after is None:
        return _no_year(area, name, unit="percent", key=key)
    return exact(
        area,
        name,
        100 * (after - before) / before,
        unit="percent",
        bases=("people",),
        key=key,
        year=last,
        country=key,
        method=Text.of("measures.method.population_change", first=str(first), last=str(last)),
    )


def _density(area: Area) -> Measure:
    name, unit, bases = "density", "people_per_km2", ("people", "boundaries")
    surface = coverage(area).get("area")
    if surface.value is None:
        return missing(area, name, unit=unit, bases=bases, reason=surface.notes[0])
    if area.data_year is None:
        return _no_year(area, name, unit=unit)
    people = area.population_in(area.data_year) or 0
    return figure(
        area,
        name,
        people / surface.value,
        unit=unit,
        bases=bases,
        low=people / surface.high if surface.high else None,
        high=people / surface.low if surface.low else None,
        year=area.data_year,
        notes=surface.notes,
    )
