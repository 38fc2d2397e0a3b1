"""How a figure is put together: bounds, year, sources, and the reason where it is missing."""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

import geodata
from geodata import countries
from geodata.countries.record import POINT_INSIDE
from geodata.errors import NoGeometryError
from geodata.messages import spans
from geodata.units import M2_PER_KM2
from zones.extents.area import Area
from zones.extents.evidence import out_of_time
from zones.measures.methods import said_there
from zones.measures.surfaces import Surface
from zones.model.amounts import Amount
from zones.model.contract import CONTRACT, Basis
from zones.model.credits import credit
from zones.model.figures import Measure, MeasureTable
from zones.model.groups import Group
from zones.model.keys import country_name
from zones.texts import LANGUAGES, Named, Text

__all__ = [
    "exact",
    "figure",
    "figure_of_surface",
    "group_text",
    "held_by_polygons",
    "in_order",
    "missing",
    "no_common_year",
    "notes_on_evidence",
    "perturbed",
    "place_of",
    "scale_notes",
    "source_lines",
    "stand_ins",
    "without_boundaries",
]

_BASES_OF_COUNTRY: dict[Basis, str] = {"membership": "register", "centres": "centres"}


def source_lines(
    area: Area,
    bases: Iterable[Basis],
    country: str | None = None,
    years: Iterable[int] = (),
) -> tuple[str | Text, ...]:
    """
    Return the lines that credit what a figure rests on, each once.

    The address of the list behind the extent comes first where membership matters.
    """
    lines: list[str | Text] = []
    parts = (country,) if country else (area.countries or (area.home,))
    for basis in bases:
        if basis == "membership":
            lines.append(area.extent.source)
        if basis in _BASES_OF_COUNTRY:
            lines += [countries.country(part).line(_BASES_OF_COUNTRY[basis]) for part in parts]
        elif basis == "table":
            continue
        elif basis == "people":
            lines += [_people_line(area, part, year) for part in parts for year in years]
        else:
            lines += [_border_line(area, part, basis) for part in parts]
    return tuple(dict.fromkeys(credit(line) for line in lines if line))


def _people_line(area: Area, country: str, year: int) -> str | Text:
    fetched = area.credits.get(f"people-{year}")
    return fetched or geodata.population_line(year, country=country)


def _border_line(area: Area, country: str, basis: Basis) -> str | Text:
    if country in area.own_countries:
        return area.credits["boundaries"]
    known = basis == "neighbours" and area.has_boundaries and area.contiguity[country].known
    return countries.country(country).line("neighbours" if known else "boundaries")


def scale_notes(area: Area, parts: Iterable[str]) -> list[Text]:
    """Say of bounds that come from the scale of boundaries that it is not known, or assumed."""
    parts = list(parts)
    if any(area.border_error_km[part] is None for part in parts):
        return [Text.of("measures.note.unknown_scale")]
    bundled = [part for part in parts if part not in area.own_countries]
    assumed = any(countries.country(part).assumed_error for part in bundled)
    return [Text.of("measures.note.assumed_bounds")] if assumed else []


def stand_ins(centres: pd.DataFrame) -> list[Text]:
    """Say for which municipalities a point inside stands, their centre not being known."""
    inside = centres.index[centres["source"] == POINT_INSIDE]
    return [Text.of("reach.note.point_inside", units=tuple(inside))] if len(inside) else []


