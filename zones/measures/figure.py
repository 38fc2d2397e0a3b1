"""How a figure is put together: bounds, year, sources, and the reason where it is missing."""

from collections.abc import Iterable, Sequence
from typing import Literal

from geodata.snapshot import attribution
from zones.extents.area import Area
from zones.model.figures import Measure
from zones.texts import Text

__all__ = ["BORDER_ERROR_KM", "Basis", "exact", "figure", "missing", "source_lines"]

Basis = Literal["membership", "boundaries", "people", "centres"]

# 90 % of the municipal areas at 1:4.5 million err by less than this times their perimeter
# (0.36 km of border straying, against the official areas of Finland's municipalities); for the
# Swedish layer twice that is assumed.
BORDER_ERROR_KM = {"FI": 0.36, "SE": 0.72}

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
    countries = (country,) if country else (area.countries or ("FI",))
    for basis in bases:
        if basis == "membership":
            lines.append(area.extent.source)
        for dataset in _DATASETS[basis]:
            if dataset == "boundaries" and area.own_boundaries:
                lines.append(area.credits["boundaries"])
            elif dataset == "population" and f"people-{year}" in area.credits:
                lines.append(area.credits[f"people-{year}"])
            elif dataset in ("boundaries", "population"):
                lines += [attribution(f"{dataset}-{part.lower()}").line for part in countries]
            else:
                lines.append(attribution(dataset).line)
    return tuple(dict.fromkeys(line for line in lines if line))


def figure(
    area: Area,
    name: str,
    value: float | None,
    *,
    unit: str,
    bases: Sequence[Basis],
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
    Make a measure of an area; the year is the division's unless said otherwise.

    Parameters
    ----------
    area
        What the figure is of.
    bases
        What it rests on, which decides the sources.
    country
        Credit the sources of this country alone.
    """
    return Measure(
        name=name,
        key=key,
        value=value,
        low=low,
        high=high,
        unit=unit,
        year=area.division if year is None else year,
        extent=area.extent.id,
        method=method or Text.of(f"measures.method.{name}"),
        sources=source_lines(area, bases, country, year),
        notes=(*notes, *area.notes),
        items=None if items is None else tuple(sorted(items)),
    )


def exact(
    area: Area,
    name: str,
    value: float,
    *,
    unit: str,
    bases: Sequence[Basis],
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
        unit=unit,
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
    unit: str,
    bases: Sequence[Basis],
    reason: Text,
    key: str | None = None,
    method: Text | None = None,
) -> Measure:
    """Make a measure that cannot be computed: it has no value and says why."""
    return figure(area, name, None, unit=unit, bases=bases, key=key, method=method, notes=(reason,))
