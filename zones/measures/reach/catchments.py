"""Who is reached by which of several zones, and by which centre: nobody counted twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from geodata.messages import spans
from geodata.units import M_PER_KM
from zones.catalogue.finding import several
from zones.errors import MeasureError
from zones.extents.area import Area, Subject
from zones.extents.resolving import as_area
from zones.measures.figure import no_common_year
from zones.measures.reach.astray import check_place
from zones.measures.reach.cells import cell_shares, given_grid
from zones.measures.reach.distances import checked_km, target, unit_bands
from zones.measures.reach.surroundings import centre_points, surroundings, unit_people
from zones.texts import Language, check_language

if TYPE_CHECKING:
    from geodata.points.grids import Grid

__all__ = ["catchments", "reached_by"]

_MOST_AREAS = 8
_GRID = "A grid (grid=) needs no year."


def reached_by(
    areas: Iterable[Subject],
    within_km: float | Iterable[float] = 0,
    *,
    grid: "str | Path | Grid | gpd.GeoDataFrame | None" = None,
) -> pd.DataFrame:
    """
    Say how many people are reached by each zone alone, and by several together.

    Everyone is in exactly one row of a distance: reached by A only, by B only, by both. The rows
    of a distance therefore add up to all who are reached by any.

    Municipalities are counted whole, by their centre. `low` counts those that certainly belong to
    the row (wholly within the distance of these zones, and not touched by the others), `high`
    those that may.

    Parameters
    ----------
    areas
        Two extents in a year or more, or zones in any form, of one division.
    within_km
        Distances in km of the zones; 0 for the zones themselves.
    grid
        A population grid to count cell by cell, by the cells' centres.

    Returns
    -------
    DataFrame
        By ``km`` and ``reached_by`` (the zones' ids joined by " + "): a column of True and False
        for each zone, then ``people``, ``low``, ``high`` (nullable whole numbers) and ``year``
        (missing for a grid).

    Raises
    ------
    MeasureError
        If the extents differ in division, have no year of figures or no boundaries in common, or
        an argument does not fit.

    Examples
    --------
    >>> import zones
    >>> areas = [zones.area(name) for name in ("peramerenkaari", "viitoskaytava")]
    >>> reached_by(areas, [0, 100])["people"]
    km     reached_by
    0.0    peramerenkaari + viitoskaytava          0
           peramerenkaari                     557488
           viitoskaytava                      491032
    100.0  peramerenkaari + viitoskaytava     514855
           peramerenkaari                     672769
           viitoskaytava                     1422499
    Name: people, dtype: Int64
    """
    km = checked_km(within_km)
    resolved = [as_area(area) for area in several(areas)]
    names = _names(resolved)
    reached = _cells(resolved, km, grid) if grid is not None else _units(resolved, km)
    rows: list[dict[str, Any]] = []
    for column, distance in enumerate(km):
        for pattern in product((True, False), repeat=len(resolved)):
            if not any(pattern):
                continue
            people, low, high = reached.count(column, pattern)
            label = " + ".join(name for name, on in zip(names, pattern, strict=True) if on)
            rows.append(
                {
                    "km": distance,
                    "reached_by": label,
                    **dict(zip(names, pattern, strict=True)),
                    "people": people,
                    "low": low,
                    "high": high,
                    "year": reached.year,
                }
            )
    table = pd.DataFrame(rows).set_index(["km", "reached_by"])
    return table.astype(dict.fromkeys(("people", "low", "high", "year"), "Int64"))


def _names(areas: Sequence[Area]) -> list[str]:
    if not 2 <= len(areas) <= _MOST_AREAS:
        msg = f"{len(areas)} extents are given: give 2 to {_MOST_AREAS}, as zones.area makes them"
        raise MeasureError(msg)
    divisions = sorted({area.division for area in areas})
    if len(divisions) > 1:
        shown = ", ".join(str(year) for year in divisions)
        msg = f"the extents are of the divisions of {shown}: give all the same year or division"
        raise MeasureError(msg)
    if not all(area.has_boundaries for area in areas):
        msg = f"no boundaries for the division of {divisions[0]}: give a boundary file to extent"
        raise MeasureError(msg)
    names = [area.group.id for area in areas]
    if len(set(names)) < len(names):
        names = [f"{area.group.id} {area.extent.id}" for area in areas]
    if len(set(names)) < len(names):
        msg = f"an extent is given twice ({', '.join(names)}): give each once"
        raise MeasureError(msg)
    return names


@dataclass(frozen=True, eq=False)
class _Reached:
    """For each person's place, zone and distance: reached certainly, by the rule, and perhaps."""

    people: pd.DataFrame
    certainly: NDArray[np.float64]
    by_rule: NDArray[np.float64]
    perhaps: NDArray[np.float64]
    year: int | None

    def count(
        self, column: int, pattern: tuple[bool, ...]
    ) -> tuple[int | None, int | None, int | None]:
        """Count those that every zone of the pattern reaches, and none of the others."""
        value = _overlap(self.by_rule[:, :, column], self.by_rule[:, :, column], pattern)
        low = _overlap(self.certainly[:, :, column], self.perhaps[:, :, column], pattern)
        high = _overlap(self.perhaps[:, :, column], self.certainly[:, :, column], pattern)
        return (
            _sum(self.people["value"], value),
            _sum(self.people["low"].fillna(0), low),
            _sum(self.people["high"], high),
        )


def _overlap(
    inside: NDArray[np.float64], against: NDArray[np.float64], pattern: tuple[bool, ...]
) -> NDArray[np.float64]:
    """Return 1 for each place in all zones of the pattern and none of the others, else 0."""
    on = np.array(pattern)
    with_all = inside[:, on].min(axis=1)
    with_others = against[:, ~on].max(axis=1, initial=0.0)
    return np.asarray(with_all * (1.0 - with_others))


def _sum(people: pd.Series, share: NDArray[np.float64]) -> int | None:
    counted = people[share > 0]
    if counted.isna().any():
        return None
    return round(float(counted.to_numpy(dtype=float) @ share[share > 0]))


def _units(areas: Sequence[Area], km: tuple[float, ...]) -> _Reached:
    years = set.intersection(*(set(area.years_with_people()) for area in areas))
    if not years:
        lacking = next((area for area in areas if not area.years_with_people()), None)
        if lacking is not None:
            raise MeasureError(f"{no_common_year(lacking)} {_GRID}")
        each = (f"{area.title()} has {spans(area.years_with_people())}" for area in areas)
        raise MeasureError(f"no year has people for all of these zones: {'; '.join(each)}. {_GRID}")
    year = max(years)
    around = _together(areas)
    points = centre_points(areas[0], around)
    people = unit_people(areas[0], year, around.index)
    bands = []
    for area in areas:
        mine = around.assign(member=around.index.isin(area.units.index))
        bands.append(unit_bands(target(area.moved_to(areas[0].crs), "zone"), mine, points, km))
    certainly, by_rule, perhaps = (
        np.stack([getattr(band, name) for band in bands], axis=1).astype(float)
        for name in ("wholly", "by_centre", "touching")
    )
    return _Reached(people, certainly, by_rule, perhaps, year)


def _together(areas: Sequence[Area]) -> gpd.GeoDataFrame:
    together: gpd.GeoDataFrame = pd.concat(
        [surroundings(area.moved_to(areas[0].crs)) for area in areas]
    )
    return together[~together.index.duplicated()]


def _cells(
    areas: Sequence[Area],
    km: tuple[float, ...],
    grid: "str | Path | Grid | gpd.GeoDataFrame",
) -> _Reached:
    given = given_grid(grid, areas[0].crs)
    cells = given.grid
    shares = np.stack(
        [
            cell_shares(moved, km, target(moved, "zone"), cells)
            for moved in (area.moved_to(areas[0].crs) for area in areas)
        ],
        axis=1,
    )
    if not shares.any():
        check_place(areas[0], given.raw)
    people = pd.DataFrame(dict.fromkeys(("value", "low", "high"), cells.people))
    return _Reached(people, shares, shares, shares, None)


def catchments(
    area: Subject,
    within_km: float,
    *,
    grid: "str | Path | Grid | gpd.GeoDataFrame | None" = None,
    lang: Language | None = None,
) -> pd.DataFrame:
    """
    Give everyone within a distance of a member's centre to the nearest one, and count.

    Nobody is in two catchments, so the rows add up to the people within the distance of any centre.

    Parameters
    ----------
    area
        An extent in a year, or a zone in any form that `zones.area` takes.
    within_km
        The distance from a centre, km in a straight line.
    grid
        A population grid; without one, municipalities are counted whole, by their centre.
    lang
        Language of the names.

    Returns
    -------
    DataFrame
        By ``lau_id`` of the member: ``name``, ``people`` (nullable whole numbers), ``places`` (the
        municipalities or cells counted) and ``year`` (missing for a grid).

    Raises
    ------
    MeasureError
        If there are no boundaries, no year of figures, or the distance does not fit.

    Examples
    --------
    >>> import zones
    >>> area = zones.area("peramerenkaari")
    >>> table = catchments(area, 50)
    >>> within = zones.reach(area, within_km=50, of="centres").get("population_within", "50")
    >>> int(table["people"].sum()) == within.value
    True
    """
    area = as_area(area)
    limits = checked_km(within_km)
    if len(limits) != 1:
        msg = f"{len(limits)} distances are given: give one, such as within_km=50"
        raise MeasureError(msg)
    limit = limits[0]
    if not area.has_boundaries:
        msg = f"no boundaries for the division of {area.division}: give a boundary file to extent"
        raise MeasureError(msg)
    around = surroundings(area)
    points = centre_points(area, around)
    year = None if grid is not None else max(area.years_with_people(), default=None)
    if grid is not None:
        given = given_grid(grid, area.crs)
        cells = given.grid
        x, y = cells.x, cells.y
        people: pd.Series = pd.Series(cells.people)
    elif year is not None:
        x, y = points.geometry.x.to_numpy(), points.geometry.y.to_numpy()
        people = unit_people(area, year, around.index)["value"]
    else:
        raise MeasureError(f"{no_common_year(area)} {_GRID}")
    centres = points.geometry.loc[area.units.index]
    tree = cKDTree(np.column_stack((centres.x, centres.y)))
    found = tree.query(np.column_stack((x, y)))
    metres, nearest = np.asarray(found[0]), np.asarray(found[1])
    mine = metres <= limit * M_PER_KM
    if grid is not None and not mine.any():
        check_place(area, given.raw)
    groups = people[mine].groupby(area.units.index.to_numpy()[nearest[mine]])
    table = pd.DataFrame({"name": area.units[f"name_{check_language(lang)}"]})
    lacking = groups.apply(lambda part: bool(part.isna().any())).reindex(
        table.index, fill_value=False
    )
    table["people"] = groups.sum().round().reindex(table.index, fill_value=0).astype("Int64")
    table.loc[lacking.astype(bool), "people"] = pd.NA
    table["places"] = groups.size().reindex(table.index, fill_value=0)
    table["year"] = pd.array([year] * len(table), dtype="Int64")
    return table
