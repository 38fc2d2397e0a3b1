"""Which of several distances each point lies within, all distances in one pass, and exactly.

A coarse distance with a known error decides nearly all points: on a regular grid the distance
transform of the cells that the outline passes, elsewhere the distance to points set along it.
Only points whose coarse distance is within the error of a limit are tested against the geometry.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from geodata.errors import ArgumentError, CoverageError
from geodata.points.raster import Lattice, label_points, lattice_of

__all__ = ["PointIndex", "inside_share", "within_distance_bands"]

_Floats = NDArray[np.float64]
_Ints = NDArray[np.intp]

# Points along the outline are this many cells apart; none of it is further than half of that.
_SPACING_CELLS = 0.25
_HALF_DIAGONAL = float(np.sqrt(0.5))
# Squares of another CRS are stretched by their place, and little over a grid.
_SOME, _MORE = 1000, 1.25
_SPACINGS_PER_DISTANCE = 100
_FEWEST_POINTS = 2000


def within_distance_bands(
    x: _Floats, y: _Floats, geometry: Any, distances_m: Iterable[float]
) -> _Floats:
    """Return for each point the smallest of the distances that it lies within, or infinity.

    A point lies within a distance of a geometry if no more than that is between it and the
    nearest part of the geometry; inside a polygon it is within 0.

    Parameters
    ----------
    x, y
        Coordinates of the points, in metres.
    geometry
        A shapely geometry in the same CRS: a zone dissolved, a spine, points.
    distances_m
        The distances, 0 or more, in any order.

    Examples
    --------
    >>> x, y = np.array([5.0, 12.0, 30.0, 99.0]), np.full(4, 5.0)
    >>> within_distance_bands(x, y, shapely.box(0, 0, 10, 10), [0, 2, 25]).tolist()
    [0.0, 2.0, 25.0, inf]
    """
    _check(x, y, geometry)
    limits = _limits(distances_m)
    bands = np.full(len(x), np.inf)
    if shapely.is_missing(geometry) or shapely.is_empty(geometry):
        return bands
    west, south, east, north = _around(geometry, limits)
    # One axis leaves few of many points for the other.
    near = np.flatnonzero((x >= west) & (x <= east))
    near = near[(y[near] >= south) & (y[near] <= north)]
    bands[near] = _bands(x[near], y[near], geometry, limits)
    return bands


@dataclass(frozen=True, eq=False)
class PointIndex:
    """Points in order of one coordinate, ready for the distances from many geometries.

    `within_distance_bands` looks at every point to find those near a geometry. For thousands of
    zones over one grid, an index made once leaves only those in the same band of rows to look at.

    Attributes
    ----------
    order
        Positions of the points, from south to north.
    x, y
        Their coordinates in that order, in metres.

    Examples
    --------
    >>> points = PointIndex.of(np.array([5.0, 99.0, 12.0]), np.array([5.0, 5.0, 4.0]))
    >>> positions, bands = points.within(shapely.box(0, 0, 10, 10), [0, 2])
    >>> positions.tolist(), bands.tolist()
    ([2, 0], [2.0, 0.0])
    """

    order: _Ints
    x: _Floats
    y: _Floats

    @classmethod
    def of(cls, x: _Floats, y: _Floats) -> "PointIndex":
        """Make points ready.

        Parameters
        ----------
        x, y
            Coordinates of the points, in metres.
        """
        _check(x, y, None)
        order = np.argsort(y, kind="stable")
        return cls(order, x[order], y[order])

    def within(self, geometry: Any, distances_m: Iterable[float]) -> tuple[_Ints, _Floats]:
        """Return which points lie within the largest distance, and the smallest for each.

        Parameters
        ----------
        geometry
            A shapely geometry in the same CRS.
        distances_m
            The distances, 0 or more, in any order.

        Returns
        -------
        tuple of numpy.ndarray
            Positions of the points that lie within, from south to north, and for each what
            `within_distance_bands` says of it.
        """
        _check(self.x, self.y, geometry)
        limits = _limits(distances_m)
        if shapely.is_missing(geometry) or shapely.is_empty(geometry):
            return np.empty(0, dtype=np.intp), np.empty(0)
        west, south, east, north = _around(geometry, limits)
        first, last = np.searchsorted(self.y, south), np.searchsorted(self.y, north, side="right")
        x = self.x[first:last]
        near = first + np.flatnonzero((x >= west) & (x <= east))
        bands = _bands(self.x[near], self.y[near], geometry, limits)
        within = np.isfinite(bands)
        return self.order[near[within]], bands[within]


def _limits(distances_m: Iterable[float]) -> _Floats:
    limits = np.unique(np.fromiter(distances_m, dtype=float))
    if not len(limits) or not np.isfinite(limits).all() or limits[0] < 0:
        raise CoverageError(
            f"distances {limits.tolist()}: give one or more distances in metres, 0 or more"
        )
    return limits


def _around(geometry: Any, limits: _Floats) -> tuple[float, float, float, float]:
    """Return the box outside of which nothing lies within the largest distance."""
    west, south, east, north = shapely.bounds(geometry)
    reach = float(limits[-1])
    return west - reach, south - reach, east + reach, north + reach


def _bands(x: _Floats, y: _Floats, geometry: Any, limits: _Floats) -> _Floats:
    """Return the smallest distance that each of some points near a geometry lies within."""
    band = np.full(len(x), np.inf)
    if not len(x):
        return band
    shapely.prepare(geometry)
    at_least, at_most = _coarse(x, y, geometry, float(limits[-1]))
    for limit in limits:
        open_still = np.isinf(band)
        band[open_still & (at_most <= limit)] = limit
        doubtful = np.flatnonzero(open_still & (at_least <= limit) & (at_most > limit))
        points = shapely.points(x[doubtful], y[doubtful])
        band[doubtful[shapely.dwithin(geometry, points, limit)]] = limit
    return band


def inside_share(
    x: _Floats,
    y: _Floats,
    cell_m: float,
    geometry: Any,
    *,
    crs: Any = None,
    cells_crs: Any = None,
) -> _Floats:
    """Return which share of each square cell lies in a polygon: the rule of the share of area.

    Parameters
    ----------
    x, y
        Centres of the cells.
    cell_m
        Their side.
    geometry
        A polygon or multipolygon in the same CRS.
    crs, cells_crs
        That CRS, and the one in which the cells are squares, where it is another.

    Examples
    --------
    >>> x, y = np.array([0.5, 1.5, 2.5]), np.full(3, 0.5)
    >>> inside_share(x, y, 1.0, shapely.box(0, 0, 1.25, 1)).tolist()
    [1.0, 0.25, 0.0]
    """
    _check(x, y, geometry)
    if not cell_m > 0:
        raise CoverageError(f"cell_m {cell_m}: give the side of a cell in metres, more than 0")
    outline = shapely.boundary(geometry)
    corners = _corners_of(cell_m, crs, cells_crs)
    # Away from the outline by more than half a diagonal, a cell is inside or outside as a whole.
    cut = np.isfinite(within_distance_bands(x, y, outline, [_furthest(x, y, corners)]))
    share = np.isfinite(within_distance_bands(x, y, geometry, [0.0])).astype(float)
    cells: Any = shapely.polygons(corners(x[cut], y[cut]))
    shapely.prepare(geometry)
    part = np.where(shapely.covers(geometry, cells), 1.0, 0.0)
    across = np.flatnonzero((part == 0) & shapely.intersects(geometry, cells))
    inside = shapely.intersection(geometry, cells[across])
    part[across] = shapely.area(inside) / shapely.area(cells[across])
    share[cut] = part
    return share


def _corners_of(
    cell_m: float, crs: Any, cells_crs: Any
) -> Callable[[_Floats, _Floats], NDArray[np.float64]]:
    """Return what gives the four corners of each cell, by cell, corner and axis."""
    east, north = np.array([[-1, 1, 1, -1], [-1, -1, 1, 1]]) * cell_m / 2
    if cells_crs is None:
        return lambda x, y: np.stack([x[:, None] + east, y[:, None] + north], axis=-1)
    change = pyproj.Transformer.from_crs(crs, cells_crs, always_xy=True)

    def corners(x: _Floats, y: _Floats) -> NDArray[np.float64]:
        own_x, own_y = change.transform(x, y)
        found = change.transform(own_x[:, None] + east, own_y[:, None] + north, direction="INVERSE")
        return np.stack(found, axis=-1)

    return corners


def _furthest(
    x: _Floats, y: _Floats, corners: Callable[[_Floats, _Floats], NDArray[np.float64]]
) -> float:
    """Return a distance that no cell reaches beyond: more than the furthest of some."""
    if not len(x):
        return 0.0
    some = np.unique(np.linspace(0, len(x) - 1, _SOME).astype(np.intp))
    off = corners(x[some], y[some]) - np.stack([x[some], y[some]], axis=-1)[:, None]
    return float(np.hypot(off[..., 0], off[..., 1]).max()) * _MORE


def _check(x: _Floats, y: _Floats, geometry: Any) -> None:
    """Raise `ArgumentError` for points or a geometry of another kind."""
    if geometry is not None and not isinstance(geometry, shapely.Geometry):
        raise ArgumentError(
            f"a {type(geometry).__name__} is no geometry: give one of shapely, such as "
            "frame.union_all()"
        )
    if not (np.ndim(x) == np.ndim(y) == 1 and len(x) == len(y)):
        raise ArgumentError("x and y are no points: give an array of each, of one length")


def _coarse(x: _Floats, y: _Floats, geometry: Any, reach: float) -> tuple[_Floats, _Floats]:
    """Return bounds on the distance of each point; beyond the reach the lower one may be loose."""
    if len(x) < _FEWEST_POINTS:
        # An exact test of so few is cheaper than any preparation.
        return np.zeros(len(x)), np.full(len(x), np.inf)
    lattice = lattice_of(x, y)
    if lattice is not None:
        distance = _by_transform(lattice, geometry, reach)
        # A little more, since points may stray from the grid by rounding.
        slack = 1.0001 * (_HALF_DIAGONAL + _SPACING_CELLS / 2) * lattice.step
        at_least, at_most = distance - slack, distance + slack
    else:
        at_least, at_most = _by_nearest(x, y, geometry, reach)
    parts, areas = _parts(geometry)
    # Inside, as far as that is certain without an exact test.
    if lattice is None:
        inside = shapely.contains_xy(geometry, x, y)
    else:
        polygons = parts[areas]
        inside = label_points(polygons, lattice, shapely.is_valid(polygons)) >= 0
    at_least[inside] = at_most[inside] = 0.0
    return at_least, at_most


def _parts(geometry: Any) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Return the parts of a geometry, and which of them are polygons."""
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return parts, shapely.get_type_id(parts) == shapely.GeometryType.POLYGON


