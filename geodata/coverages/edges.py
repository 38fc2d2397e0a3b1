"""Edges of polygons, matched exactly: the kernel of the border table.

An edge is a piece of border between two vertices. Vertices are numbered by their exact coordinates,
so that edges are compared by whole numbers.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

__all__ = ["Edges", "edges_of", "matched", "proven"]

_Ints = NDArray[np.int64]
# Odd numbers that spread bits, as hashes of whole numbers do (Steele et al. 2014).
_MIX = np.array([0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9], dtype=np.uint64)
_SHIFT = np.uint64(30)


@dataclass(frozen=True, eq=False)
class Edges:
    """Pieces of border between two vertices, all with their unit on the same side.

    Attributes
    ----------
    start, end
        Numbers of the vertices.
    unit
        Position of the unit.
    places
        Coordinates of the vertices, as complex numbers.
    lengths
        Length of each edge.
    """

    start: _Ints
    end: _Ints
    unit: _Ints
    places: NDArray[np.complex128]
    lengths: NDArray[np.float64]


def edges_of(polygons: NDArray[Any]) -> Edges:
    """Return the edges of all rings, ring after ring; vertices given twice make no edge."""
    points, ring, of_ring = _rings(polygons)
    vertex, places = _numbered(points)
    # A vertex given twice makes an edge without length, which belongs to nobody.
    within = np.flatnonzero((ring[1:] == ring[:-1]) & (vertex[1:] != vertex[:-1]))
    lengths = np.abs(np.diff(points))[within]
    return Edges(vertex[within], vertex[within + 1], of_ring[ring[within]], places, lengths)


def _rings(polygons: NDArray[Any]) -> tuple[NDArray[np.complex128], _Ints, _Ints]:
    """Return the vertices of all rings, with the polygon on the same side of every edge.

    With the number of the ring of each vertex, and the position of the polygon of each ring.
    """
    _, coordinates, offsets = shapely.to_ragged_array(polygons, include_z=False)
    # Minus zero is the same place as zero.
    points = np.ascontiguousarray(coordinates + 0.0).view(np.complex128)[:, 0]
    start, *outer = (np.asarray(one, dtype=np.int64) for one in offsets)
    sizes = np.diff(start)
    ring = np.repeat(np.arange(len(sizes)), sizes)
    of_ring = np.arange(len(sizes))
    for level in outer:
        of_ring = np.searchsorted(level, of_ring, side="right") - 1
    shell = np.zeros(len(sizes), dtype=bool)
    shell[outer[0][:-1]] = True
    x = points.real - np.repeat(points.real[start[:-1]], sizes)
    twice = np.zeros(len(points))
    np.multiply(x[1:] + x[:-1], np.diff(points.imag), out=twice[1:])
    twice[start[:-1]] = 0.0
    clockwise = (np.add.reduceat(twice, start[:-1]) < 0) == shell
    # The fewer are turned: from one end to the other within a ring that runs the other way.
    turned = clockwise if 2 * clockwise.sum() <= len(clockwise) else ~clockwise
    if turned.any():
        at = np.flatnonzero(turned[ring])
        points[at] = points[(start[:-1] + start[1:] - 1)[ring[at]] - at]
    return points, ring, of_ring


def _numbered(points: NDArray[np.complex128]) -> tuple[_Ints, NDArray[np.complex128]]:
    """Return the number of each vertex, the same for the same place, and the places."""
    bits = points.view(np.uint64).reshape(-1, 2)
    mixed = bits[:, 0] * _MIX[0]
    mixed ^= mixed >> _SHIFT
    mixed += bits[:, 1]
    mixed *= _MIX[1]
    mixed ^= mixed >> _SHIFT
    vertex, known = pd.factorize(mixed)
    places = np.empty(len(known), dtype=np.complex128)
    places[vertex] = points
    # Whole numbers are told apart twice as fast; where two places have one, the places decide.
    if (places[vertex] == points).all():
        return vertex, places
    return pd.factorize(points)


def matched(edges: Edges) -> tuple[_Ints, _Ints, _Ints, int]:
    """Return both edges of each that occurs twice, those that occur once, and the most times."""
    low, high = np.minimum(edges.start, edges.end), np.maximum(edges.start, edges.end)
    key = low * len(edges.places) + high
    order = np.argsort(key, kind="stable")
    starts = np.flatnonzero(np.diff(key[order], prepend=-1))
    sizes = np.diff(starts, append=len(order))
    twice = starts[sizes == 2]
    return order[twice], order[twice + 1], order[starts[sizes == 1]], int(sizes.max(initial=0))


def proven(polygons: NDArray[Any], edges: Edges, alone: _Ints) -> bool:
    """Return True if the edges that occur once prove a coverage; False leaves it open.

    How many polygons lie over a place changes at these edges only, by one, with the unit on the
    same side of each. So there is no overlap if the edges do not meet but in common ends, and if
    beside each run of them, from one junction to the next, there is no other unit. This looks at
    the outside alone, which is a fraction of all borders.
    """
    alone = np.sort(alone)
    start, end, unit = edges.start[alone], edges.end[alone], edges.unit[alone]
    junction = np.bincount(start)[start] > 1
    goes_on = (end[:-1] == start[1:]) & (unit[:-1] == unit[1:])
    begins = np.concatenate(([True], ~(goes_on & ~junction[1:])))[: len(alone)]
    run = np.cumsum(begins) - 1
    ends = np.flatnonzero(np.append(begins[1:], True)[: len(alone)])
    # Every edge gives its start, and the last of a run its end as well.
    line = edges.places[np.insert(start, ends + 1, end[ends])]
    lines = shapely.linestrings(line.real, line.imag, indices=np.insert(run, ends + 1, run[ends]))
    if not shapely.is_simple(shapely.multilinestrings(np.asarray(lines, dtype=object))):
        return False
    middles = (edges.places[start[begins]] + edges.places[end[begins]]) / 2
    points = shapely.points(middles.real, middles.imag)
    which, over = shapely.STRtree(polygons).query(points, predicate="intersects")
    return bool((over == unit[begins][which]).all())
