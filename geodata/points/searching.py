"""Which polygon each point lies in or is nearest to, of several the first."""

from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geodata.coverages.polygons import only
from geodata.points.raster import UNDECIDED, label_points, lattice_of

__all__ = ["by_place", "nearest"]

_NONE = -1

_Floats = NDArray[np.float64]
_Ints = NDArray[np.int64]
_Places = NDArray[np.int32]


def by_place(
    x: _Floats, y: _Floats, polygons: NDArray[Any], valid: NDArray[np.bool_]
) -> tuple[_Places, int]:
    """Return the unit that each point lies in, and how many points lie in several."""
    if not len(x):
        return np.empty(0, dtype=np.int32), 0
    lattice = lattice_of(x, y)
    if lattice is None:
        return _search(x, y, polygons, valid)
    labels = label_points(polygons, lattice, valid)
    doubtful = np.flatnonzero(labels == UNDECIDED)
    labels[doubtful], several = _search(x[doubtful], y[doubtful], polygons, valid)
    return labels, several


def _search(
    x: _Floats, y: _Floats, polygons: NDArray[Any], valid: NDArray[np.bool_]
) -> tuple[_Places, int]:
    """Return the same by an exact test of each point."""
    points = _points(x, y)
    whole = only(polygons, valid)
    if len(points) < len(polygons):
        point, unit = shapely.STRtree(whole).query(points, predicate="intersects")
    else:
        unit, point = shapely.STRtree(points).query(whole, predicate="intersects")
    if not valid.all():
        broken = np.flatnonzero(~valid)
        of_broken, touching = _by_rings(points, polygons[broken])
        unit, point = np.append(unit, broken[of_broken]), np.append(point, touching)
    several = int((np.bincount(point, minlength=1) > 1).sum())
    return _first(point, unit, len(points)), several


def _by_rings(points: NDArray[Any], polygons: NDArray[Any]) -> tuple[_Ints, _Ints]:
    """Return the pairs of polygon and point that touch, of polygons that need not be valid.

    What GEOS says of such a polygon as a whole depends on the way that it is asked. Of one ring it
    always says the same, and a point touches a polygon where it touches the shell of a part and is
    not inside of a hole of that part.
    """
    parts, owner = shapely.get_parts(polygons, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    shell = np.diff(part, prepend=-1) > 0
    tree = shapely.STRtree(points)
    surfaces = shapely.polygons(rings)
    ring, within = tree.query(surfaces, predicate="contains_properly")
    # A point on the line of a shell touches it, though a hole that crosses the shell be around it.
    taken = np.intersect1d(
        *(part[ring[kind]] * len(points) + within[kind] for kind in (shell[ring], ~shell[ring]))
    )
    at, touching = tree.query(only(surfaces, shell), predicate="intersects")
    kept = ~np.isin(part[at] * len(points) + touching, taken)
    pairs = np.unique(np.column_stack([owner[part[at[kept]]], touching[kept]]), axis=0)
    return pairs[:, 0], pairs[:, 1]


def _points(x: _Floats, y: _Floats) -> NDArray[Any]:
    return np.asarray(shapely.points(x, y), dtype=object)


def _first(point: _Ints, unit: _Ints, points: int) -> _Places:
    """Of each point's units, return the one that sorts first."""
    first = pd.Series(unit).groupby(point).min()
    return first.reindex(range(points), fill_value=_NONE).to_numpy(dtype=np.int32)


def nearest(
    x: _Floats, y: _Floats, polygons: NDArray[Any], limit: float
) -> tuple[_Places, _Floats]:
    """Return the nearest unit of each point within a limit, and how far it is."""
    tree = shapely.STRtree(polygons)
    points = _points(x, y)
    (point, unit), metres = tree.query_nearest(points, max_distance=limit, return_distance=True)
    distance = np.zeros(len(points))
    distance[point] = metres
    return _first(point, unit, len(points)), distance