def _along(geometry: Any, spacing: float) -> _Floats:
    """Return points so along the outline that none of it is further than half the spacing."""
    parts, areas = _parts(geometry)
    lines = np.where(areas, shapely.boundary(parts), parts)
    return shapely.get_coordinates(shapely.segmentize(lines, spacing))


def _by_transform(lattice: Lattice, geometry: Any, reach: float) -> _Floats:
    from scipy.ndimage import distance_transform_edt  # noqa: PLC0415  heavy, and only used here

    step = lattice.step
    # Outlines beyond the points matter up to the reach, which the points' own extent bounds.
    margin = int(reach / step) + 2
    along = _along(geometry, _SPACING_CELLS * step)
    column = np.rint((along[:, 0] - lattice.x0) / step).astype(np.int64) + margin
    row = np.rint((along[:, 1] - lattice.y0) / step).astype(np.int64) + margin
    free = np.ones((lattice.rows + 2 * margin, lattice.columns + 2 * margin), dtype=bool)
    known = (row >= 0) & (row < free.shape[0]) & (column >= 0) & (column < free.shape[1])
    if not known.any():
        return np.full(len(lattice.row), np.inf)
    free[row[known], column[known]] = False
    distance = distance_transform_edt(free)[lattice.row + margin, lattice.column + margin]
    return np.asarray(distance * step, dtype=float)


def _by_nearest(x: _Floats, y: _Floats, geometry: Any, reach: float) -> tuple[_Floats, _Floats]:
    from scipy.spatial import KDTree  # noqa: PLC0415  heavy, and only used here

    spacing = max(reach / _SPACINGS_PER_DISTANCE, 1.0)
    tree = KDTree(_along(geometry, spacing))
    limit = reach + spacing
    found = tree.query(np.column_stack([x, y]), distance_upper_bound=limit)[0]
    distance = np.asarray(found, dtype=float)
    return np.minimum(distance, limit) - spacing / 2, distance
