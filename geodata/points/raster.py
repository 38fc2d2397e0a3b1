"""Which polygon each point of a regular grid lies in, without a search for each point or polygon.

Along a row of grid points, the polygon changes only where an edge crosses the row. Each edge adds
its polygon's number at the first point right of the crossing where the polygon begins, and takes it
away where the polygon ends; the running sum along the row is then the number of the polygon at
every point. Of n polygons the numbers are n to 2n - 1, so that a sum below n stands for none, one
below 2n for one, and any other for several. Points in several, and points closer to an edge than
rounding can tell, are left to an exact test. All of this holds for valid polygons, which are over
each point once or not at all; one that crosses itself counts twice or negatively in places, so the
points around it are left to the exact test too.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.coverages.polygons import only

__all__ = ["OUTSIDE", "UNDECIDED", "Lattice", "label_points", "lattice_of"]

OUTSIDE = -1
"""The point lies in no polygon."""
UNDECIDED = -2
"""The point lies in several polygons, or too near a border for floating-point sums."""

_Floats = NDArray[np.float64]
_Ints = NDArray[np.int64]
_Places = NDArray[np.int32]

_TOLERANCE_M = 1e-6
_CELLS_AT_ONCE = 2_000_000
_VERTICES_AT_ONCE = 250_000
_MOST_CELLS_PER_POINT = 200
_PER_METRE = 1000


@dataclass(frozen=True, eq=False)
class Lattice:
    """A regular grid and the place of each point in it.

    Attributes
    ----------
    x0, y0
        Coordinates of the first column and row.
    step
        Distance between neighbouring columns, and rows.
    columns, rows
        Size of the grid.
    column, row
        Column and row of each point.
    """

    x0: float
    y0: float
    step: float
    columns: int
    rows: int
    column: NDArray[np.int32]
    row: NDArray[np.int32]


def lattice_of(x: _Floats, y: _Floats) -> Lattice | None:
    """Return the regular grid that all points are on, or None if there is none worth using.

    Coordinates of a grid are whole millimetres and all differ by multiples of the step; a grid
    with hundreds of empty places for each point is no gain over a search.
    """
    if len(x) < 2 or not (np.isfinite(x).all() and np.isfinite(y).all()):
        return None
    x0, y0 = float(x.min()), float(y.min())
    width, height = float(x.max()) - x0, float(y.max()) - y0
    sample = slice(None, None, max(1, len(x) // 4096))
    step = _common_step(x[sample] - x0, y[sample] - y0)
    for _ in range(2):
        if not step or (width / step + 1) * (height / step + 1) > len(x) * _MOST_CELLS_PER_POINT:
            return None
        column, row = _whole(x, x0, step), _whole(y, y0, step)
        if column is not None and row is not None:
            columns, rows = round(width / step) + 1, round(height / step) + 1
            return Lattice(x0, y0, step, columns, rows, column, row)
        step = _common_step(x - x0, y - y0)
    return None


def _common_step(dx: _Floats, dy: _Floats) -> float:
    whole = np.rint(np.concatenate((dx, dy)) * _PER_METRE).astype(np.int64)
    return int(np.gcd.reduce(whole)) / _PER_METRE


def _whole(values: _Floats, origin: float, step: float) -> NDArray[np.int32] | None:
    position = (values - origin) / step
    nearest = np.rint(position)
    position -= nearest
    if np.abs(position, out=position).max() * step > _TOLERANCE_M:
        return None
    return nearest.astype(np.int32)


def label_points(
    polygons: NDArray[Any], lattice: Lattice, valid: NDArray[np.bool_]
) -> NDArray[np.int32]:
    """Return, for each point of a lattice, the position of the polygon that it lies in.

    Points on or within a micrometre of an edge, points in several polygons and points between the
    bounds of a polygon that is not valid are `UNDECIDED`; points in none are `OUTSIDE`. All other
    answers are those of an exact test.
    """
    labels = np.full(len(lattice.row), OUTSIDE, dtype=np.int32)
    if not len(polygons):
        return labels
    trace = _trace(only(polygons, valid), lattice)
    broken = [_places_between(bounds, lattice) for bounds in shapely.bounds(polygons[~valid])]
    # Every row's sum returns to zero, so one running sum serves all rows laid end to end.
    width = lattice.columns + 1
    rows_at_once = max(1, _CELLS_AT_ONCE // width)
    strips = -(-lattice.rows // rows_at_once)
    rows = (lattice.row, trace.row, trace.near_row)
    found = zip(*(_by_strip(row, rows_at_once, strips) for row in rows), strict=True)
    for strip, (mine, of_strip, in_doubt) in enumerate(found):
        start = strip * rows_at_once
        here = (trace.row[of_strip].astype(np.int64) - start) * width + trace.column[of_strip]
        size = min(rows_at_once, lattice.rows - start) * width
        begins = np.sign(trace.signed[of_strip])
        number = trace.signed[of_strip] + begins * (len(polygons) - 1)
        running = np.bincount(here, number, minlength=size)
        running = running.astype(float, copy=False)  # counts of nothing come as integers
        np.cumsum(running, out=running)
        doubt = (trace.near_row[in_doubt].astype(np.int64) - start) * width
        running[doubt + trace.near_column[in_doubt]] = np.nan
        for low, high, places in broken:
            of_rows = slice(max(low - start, 0), max(high - start, 0))
            running.reshape(-1, width)[of_rows, places] = np.nan
        place = (lattice.row[mine].astype(np.int64) - start) * width + lattice.column[mine]
        labels[mine] = _decoded(running[place], len(polygons))
    return labels


def _decoded(sums: _Floats, polygons: int) -> NDArray[np.int32]:
    number = sums - polygons
    # In no polygon the sum is zero; not-a-number marks the neighbourhood of an edge.
    other = np.where(sums == 0, OUTSIDE, UNDECIDED)
    return np.where((number >= 0) & (number < polygons), number, other).astype(np.int32)


def _places_between(bounds: _Floats, lattice: Lattice) -> tuple[int, int, slice]:
    """Return the first row between bounds, the one after the last, and the columns."""
    if np.isnan(bounds).any():
        return 0, 0, slice(0)
    origin, ends = (lattice.x0, lattice.y0), (lattice.columns, lattice.rows)
    low = np.floor((bounds[:2] - origin) / lattice.step).clip(0, ends)
    high = (np.ceil((bounds[2:] - origin) / lattice.step) + 1).clip(0, ends)
    return int(low[1]), int(high[1]), slice(int(low[0]), int(high[0]))


def _by_strip(row: NDArray[Any], rows: int, strips: int) -> Iterator[Any]:
    """Yield, for each strip of rows, the positions (or the slice) that fall into it."""
    if strips == 1:
        yield slice(None)
        return
    strip = (row // rows).astype(np.uint16)
    in_order = bool((strip[1:] >= strip[:-1]).all())
    order = None if in_order else np.argsort(strip, kind="stable")
    cuts = np.searchsorted(strip, np.arange(strips + 1), sorter=order)
    for start, end in itertools.pairwise(cuts):
        yield slice(start, end) if order is None else order[start:end]


@dataclass(frozen=True, eq=False)
class _Trace:
    """Where polygons begin and end in the rows of a lattice."""

    row: _Places
    column: _Places  # the first place right of the crossing
    signed: _Places  # the polygon, from 1; negative where it ends
    near_row: _Places  # places that rounding cannot tell from an edge
    near_column: _Places


def _trace(polygons: NDArray[Any], lattice: Lattice) -> _Trace:
    """Trace the polygons some at a time, since few of their vertices are beside a row."""
    parts: list[tuple[NDArray[Any], ...]] = [(np.empty(0),) * 5]
    vertices = np.cumsum(shapely.get_num_coordinates(polygons))
    cuts = np.arange(0, int(vertices[-1]), _VERTICES_AT_ONCE)
    starts = np.append(np.searchsorted(vertices, cuts), len(polygons))
    for start, end in itertools.pairwise(starts):
        edges = _edges(polygons[start:end])
        if edges is not None:
            row, at, doubt, signed = _crossings(edges, lattice)
            column = np.ceil(at).clip(0, lattice.columns)
            signed += np.where(signed > 0, start, -start)
            beside = _places(row, at - doubt, at + doubt, lattice)
            ends = _places(*_flat_ends(edges, lattice), lattice)
            near = (np.concatenate(pair) for pair in zip(beside, ends, strict=True))
            parts.append((row, column, signed, *near))
    return _Trace(*(np.concatenate(p).astype(np.int32) for p in zip(*parts, strict=True)))


@dataclass(frozen=True, eq=False)
class _Edges:
    x: _Floats
    y: _Floats
    joined: NDArray[np.bool_]  # vertex i and i + 1 are the ends of an edge
    ring: NDArray[np.int32]
    sign: NDArray[np.int8]  # by ring: 1 where the polygon is left of the ring's direction
    unit: _Ints  # by ring


def _edges(polygons: NDArray[Any]) -> _Edges | None:
    usable = np.flatnonzero(~(shapely.is_missing(polygons) | shapely.is_empty(polygons)))
    if not len(usable):
        return None
    kind, coordinates, offsets = shapely.to_ragged_array(polygons[usable], include_z=False)
    ring_starts, polygon_starts = offsets[0], offsets[1]
    of_unit = polygon_starts
    if kind == shapely.GeometryType.MULTIPOLYGON:
        of_unit = polygon_starts[offsets[2]]
    unit = np.repeat(usable, np.diff(of_unit))
    x, y = np.ascontiguousarray(coordinates[:, 0]), np.ascontiguousarray(coordinates[:, 1])
    sizes = np.diff(ring_starts)
    ring = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    joined = ring[1:] == ring[:-1]
    # Twice the signed area, from the first vertex of each ring so that small rings stay exact.
    from_first_x, from_first_y = x - x[ring_starts[ring]], y - y[ring_starts[ring]]
    twice = from_first_x[:-1] * from_first_y[1:] - from_first_x[1:] * from_first_y[:-1]
    twice[~joined] = 0.0
    left = np.add.reduceat(twice, ring_starts[:-1].clip(max=max(0, len(twice) - 1))) > 0
    shell = np.zeros(len(sizes), dtype=bool)
    shell[polygon_starts[:-1]] = True
    sign = np.where(left == shell, 1, -1).astype(np.int8)
    return _Edges(x, y, joined, ring, sign, unit)


def _crossings(edges: _Edges, lattice: Lattice) -> tuple[_Ints, _Floats, _Floats, _Ints]:
    """Return row, column (with its fraction), doubt and polygon where edges cross rows."""
    level = np.ceil((edges.y - lattice.y0) / lattice.step)
    np.clip(level, 0, lattice.rows, out=level)
    crossing = np.flatnonzero((level[1:] != level[:-1]) & edges.joined)
    start, end = level[crossing], level[crossing + 1]
    count = np.abs(end - start).astype(np.int64)
    edge = np.repeat(crossing, count)
    row = np.repeat(np.minimum(start, end).astype(np.int64), count) + _counted(count)
    # From the lower end up, whichever way the ring runs: both sides of a border get one result.
    upward = edges.y[edge + 1] > edges.y[edge]
    low, high = np.where(upward, edge, edge + 1), np.where(upward, edge + 1, edge)
    run, rise = edges.x[high] - edges.x[low], edges.y[high] - edges.y[low]
    at = edges.x[low] + (lattice.y0 + row * lattice.step - edges.y[low]) / rise * run
    # The flatter the edge, the less certain where it crosses.
    doubt = np.minimum(_TOLERANCE_M * (1 + np.abs(run / rise)), _TOLERANCE_M + np.abs(run))
    ring = edges.ring[edge]
    signed = np.where(upward, -1, 1) * edges.sign[ring] * (edges.unit[ring] + 1)
    return row, (at - lattice.x0) / lattice.step, doubt / lattice.step, signed


def _flat_ends(edges: _Edges, lattice: Lattice) -> tuple[_Ints, _Floats, _Floats]:
    """Return row and columns, from and to, where an edge runs along a row from one of its ends.

    An end alone, where two edges meet on a row without crossing it, counts too.
    """
    level = (edges.y - lattice.y0) / lattice.step
    nearest = np.rint(level)
    level -= nearest
    end = np.flatnonzero(np.abs(level, out=level) <= _TOLERANCE_M / lattice.step)
    rows, low, high = [], [], []
    for side in (0, 1):
        edge = (end - side).clip(0, len(edges.joined) - 1)
        other = np.where(edges.joined[edge], edge + 1 - side, end)
        rise = np.abs(edges.y[other] - edges.y[end])
        # How much of the edge stays within twice the tolerance of the row.
        share = np.minimum(1.0, 2 * _TOLERANCE_M / np.maximum(rise, _TOLERANCE_M))
        reach = edges.x[end] + (edges.x[other] - edges.x[end]) * share
        rows.append(nearest[end].astype(np.int64))
        low.append(np.minimum(edges.x[end], reach) - _TOLERANCE_M)
        high.append(np.maximum(edges.x[end], reach) + _TOLERANCE_M)
    columns_from = (np.concatenate(low) - lattice.x0) / lattice.step
    columns_to = (np.concatenate(high) - lattice.x0) / lattice.step
    return np.concatenate(rows), columns_from, columns_to


def _places(row: _Ints, low: _Floats, high: _Floats, lattice: Lattice) -> tuple[_Ints, _Ints]:
    """Return every place of the lattice in the given rows between two columns."""
    first = np.ceil(low.clip(0, lattice.columns)).astype(np.int64)
    last = np.floor(high.clip(-1, lattice.columns - 1)).astype(np.int64)
    count = np.where((row >= 0) & (row < lattice.rows), np.maximum(0, last - first + 1), 0)
    some = np.flatnonzero(count)
    count = count[some]
    return np.repeat(row[some], count), np.repeat(first[some], count) + _counted(count)


def _counted(count: _Ints) -> _Ints:
    """Return 0, 1, ... up to each count in turn."""
    ends = np.cumsum(count)
    return np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - count, count)
