"""Edges of polygons, matched exactly: the kernel of the border table.

An edge is a piece of border between two vertices. Edges are sorted by a hash of their coordinates
and then compared by value, which is several times faster than sorting them by value.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

__all__ = ["Edges", "edges_of", "grouped", "matched", "proven"]

_Floats = NDArray[np.float64]
_Ints = NDArray[np.int64]
_Hashes = NDArray[np.uint64]


@dataclass(frozen=True, eq=False)
class Edges:
    """Pieces of border between two vertices, in the direction that has the unit on its right."""

    x1: _Floats
    y1: _Floats
    x2: _Floats
    y2: _Floats
    unit: _Ints


def edges_of(polygons: NDArray[Any]) -> Edges:
    """Return the edges of all rings, ring after ring; vertices given twice make no edge."""
    parts, of_part = shapely.get_parts(polygons, return_index=True)
    rings, of_ring = shapely.get_rings(shapely.orient_polygons(parts), return_index=True)
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    coordinates += 0.0  # minus zero and zero are one place, yet differ in their bits
    x, y = np.ascontiguousarray(coordinates.T)
    within = np.flatnonzero(ring[1:] == ring[:-1])
    # A vertex given twice makes an edge without length, which belongs to nobody.
    within = within[(x[within] != x[within + 1]) | (y[within] != y[within + 1])]
    unit = of_part[of_ring[ring[within]]].astype(np.int64)
    return Edges(x[within], y[within], x[within + 1], y[within + 1], unit)


def matched(edges: Edges) -> tuple[_Ints, _Ints, _Ints, int]:
    """Return both edges of each that occurs twice, those that occur once, and the most times."""
    swap = (edges.x1 > edges.x2) | ((edges.x1 == edges.x2) & (edges.y1 > edges.y2))
    order, starts = grouped(
        np.where(swap, edges.x2, edges.x1),
        np.where(swap, edges.y2, edges.y1),
        np.where(swap, edges.x1, edges.x2),
        np.where(swap, edges.y1, edges.y2),
    )
    sizes = np.diff(np.append(starts, len(order)))
    twice = starts[sizes == 2]
    return order[twice], order[twice + 1], order[starts[sizes == 1]], int(sizes.max(initial=0))


def proven(polygons: NDArray[Any], edges: Edges, alone: _Ints) -> bool:
    """
    Return True if the edges that occur once prove a coverage; False leaves it open.

    How many polygons lie over a place changes at these edges only, by one, with the unit on the
    right. So there is no overlap if the edges do not meet but in common ends, and if beside each
    run of them, from one junction to the next, there is no other unit. This looks at the outside
    alone, which is a fraction of all borders.
    """
    alone = np.sort(alone)
    x1, y1, x2, y2 = (column[alone] for column in (edges.x1, edges.y1, edges.x2, edges.y2))
    unit = edges.unit[alone]
    order, starts = grouped(x1, y1)
    sizes = np.diff(np.append(starts, len(order)))
    junction = np.zeros(len(alone), dtype=bool)
    junction[order] = np.repeat(sizes > 1, sizes)
    goes_on = (x2[:-1] == x1[1:]) & (y2[:-1] == y1[1:]) & (unit[:-1] == unit[1:])
    begins = np.concatenate(([True], ~(goes_on & ~junction[1:])))[: len(alone)]
    run = np.cumsum(begins) - 1
    ends = np.flatnonzero(np.append(begins[1:], True)[: len(alone)])
    # Every edge gives its start, and the last of a run its end as well.
    at = np.insert(np.arange(len(alone)), ends + 1, -1)
    last = np.flatnonzero(at < 0)
    x, y = x1[at], y1[at]
    x[last], y[last] = x2[ends], y2[ends]
    lines = shapely.linestrings(x, y, indices=np.insert(run, ends + 1, run[ends]))
    if not shapely.is_simple(shapely.multilinestrings(np.asarray(lines, dtype=object))):
        return False
    middles = shapely.points((x1[begins] + x2[begins]) / 2, (y1[begins] + y2[begins]) / 2)
    which, over = shapely.STRtree(polygons).query(middles, predicate="intersects")
    return bool((over == unit[begins][which]).all())


def grouped(*columns: _Floats) -> tuple[_Ints, _Ints]:
    """
    Return an order of the rows that puts equal rows side by side, and where each group starts.

    Hash and row number are packed into one integer, since sorting integers is several times
    faster than sorting rows. The hash keeps what bits remain, so rows that are side by side are
    compared by value, and runs in which unequal rows share a hash are sorted out by value.
    """
    count = len(columns[0])
    bits = np.uint64(max(1, int(count).bit_length()))
    low = (np.uint64(1) << bits) - np.uint64(1)
    packed = (_mixed(*columns) & ~low) | np.arange(count, dtype=np.uint64)
    packed.sort()
    order = (packed & low).astype(np.int64)
    same_hash = (packed[1:] >> bits) == (packed[:-1] >> bits)
    same_row = same_hash.copy()
    for column in columns:
        in_order = column[order]
        same_row &= in_order[1:] == in_order[:-1]
    collided = np.flatnonzero(same_hash & ~same_row)
    if len(collided):
        _sort_out(order, same_hash, same_row, columns, collided)
    starts = np.flatnonzero(np.concatenate(([True], ~same_row)))
    return order, starts


def _sort_out(
    order: _Ints,
    same_hash: NDArray[np.bool_],
    same_row: NDArray[np.bool_],
    columns: tuple[_Floats, ...],
    collided: _Ints,
) -> None:
    """Sort by value, in place, every run of equal hashes that holds unequal rows."""
    run_starts = np.flatnonzero(np.concatenate(([True], ~same_hash)))
    run_ends = np.append(run_starts[1:], len(order))
    for run in np.unique(np.searchsorted(run_starts, collided, side="right") - 1):
        start, end = run_starts[run], run_ends[run]
        rows = order[start:end]
        rows = rows[np.lexsort([column[rows] for column in columns])]
        order[start:end] = rows
        equal = np.ones(end - start - 1, dtype=bool)
        for column in columns:
            equal &= column[rows[1:]] == column[rows[:-1]]
        same_row[start : end - 1] = equal


def _mixed(*columns: _Floats) -> _Hashes:
    """Return a 64-bit hash of rows of floating-point numbers, by their exact bits."""
    mixed = np.zeros(len(columns[0]), dtype=np.uint64)
    for column in columns:
        mixed ^= column.view(np.uint64)
        # The finaliser of MurmurHash3: every bit of the input moves every bit of the hash.
        mixed ^= mixed >> np.uint64(33)
        mixed *= np.uint64(0xFF51AFD7ED558CCD)
        mixed ^= mixed >> np.uint64(33)
        mixed *= np.uint64(0xC4CEB9FE1A85EC53)
        mixed ^= mixed >> np.uint64(33)
    return mixed
