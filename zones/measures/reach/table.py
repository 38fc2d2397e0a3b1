"""Reach: the people in an extent, how their number changes, and how densely they live."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pandas as pd

from geodata.messages import unknown
from geodata.travel.roads import RoadGraph
from zones.errors import MeasureError
from zones.extents.area import Area, Subject
from zones.extents.evidence import with_evidence
from zones.extents.resolving import as_area
from zones.measures.coverage.table import areas
from zones.measures.figure import (
    exact,
    figure,
    held_by_polygons,
    missing,
    no_common_year,
    notes_on_evidence,
    without_boundaries,
)
from zones.measures.indicators.given import Data
from zones.measures.methods import share_method
from zones.measures.parts import Part, rows_of
from zones.measures.reach.cells import Rule, given_grid
from zones.measures.reach.distances import Of, checked_km, checked_minutes, given_target
from zones.measures.reach.surroundings import figure_year, unit_people
from zones.measures.reach.weights import Weight, given_column
from zones.measures.reach.within import within_distances
from zones.measures.reach.within_time import Matrix, destinations, origins, timed, within_times
from zones.model.figures import Measure, MeasureTable
from zones.texts import Text

if TYPE_CHECKING:
    import geopandas as gpd
    import shapely

    from geodata.points.grids import Grid

__all__ = ["reach", "reach_parts"]

_TEN_YEARS = 10
_MINUTES = (30, 60, 90)
_CHANGE = Text.of("measures.method.population_change_rule")


def reach(
    area: Subject,
    *,
    within_km: float | Iterable[float] | None = None,
    of: "Of | str | Path | pd.DataFrame | gpd.GeoSeries | shapely.Geometry" = "zone",
    grid: "str | Path | Grid | gpd.GeoDataFrame | None" = None,
    rule: Rule = "centre",
    matrix: Matrix | None = None,
    roads: RoadGraph | None = None,
    minutes: float | Iterable[float] | None = None,
    to: str | Iterable[str] | None = None,
    data: "Data | None" = None,
    weight: str | None = None,
    estimates: bool = False,
    engine: Any = None,
) -> MeasureTable:
    """
    Compute the people that an extent reaches.

    People are those on 31 December of the newest year, not after the year asked for, for which
    every member counted has an exact figure. The whole and each country may therefore have
    different years, and each figure names its own.

    **Within a distance**, municipalities are counted whole: `low` those wholly within, `high` all
    that the distance touches, `value` those whose centre is within. Of a population grid its cells
    are counted so instead. Both sides of the national border count, and nobody counts twice.

    **Within a travel time**, people set out from their municipality's centre, or from their cell,
    to the nearest of the members' centres.

    **Any count** of a table of the user's can stand in the place of people. Where the table has
    gaps, or is by larger areas, the figures are bounded.

    Parameters
    ----------
    area
        An extent in a year, or a zone in any form that `zones.area` takes.
    within_km
        Distances in km; each row holds the people of the rows before it.
    of
        What distances are from: the ``zone``, its ``spine``, its members' ``centres``, or points,
        lines or areas of your own, such as stations, airports, hospitals: a file (GeoPackage,
        GeoJSON and the like, or CSV with ``x`` and ``y`` in EPSG:3067, or ``lon`` and ``lat``), a
        frame with such columns, a GeoDataFrame or GeoSeries in its CRS, or a shapely geometry,
        which has no CRS and is taken to be in the area's.
    grid
        A population grid: a file, what `geodata.read_grid` returns, or points with people. A folder
        of Parquet, Parquet of over 5 million rows and text of over 256 MiB are read piece by piece,
        in bounded memory, unless travel times are from cells.
    rule
        A cell of the grid counts by its ``centre``, or by the share of its ``area`` within.
    matrix
        Minutes between places: a CSV file, a table of ``from``, ``to`` and ``minutes``, a matrix
        with origins as the index, or an array in the order of the municipalities.
    roads
        A road graph, as `road_graph` makes it, in place of a matrix.
    minutes
        Travel times, one or several, where a matrix or roads are given: 30, 60 and 90 by default.
    to
        Municipalities, by name or code, whose centres travel times are to, such as those with a
        hospital; all members where not given.
    data
        A table by municipality, as `zones.read_indicators` returns it, or its path.
    weight
        Id of the count of that table that stands in the place of people.
    estimates
        Let people between two known years be estimated on the line between them, with the two as
        bounds, so that the year is as new as it can be.
    engine
        Where the cells of a file are counted within distances: a ``dask.distributed.Client``, or
        the address of a scheduler; here by default.

    Returns
    -------
    MeasureTable
        `population` and `population_change` (keys null, ``FI``, ``SE``),
        `population_with_evidence`, `population_share` of Finland, and `density` per km2 of `area`;
        `population_within` (key: the distance), `population_within_share` (of the members' own
        people, where distances are not from the zone itself) and `population_within_time` (key:
        the minutes) where asked for. With a weight, these are ``{id}_within``,
        ``{id}_within_share`` and ``{id}_within_time``.

    Raises
    ------
    MeasureError
        If an argument does not fit, the zone has no spine, or members are not in the travel times.
    FileFormatError
        If a file or table cannot be used.

    Examples
    --------
    >>> import zones
    >>> area = zones.area("peramerenkaari")
    >>> table = reach(area, within_km=[0, 25])
    >>> table.get("population").value, table.get("population").year
    (557488, 2022)
    >>> table.get("population", "FI").value, table.get("population", "FI").year
    (312165, 2025)
    >>> near = table.get("population_within", "25")
    >>> near.low <= near.value <= near.high
    True
    >>> newer = reach(area, estimates=True).get("population")
    >>> newer.year, newer.low < newer.value < newer.high
    (2024, True)
    """
    area = as_area(area)
    km, by_time = checked_km(within_km), matrix is not None or roads is not None
    if minutes is not None and not by_time:
        raise MeasureError("minutes= has no effect without travel times: give matrix= or roads=")
    if to is not None and not by_time:
        raise MeasureError("to= has no effect without travel times: give matrix= or roads=")
    limits = checked_minutes(_MINUTES if minutes is None else minutes)
    _check_options(km, of=of, grid=grid, rule=rule, timed=by_time, weight=weight)
    start = of if isinstance(of, str) and of in get_args(Of) else given_target(of, area.crs)
    column = given_column(area, data, weight)
    people = [_population(area, key, estimates=estimates) for key in area.keys]
    rows = [*people, *rows_of(_beside(area, lambda: people[0].year))]
    if engine is not None and grid is None:
        raise MeasureError("engine= has no effect without a grid: give grid= a file")
    cells = None
    if grid is not None:
        cells = given_grid(grid, area.crs, whole=by_time, engine=engine)
    counted = Weight.of(area, people[0], column)
    if km:
        rows += within_distances(counted, km, of=start, grid=cells, rule=rule)
    if by_time:
        times, centres = timed(matrix, roads, area, cells=cells is not None), destinations(area, to)
        begin = origins(area, counted.inside.year, cells)
        rows += within_times(counted, limits, times, begin, centres)
    return MeasureTable(rows)


def reach_parts(area: Area) -> list[Part]:
    """Return what makes the figures of `reach` without distances and travel times."""
    return [
        Part(("population",), lambda: [_population(area, key) for key in area.keys]),
        *_beside(area, lambda: _population(area, None).year),
    ]


def _beside(area: Area, year: Callable[[], int | None]) -> list[Part]:
    """Return what makes the figures on people beside their number, which is of a year."""
    return [
        Part(("population_with_evidence",), lambda: [_with_evidence(area, year())]),
        Part(("population_share",), lambda: [_share(area)]),
        Part(("population_change",), lambda: [_change(area, key) for key in area.keys]),
        Part(("density",), lambda: [_density(area)]),
    ]


def _check_options(
    km: tuple[float, ...],
    *,
    of: object,
    grid: object,
    rule: str,
    timed: bool,
    weight: str | None,
) -> None:
    """Refuse options that would have no effect, rather than pass over them."""
    if rule not in get_args(Rule):
        raise MeasureError(unknown("rule", rule, get_args(Rule)))
    if rule != "centre" and grid is None:
        msg = f"rule={rule!r} has no effect without a grid: give one, or leave the rule out"
        raise MeasureError(msg)
    if weight is not None and grid is not None:
        msg = f"weight={weight!r} and a grid of people are two things to count: give one of them"
        raise MeasureError(msg)
    if km:
        return
    if weight is not None and not timed:
        msg = f"weight={weight!r} has no effect without distances: give within_km, such as [10, 25]"
        raise MeasureError(msg)
    if not (isinstance(of, str) and of == "zone"):
        shown = repr(of) if isinstance(of, str | Path) else f"a {type(of).__name__}"
        msg = f"of={shown} has no effect without distances: give within_km, such as [10, 25, 50]"
        raise MeasureError(msg)
    if grid is not None and not timed:
        msg = "a grid has no effect without distances: give within_km, such as [0, 10, 25, 50]"
        raise MeasureError(msg)


def _empty(area: Area, key: str | None) -> bool:
    return key is not None and key not in area.countries


def _population(area: Area, key: str | None, *, estimates: bool = False) -> Measure:
    if _empty(area, key):
        return exact(area, "population", 0, key=key, country=key)
    year = figure_year(area, key, estimates=estimates)
    if year is None:
        return _no_year(area, "population", key=key)
    if year not in area.years_with_people(key):
        return _estimated(area, key, year)
    notes = []
    if key is None and len(area.countries) > 1:
        notes.append(Text.of("measures.note.common_year", year=str(year)))
    people = area.population_in(year, key)
    return exact(
        area,
        "population",
        people if people is not None else 0,
        key=key,
        year=year,
        country=key,
        notes=notes,
    )


def _estimated(area: Area, key: str | None, year: int) -> Measure:
    people = unit_people(area, year, area.members(key))
    unknown = tuple(sorted(people.index[~people["exact"]]))
    return figure(
        area,
        "population",
        int(people["value"].sum()),
        key=key,
        low=int(people["low"].sum()),
        high=int(people["high"].sum()),
        year=year,
        country=key,
        method=Text.of("reach.method.population_estimated"),
        notes=[Text.of("reach.note.between_years", units=unknown, year=str(year))],
    )


def _no_year(area: Area, name: str, *, key: str | None = None) -> Measure:
    reason = no_common_year(area, key)
    method = _CHANGE if name == "population_change" else None
    return missing(area, name, key=key, reason=reason, method=method)


def _with_evidence(area: Area, year: int | None) -> Measure:
    """Count the people of the members with evidence of their own, in the year of the whole."""
    name = "population_with_evidence"
    seen = with_evidence(area)
    if not len(seen):
        return exact(area, name, 0, year=year, items=())
    people = None if year is None else area.only(seen).population_in(year)
    if people is None:
        return _no_year(area, name)
    return exact(area, name, people, year=year, items=seen, notes=notes_on_evidence(area))


def _share(area: Area) -> Measure:
    home, method = area.home, share_method(area, "population_share")
    if home not in area.countries:
        return exact(area, "population_share", 0.0, country=home, method=method)
    year = max(area.years_with_people(home), default=None)
    if year is None:
        lacking = _no_year(area, "population_share")
        return lacking if method is None else replace(lacking, method=method)
    people = area.population_in(year, home) or 0
    country = area.people[home].drop_duplicates("figure_unit")[year].sum()
    return exact(
        area,
        "population_share",
        100 * people / int(country),
        year=year,
        country=home,
        method=method,
    )


def _change(area: Area, key: str | None) -> Measure:
    name = "population_change"
    if _empty(area, key):
        reason = Text.of("measures.note.no_members_in_country")
        return missing(area, name, key=key, reason=reason, method=_CHANGE)
    years = area.years_with_people(key)
    if len(years) == 1:
        reason = Text.of("measures.note.one_year", year=str(years[0]))
        return missing(area, name, key=key, reason=reason, method=_CHANGE)
    if not years:
        return _no_year(area, name, key=key)
    last = years[-1]
    first = min((year for year in years if year >= last - _TEN_YEARS), default=years[0])
    before, after = area.population_in(first, key), area.population_in(last, key)
    if not before or after is None:
        return _no_year(area, name, key=key)
    return exact(
        area,
        name,
        100 * (after - before) / before,
        key=key,
        year=last,
        years=(first, last),
        country=key,
        method=Text.of("measures.method.population_change", first=str(first), last=str(last)),
    )


def _density(area: Area) -> Measure:
    name = "density"
    if not area.has_boundaries:
        return without_boundaries(area, name)
    surface = areas(area, [None])[0]
    if area.data_year is None:
        return _no_year(area, name)
    people = area.population_in(area.data_year) or 0
    return figure(
        area,
        name,
        people / surface.value if surface.value else None,
        low=people / surface.high if surface.high else None,
        high=people / surface.low if surface.low else None,
        year=area.data_year,
        method=held_by_polygons(area, name, area.units.index)[0],
        notes=surface.notes,
    )
