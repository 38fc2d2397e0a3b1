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


@dataclass(frozen=True, eq=False)
class Edges:
    """Pieces of border between two vertices, in the direction that has the unit on its right.

    Attributes
    ----------
    start, end
        Numbers of the vertices.
    unit
        Position of the unit.
    places
        Coordinates of the vertices, as complex numbers.
    """

    start: _Ints
    end: _Ints
    unit: _Ints
    places: NDArray[np.complex128]

    @property
    def lengths(self) -> NDArray[np.float64]:
        """Length of each edge."""
        return np.abs(self.places[self.end] - self.places[self.start])


def edges_of(polygons: NDArray[Any]) -> Edges:
    """Return the edges of all rings, ring after ring; vertices given twice make no edge."""
    parts, of_part = shapely.get_parts(polygons, return_index=True)
    rings, of_ring = shapely.get_rings(shapely.orient_polygons(parts), return_index=True)
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    vertex, places = pd.factorize(np.ascontiguousarray(coordinates).view(np.complex128)[:, 0])
    # A vertex given twice makes an edge without length, which belongs to nobody.
    within = np.flatnonzero((ring[1:] == ring[:-1]) & (vertex[1:] != vertex[:-1]))
    unit = of_part[of_ring[ring[within]]].astype(np.int64)
    return Edges(vertex[within], vertex[within + 1], unit, places)


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
    right. So there is no overlap if the edges do not meet but in common ends, and if beside each
    run of them, from one junction to the next, there is no other unit. This looks at the outside
    alone, which is a fraction of all borders.
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
