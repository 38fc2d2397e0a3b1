"""How a figure is put together: bounds, year, sources, and the reason where it is missing."""

from collections.abc import Iterable, Sequence

import pandas as pd

from geodata import countries
from geodata.units import M_PER_KM
from zones.extents.area import Area
from zones.model.contract import CONTRACT, Basis
from zones.model.figures import Measure, MeasureTable
from zones.texts import Text

__all__ = [
    "assumed_bounds",
    "border_error",
    "exact",
    "figure",
    "in_order",
    "missing",
    "source_lines",
    "without_boundaries",
]

_DATASETS: dict[Basis, tuple[str, ...]] = {
    "membership": ("register",),
    "boundaries": ("boundaries",),
    "people": ("population",),
    "centres": ("centres",),
}


def source_lines(
    area: Area, bases: Iterable[Basis], country: str | None = None, year: int | None = None
) -> tuple[str, ...]:
    """
    Return the lines that credit what a figure rests on, each once.

    The address of the list behind the extent comes first where membership matters.
    """
    lines: list[str] = []
    parts = (country,) if country else (area.countries or (area.home,))
    for basis in bases:
        if basis == "membership":
            lines.append(area.extent.source)
        for dataset in _DATASETS[basis]:
            if dataset == "boundaries" and area.own_boundaries:
                lines.append(area.credits["boundaries"])
            elif dataset == "population" and f"people-{year}" in area.credits:
                lines.append(area.credits[f"people-{year}"])
            else:
                lines += [countries.country(part).line(dataset) for part in parts]
    return tuple(dict.fromkeys(line for line in lines if line))


def figure(
    area: Area,
    name: str,
    value: float | None,
    *,
    bases: Sequence[Basis] | None = None,
    key: str | None = None,
    low: float | None = None,
    high: float | None = None,
    year: int | None = None,
    method: Text | None = None,
    notes: Sequence[Text] = (),
    items: Iterable[str] | None = None,
    country: str | None = None,
) -> Measure:
    """
    Make a measure of an area, with the unit and the sources that the contract gives it.

    The year is the division's unless said otherwise.

    Parameters
    ----------
    area
        What the figure is of.
    bases
        What it rests on, where that is not what the contract says.
    country
        Credit the sources of this country alone.
    """
    row = CONTRACT[name]
    return Measure(
        name=name,
        key=key,
        value=value,
        low=low,
        high=high,
        unit=row.unit,
        year=area.division if year is None else year,
        extent=area.extent.id,
        method=method or Text.of(row.method_text),
        sources=source_lines(area, row.bases if bases is None else bases, country, year),
        notes=(*notes, *area.notes),
        items=None if items is None else tuple(sorted(items)),
    )


def exact(
    area: Area,
    name: str,
    value: float,
    *,
    bases: Sequence[Basis] | None = None,
    key: str | None = None,
    year: int | None = None,
    method: Text | None = None,
    notes: Sequence[Text] = (),
    items: Iterable[str] | None = None,
    country: str | None = None,
) -> Measure:
    """Make a measure that is an exact count: its bounds are the value itself."""
    return figure(
        area,
        name,
        value,
        bases=bases,
        key=key,
        low=value,
        high=value,
        year=year,
        method=method,
        notes=notes,
        items=items,
        country=country,
    )


def missing(
    area: Area,
    name: str,
    *,
    reason: Text,
    key: str | None = None,
    method: Text | None = None,
) -> Measure:
    """Make a measure that cannot be computed: it has no value and says why."""
    return figure(area, name, None, key=key, method=method, notes=(reason,))


def without_boundaries(
    area: Area, name: str, *, key: str | None = None, method: Text | None = None
) -> Measure:
    """Make a measure that cannot be computed for want of boundaries."""
    reason = Text.of("measures.note.no_geometry", division=str(area.division))
    return missing(area, name, reason=reason, key=key, method=method)


def border_error(area: Area, country: str, units: pd.Index) -> float:
    """Return how far the area of some units of one country may err, in km²."""
    if not len(units):
        return 0.0
    outer = area.borders[country].outer_border_m(units) / M_PER_KM
    return countries.country(country).border_error_km * outer


def assumed_bounds(parts: Iterable[str]) -> list[Text]:
    """Return the note on bounds, where how far borders stray is assumed for a country."""
    assumed = any(countries.country(part).assumed_error for part in parts)
    return [Text.of("measures.note.assumed_bounds")] if assumed else []


def in_order(rows: Iterable[Measure]) -> MeasureTable:
    """Return figures in the order of the contract."""
    places = {name: place for place, name in enumerate(CONTRACT)}
    return MeasureTable(sorted(rows, key=lambda row: places[row.name]))