def perturbed(parts: Iterable[str], years: Iterable[int]) -> list[Text]:
    """Say of people counted in some countries and years that their publisher perturbs them."""
    firsts = {record.perturbed_from for record in map(countries.country, parts)} - {None}
    return [
        Text.of("measures.note.perturbed", year=str(first))
        for first in sorted(first for first in firsts if first and first <= max(years))
    ]


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
    years: Sequence[int] = (),
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
    years
        All years whose people it rests on, where that is not the year alone.
    country
        Credit the sources of this country alone.
    """
    row = CONTRACT[name]
    bases = row.bases if bases is None else bases
    counted: list[Text] = []
    if "people" in bases and year is not None and value is not None:
        counted = perturbed((country,) if country else area.countries, years or (year,))
    if not years:
        years = (area.division if year is None else year,)
    return Measure(
        name=name,
        key=key,
        value=value,
        low=low,
        high=high,
        unit=row.unit,
        year=area.division if year is None else year,
        extent=area.extent.id,
        method=said_there(area, method or Text.of(row.method_text)),
        sources=source_lines(area, bases, country, years),
        notes=(*notes, *counted, *area.notes),
        items=None if items is None else tuple(sorted(items)),
        place=place_of(area),
    )


def group_text(group: Group) -> Text:
    """Return the short name of a zone or network, for figures that are of it."""
    return Named.in_three(*(group.short_names.text(lang) for lang in LANGUAGES))


def place_of(area: Area) -> Text:
    """Return the zone and the extent that a figure is of, for its sentence."""
    names = [[one(lang) for lang in LANGUAGES] for one in (area.title, area.extent.title)]
    zone, extent = (Named.in_three(*each) for each in names)
    return Text.of("measures.place", zone=zone, extent=extent)


def exact(
    area: Area,
    name: str,
    value: float,
    *,
    bases: Sequence[Basis] | None = None,
    key: str | None = None,
    year: int | None = None,
    years: Sequence[int] = (),
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
        years=years,
        method=method,
        notes=notes,
        items=items,
        country=country,
    )


def notes_on_evidence(area: Area) -> list[Text]:
    """Say of how many members all evidence is of before or after the year; they all count."""
    return [
        Text.of(
            f"measures.note.evidence_{when}",
            year=str(area.year),
            members=Amount.of_unit(len(members), "municipalities"),
        )
        for when, members in out_of_time(area).items()
        if members
    ]


def figure_of_surface(
    area: Area,
    name: str,
    surface: Surface,
    units: pd.Index,
    *,
    key: str | None = None,
    per_km2: float = 1.0,
) -> Measure:
    """
    Make a measure of the area of some units, with the bounds that their outer border gives.

    Parameters
    ----------
    area
        What the figure is of.
    surface
        What the units cover.
    units
        The ``lau_id`` of the units whose area it is.
    per_km2
        What a km2 counts for in the figure: 1 in an area, less in a share.
    """
    value = per_km2 * surface.km2
    error = None if surface.error_km2 is None else per_km2 * surface.error_km2
    parts = countries.in_order(units)
    method, held = held_by_polygons(area, name, units)
    return figure(
        area,
        name,
        value,
        key=key,
        low=None if error is None else max(value - error, 0.0),
        high=None if error is None else value + error,
        method=method,
        notes=[*scale_notes(area, parts), *held],
        country=parts[0] if len(parts) == 1 else key if key in area.keys else None,
    )


def held_by_polygons(area: Area, name: str, units: pd.Index) -> tuple[Text | None, list[Text]]:
    """
    Say what the polygons of some units hold, where that is not land and inland water alone.

    Returns
    -------
    tuple
        The method of the figure (None for the usual one), and notes: with the sea, or where it is
        not known, the land and inland water of the same units, if that is to be had.
    """
    parts = {part: units[units.str.startswith(f"{part}_")] for part in area.countries}
    sea = {area.sea.get(part, "no") for part, members in parts.items() if len(members)}
    if sea <= {"no"}:
        return None, []
    held = "sea" if "yes" in sea else "unknown"
    land = _land_km2(area, parts)
    key = "holds_sea" if held == "sea" else "maybe_sea"
    notes = [] if land is None else [Text.of(f"measures.note.{key}", land=land)]
    return Text.of(f"measures.method.{name}_{held}"), notes


def _land_km2(area: Area, parts: Mapping[str, pd.Index]) -> Text | None:
    """Return land and inland water of units: as the boundaries say it, or as bundled ones draw."""
    total, given = 0.0, True
    for country, members in parts.items():
        frame = area.municipalities[country].loc[members]
        if {"land_km2", "inland_water_km2"} <= set(frame.columns):
            total += float(frame["land_km2"].sum() + frame["inland_water_km2"].sum())
            continue
        given = False
        if countries.country(country).given:
            return None
        try:
            bundled = geodata.municipalities(area.division, country=country)
        except NoGeometryError:
            return None
        total += float(bundled.geometry.loc[members].area.sum()) / M2_PER_KM2
    source = "given" if given else "bundled"
    return Text.of(f"measures.note.land_{source}", km2=Amount.of_unit(total, "km2"))


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


def no_common_year(area: Area, country: str | None = None) -> Text:
    """
    Say that no year has people for all members, which years each country has, and what helps.

    Parameters
    ----------
    area
        An extent in a year.
    country
        Of the members of one country alone.
    """
    parts = (country,) if country else area.countries
    years = {part: area.years_with_people(part) for part in parts}
    known = [
        Text.of("measures.note.years_known", country=country_name(part), years=spans(of))
        if of
        else Text.of("measures.note.years_unknown", country=country_name(part))
        for part, of in years.items()
    ]
    # What lies between two known years of every country can be estimated.
    first = max((min(of, default=area.people_until + 1) for of in years.values()), default=0)
    last = min((max(of, default=0) for of in years.values()), default=0)
    between = len(parts) > 1 and first <= last
    remedy = Text.of(f"measures.note.common_{'estimates' if between else 'people'}", year=str(last))
    return Text.of("measures.note.no_common_year", known=tuple(known), remedy=remedy)


def without_boundaries(
    area: Area, name: str, *, key: str | None = None, method: Text | None = None
) -> Measure:
    """Make a measure that cannot be computed for want of boundaries."""
    reason = Text.of("measures.note.no_geometry", division=str(area.division))
    return missing(area, name, reason=reason, key=key, method=method)


def in_order(rows: Iterable[Measure]) -> MeasureTable:
    """Return figures in the order of the contract."""
    places = {name: place for place, name in enumerate(CONTRACT)}
    return MeasureTable(sorted(rows, key=lambda row: places[row.name]))
