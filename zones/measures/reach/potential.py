"""Potential of each member centre: people within a distance or a travel time of it."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geodata.travel.roads import RoadGraph
from zones.errors import MeasureError
from zones.extents.area import Area, Subject
from zones.extents.resolving import as_area
from zones.measures.reach.astray import check_place
from zones.measures.reach.cells import Rule, cell_people, given_grid
from zones.measures.reach.distances import (
    checked_km,
    checked_minutes,
    member_target,
    total,
    unit_bands,
)
from zones.measures.reach.surroundings import centre_points, figure_year, surroundings, unit_people
from zones.measures.reach.within_time import Matrix, minutes_from, origins, timed
from zones.texts import Language, check_language

if TYPE_CHECKING:
    import geopandas as gpd

    from geodata.points.grids import Grid

__all__ = ["potential"]


def potential(
    area: Subject,
    *,
    within_km: float | Iterable[float] | None = None,
    grid: "str | Path | Grid | gpd.GeoDataFrame | None" = None,
    rule: Rule = "centre",
    matrix: Matrix | None = None,
    roads: RoadGraph | None = None,
    minutes: float | Iterable[float] | None = None,
    lang: Language | None = None,
) -> pd.DataFrame:
    """
    Count the people within distances or travel times of each member's centre.

    The people of one centre are also those of another nearby: rows are not to be added up. For
    people counted once, see `catchments` and `reached_by`.

    Parameters
    ----------
    area
        An extent in a year, or a zone in any form that `zones.area` takes.
    within_km
        Distances in km from the centre in a straight line; or give `minutes`.
    grid, rule
        A population grid to count cell by cell, and its rule, as in `reach`.
    matrix, roads
        Travel times, as in `reach`.
    minutes
        Travel times to the centre.
    lang
        Language of the names.

    Returns
    -------
    DataFrame
        By ``lau_id`` of the member and ``km`` or ``minutes``: ``name``, ``people``, ``low`` and
        ``high`` (nullable whole numbers), ``year`` of the people (missing for a grid). Bounds are
        as in `reach`: municipalities wholly within, and all that are touched.

    Raises
    ------
    MeasureError
        If neither or both of distances and travel times are asked for, there are no boundaries, or
        an argument does not fit.

    Examples
    --------
    >>> import zones
    >>> table = potential(zones.area("peramerenkaari"), within_km=[25, 50])
    >>> table.loc[("FI_564", 25), ["low", "people", "high"]].tolist()
    [19300, 243394, 259798]
    """
    area = as_area(area)
    km, limits = checked_km(within_km), checked_minutes(minutes)
    by_time = matrix is not None or roads is not None
    if bool(km) == by_time or by_time != bool(limits):
        msg = (
            "give either within_km, such as [25, 50], or minutes, such as [30, 60], with a matrix "
            "or roads"
        )
        raise MeasureError(msg)
    if by_time:
        rows = _by_time(area, limits, grid, matrix, roads)
    else:
        rows = _by_distance(area, km, grid, rule)
    name = "minutes" if by_time else "km"
    table = pd.DataFrame(rows, columns=["lau_id", name, "people", "low", "high", "year"])
    table.insert(
        2, "name", area.units[f"name_{check_language(lang)}"].loc[table["lau_id"]].to_numpy()
    )
    whole = dict.fromkeys(("people", "low", "high", "year"), "Int64")
    return table.astype(whole).set_index(["lau_id", name])


_Row = tuple[str, float, int | None, int | None, int | None, int | None]


def _by_distance(
    area: Area,
    km: tuple[float, ...],
    grid: "str | Path | Grid | gpd.GeoDataFrame | None",
    rule: str,
) -> list[_Row]:
    if not area.has_boundaries:
        msg = f"no boundaries for the division of {area.division}: give a boundary file to extent"
        raise MeasureError(msg)
    around = surroundings(area)
    points = centre_points(area, around)
    rows: list[_Row] = []
    if grid is not None:
        given = given_grid(grid, area.crs)
        cells = given.grid
        for member in area.units.index:
            what = member_target(points.geometry[member])
            counts = cell_people(area, km, what, cells, rule)
            rows += [
                (member, at, count, count, count, None)
                for at, count in zip(km, counts, strict=True)
            ]
        if not any(people for _, _, people, *_ in rows):
            check_place(area, given.raw)
        return rows
    year = figure_year(area)
    if year is None:
        msg = "there is no year for which all members have a figure: give a grid, or a data_year"
        raise MeasureError(msg)
    people = unit_people(area, year, around.index)
    known_low = people["low"].fillna(0)
    for member in area.units.index:
        bands = unit_bands(member_target(points.geometry[member]), around, points, km)
        for column, distance in enumerate(km):
            rows.append(
                (
                    member,
                    distance,
                    total(people["value"], bands.by_centre[:, column]),
                    total(known_low, bands.wholly[:, column]),
                    total(people["high"], bands.touching[:, column]),
                    year,
                )
            )
    return rows


def _by_time(
    area: Area,
    limits: tuple[float, ...],
    grid: "str | Path | Grid | gpd.GeoDataFrame | None",
    matrix: Matrix | None,
    roads: RoadGraph | None,
) -> list[_Row]:
    cells = None if grid is None else given_grid(grid, area.crs)
    times = timed(matrix, roads, area, cells=cells is not None)
    start = origins(area, figure_year(area), cells)
    rows: list[_Row] = []
    for member in area.units.index:
        taken = minutes_from(times, [member], start, limit=max(limits))
        exact = cells is not None and not np.isnan(taken).any()
        for limit in limits:
            people = total(start.people, taken <= limit)
            bound = people if exact else None
            rows.append((member, limit, people, bound, bound, start.year))
    return rows
