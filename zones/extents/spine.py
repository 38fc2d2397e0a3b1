"""The spine of a zone: its ordered centres joined by straight lines, and the branches beside it."""

from collections.abc import Iterable

import geopandas as gpd
import pandas as pd
from shapely import LineString

import geodata
from geodata import countries
from zones.catalogue.finding import group_of
from zones.errors import MeasureError
from zones.extents.area import Area, Subject
from zones.model.groups import SpinePoint

__all__ = ["axis_points", "branches", "centres_of", "has_spine", "spine_line", "spine_points"]


def has_spine(zone: Subject) -> bool:
    """Say whether a zone has a spine: two centres or more on its axis.

    Examples
    --------
    >>> has_spine("peramerenkaari"), has_spine("sixnet")
    (True, False)
    """
    return sum(point.branch is None for point in group_of(zone).spine) >= 2


def spine_points(zone: Subject) -> gpd.GeoDataFrame:
    """Return the centres of a zone's spine in order, those of branches among them.

    Parameters
    ----------
    zone
        A zone in any form, as `zones.get` takes it.

    Returns
    -------
    geopandas.GeoDataFrame
        Indexed by ``lau_id``: ``order``, ``name``, ``on`` (road, rail or both), ``basis``,
        ``branch`` (missing on the axis) and the point in the plane of its countries.

    Raises
    ------
    UnknownGroupError
        When nothing has that name.
    MeasureError
        When the zone has no spine, or the centre of a point is not known.

    Examples
    --------
    >>> points = spine_points("suomen-kasvukaytava")
    >>> points["name"].iloc[[0, -1]].tolist()
    ['Helsinki', 'Seinäjoki']
    """
    group = group_of(zone)
    if not has_spine(group):
        raise MeasureError(
            f"{group.id} has no spine: ask for one of a zone, or give your own zone "
            "a spine of two codes or more"
        )
    ids = [point.lau_id for point in group.spine]
    extent = group.default_extent
    plane = zone.crs if isinstance(zone, Area) else countries.plane_of([*extent.units, *ids])
    centres = centres_of(countries.in_order(ids), extent.division, plane)
    missing = [f"{p.name} ({p.lau_id})" for p in group.spine if p.lau_id not in centres.index]
    if missing:
        raise MeasureError(
            f"no centre is known for {', '.join(missing)} on the spine of {group.id}: "
            "give the codes of municipalities of the extent's division"
        )
    table = pd.DataFrame(
        {
            name: [getattr(point, name) for point in group.spine]
            for name in ("order", "name", "on", "basis", "branch")
        },
        index=pd.Index(ids, name="lau_id"),
    )
    return gpd.GeoDataFrame(table, geometry=centres.geometry.loc[ids].array, crs=centres.crs)


def axis_points(zone: Subject) -> gpd.GeoDataFrame:
    """Return the centres of a zone's spine in order, as `spine_points`, without the branches."""
    points = spine_points(zone)
    return points[points["branch"].isna()]


def spine_line(zone: Subject) -> LineString:
    r"""Return the spine: straight lines from centre to centre, without the branches.

    Its planar length is the sum of the distances between consecutive centres,
    :math:`\sum_i \lVert p_{i+1} - p_i \rVert`, in the plane of its countries.

    Parameters
    ----------
    zone
        A zone in any form, as `zones.get` takes it.

    Raises
    ------
    UnknownGroupError
        When nothing has that name.
    MeasureError
        When the zone has no spine.

    Examples
    --------
    >>> round(spine_line("viitoskaytava").length / 1000, 1)
    769.9
    """
    return LineString(axis_points(zone).geometry.to_list())


def branches(zone: Subject) -> dict[str, LineString]:
    """Return the branches beside a zone's spine: drawn, and not counted in its length.

    A branch runs from a centre of the axis over its own centres back to the axis.

    Parameters
    ----------
    zone
        A zone in any form, as `zones.get` takes it.

    Returns
    -------
    dict
        Name of the branch (``rail``) to its line; empty where there is none.

    Examples
    --------
    >>> list(branches("viitoskaytava")), list(branches("suomen-kasvukaytava"))
    (['rail'], [])
    """
    group = group_of(zone)
    if not has_spine(group):
        return {}
    geometry = spine_points(zone).geometry
    stops: dict[str, list[SpinePoint]] = {}
    for point in group.spine:
        if point.branch is not None:
            stops.setdefault(point.branch, []).append(point)
    lines = {}
    for name, points in stops.items():
        path, ends = [point.lau_id for point in points], points[0].branch_between
        if len(ends) == 2:
            path = [ends[0], *path, ends[1]]
        if len(path) >= 2:
            lines[name] = LineString([geometry[unit] for unit in path])
    return lines


def centres_of(lands: Iterable[str], division: int, crs: object) -> gpd.GeoDataFrame:
    """Return the centres of all units of some countries in a plane, as `geodata.centres` does."""
    return pd.concat([geodata.centres(division, country=land).to_crs(crs) for land in lands])
