"""Borders between polygons: who shares a border line with whom, for how long, and perimeters.

A coverage is a set of valid polygons that do not overlap and whose common borders have the same
vertices on both sides. In a coverage every piece of border between two vertices occurs twice
where two units meet and once on the outside, so one table of these edges answers for neighbours,
shared lengths and perimeters together, for units and for any group of them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from geodata.coverages.edges import Edges, edges_of, matched, proven
from geodata.coverages.polygons import refuse_degrees, unit_polygons
from geodata.errors import CoverageError
from geodata.messages import listed

__all__ = ["BorderTable", "border_table"]

_Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False, repr=False)
class BorderTable:
    """Borders of the units of a coverage.

    Attributes
    ----------
    pairs
        Units with a common border line (rook neighbours): ``left``, ``right``, ``length_m``;
        ``left`` sorts before ``right``, rows are sorted.
    touching
        Units that meet in points only (queen neighbours that are not rook neighbours):
        ``left``, ``right``.
    perimeter_m
        Length of the whole border of each unit, holes included, in the order of the geometries.
    """

    pairs: pd.DataFrame
    touching: pd.DataFrame
    perimeter_m: "pd.Series[float]"

    def __repr__(self) -> str:
        """Say how many units, borders and points of contact there are."""
        return (
            f"<BorderTable: {len(self.perimeter_m)} units, {len(self.pairs)} borders, "
            f"{len(self.touching)} contacts in points only>"
        )

    def induced(self, ids: Iterable[Any]) -> "BorderTable":
        """Return the borders among some of the units; perimeters stay those of each unit."""
        perimeters = self.perimeter_m[self._mask(ids)]
        pairs, touching = (
            table[table[["left", "right"]].isin(perimeters.index).all(axis=1)]
            for table in (self.pairs, self.touching)
        )
        return BorderTable(
            pairs.reset_index(drop=True), touching.reset_index(drop=True), perimeters
        )

    def inner_border_m(self, ids: Iterable[Any]) -> float:
        """Return the length of the borders between units that are both among ``ids``."""
        return self._inner(self._mask(ids))

    def outer_border_m(self, ids: Iterable[Any]) -> float:
        """Return the perimeter of the units dissolved into one.

        The sum of the members' perimeters, less twice the borders between members. Coasts and
        national borders are part of it.
        """
        inside = self._mask(ids)
        whole = float(self.perimeter_m.to_numpy()[inside].sum())
        return whole - 2.0 * self._inner(inside)

    def neighbours(self, ids: Iterable[Any]) -> tuple[Any, ...]:
        """Return the units outside ``ids`` that share a border line with one of them, sorted."""
        inside = self._mask(ids)
        left, right = inside[self._left], inside[self._right]
        found = np.concatenate((self._right[left & ~right], self._left[right & ~left]))
        return tuple(sorted(self.perimeter_m.index[np.unique(found)]))

    def of_groups(self, groups: Mapping[Any, Iterable[Any]]) -> pd.DataFrame:
        """Return the borders of many groups of units at once; a unit may be in several.

        A row a group: ``units``; ``perimeter_m`` as of `outer_border_m`; ``inner_border_m``;
        ``links``, the pairs of members with a common border line; ``pieces``, the parts that
        such links hold together; and ``neighbours``, how many units outside share a border line.
        """
        masks = [self._mask(ids) for ids in groups.values()]
        units = len(self.perimeter_m)
        member = sparse.csr_array(np.array(masks).reshape(len(groups), units))
        lengths = self.pairs["length_m"].to_numpy()
        inside = (member[:, self._left] * member[:, self._right]).tocoo()
        group, pair = inside.coords
        inner = np.bincount(group, weights=lengths[pair], minlength=len(groups))
        # Units of all groups side by side, so that one search finds the pieces of every group.
        nodes = member.tocoo()
        place = np.full(member.shape, -1, dtype=np.int32)
        place[nodes.coords] = np.arange(nodes.nnz)
        ends = place[group, self._left[pair]], place[group, self._right[pair]]
        ties = sparse.coo_array((np.ones(len(pair)), ends), shape=(nodes.nnz, nodes.nnz))
        count, piece = connected_components(ties, directed=False)
        of_piece = np.zeros(count, dtype=np.int64)
        of_piece[piece] = nodes.coords[0]
        both = np.concatenate((self._left, self._right)), np.concatenate((self._right, self._left))
        borders = sparse.coo_array((np.ones(len(both[0]), bool), both), shape=(units, units))
        reached = (member @ borders.tocsr()).astype(bool)
        return pd.DataFrame(
            {
                "units": member.sum(axis=1),
                "perimeter_m": member @ self.perimeter_m.to_numpy() - 2 * inner,
                "inner_border_m": inner,
                "links": np.bincount(group, minlength=len(groups)),
                "pieces": np.bincount(of_piece, minlength=len(groups)),
                "neighbours": (reached.astype(int) - reached.multiply(member)).sum(axis=1),
            },
            index=pd.Index(list(groups)),
        )

    @cached_property
    def _left(self) -> _Ints:
        return np.asarray(self.perimeter_m.index.get_indexer(pd.Index(self.pairs["left"])))

    @cached_property
    def _right(self) -> _Ints:
        return np.asarray(self.perimeter_m.index.get_indexer(pd.Index(self.pairs["right"])))

    def _inner(self, inside: NDArray[np.bool_]) -> float:
        both = inside[self._left] & inside[self._right]
        return float(self.pairs["length_m"].to_numpy()[both].sum())

    def _mask(self, ids: Iterable[Any]) -> NDArray[np.bool_]:
        """Return which of the units are among the ids; unknown ids are refused."""
        given = pd.Index([ids] if isinstance(ids, str) else list(ids), dtype=object).unique()
        places = self.perimeter_m.index.get_indexer(given)
        if (places < 0).any():
            raise CoverageError(
                f"{listed(given[places < 0])} not among the {len(self.perimeter_m)} units of the "
                "border table: give units of the division it was made from"
            )
        inside = np.zeros(len(self.perimeter_m), dtype=bool)
        inside[places] = True
        return inside


def border_table(geometry: gpd.GeoSeries) -> BorderTable:
    """Return who borders on whom and for how long, and every unit's perimeter.

    Two units are neighbours where they have a border line in common (rook contiguity); the
    length is that of the line. Units that meet in points only are listed apart. The polygons
    must be a coverage: this is checked first, since neither a length nor a neighbour could be
    trusted otherwise.

    Parameters
    ----------
    geometry
        Polygons and multipolygons in a projected CRS, indexed by unit. Holes and parts count.

    Raises
    ------
    CoverageError
        If a unit is given twice, has no polygon or an invalid one, or if units overlap or do not
        have the same vertices along their common border; the units are named.

    Examples
    --------
    >>> from shapely import box
    >>> borders = border_table(gpd.GeoSeries({"a": box(0, 0, 1, 1), "b": box(1, 0, 2, 1)}))
    >>> borders.pairs
      left right  length_m
    0    a     b       1.0
    >>> borders.outer_border_m(["a", "b"])
    6.0
    """
    geometry = unit_polygons(geometry, "polygons", empty=False)
    if geometry.empty:
        raise CoverageError("no polygons were given: give a GeoSeries with one polygon a unit")
    refuse_degrees(geometry)
    polygons = geometry.to_numpy()
    ids = geometry.index
    edges = edges_of(polygons)
    first, second, alone, most = matched(edges)
    opposite = edges.start[first] == edges.end[second]
    apart = edges.unit[first] != edges.unit[second]
    _check_coverage(geometry, edges, alone, paired=most <= 2 and (opposite & apart).all())

    # Units by position in sorted order, so that left < right can be decided on whole numbers.
    order = ids.argsort()
    rank, sorted_ids = np.argsort(order), ids[order]
    a, b = rank[edges.unit[first]], rank[edges.unit[second]]
    key = np.minimum(a, b) * len(ids) + np.maximum(a, b)
    lengths = edges.lengths
    pair_keys, at = np.unique(key, return_inverse=True)
    pairs = _pair_frame(pair_keys, sorted_ids)
    pairs["length_m"] = np.bincount(at, weights=lengths[first], minlength=len(pair_keys))
    touching = _pair_frame(_point_contacts(edges, rank, alone, pair_keys), sorted_ids)
    perimeter = np.bincount(edges.unit, weights=lengths, minlength=len(ids))
    return BorderTable(pairs, touching, pd.Series(perimeter, index=ids, name="perimeter_m"))


def _point_contacts(edges: Edges, rank: _Ints, alone: _Ints, rook: _Ints) -> _Ints:
    """Return keys of the pairs of units that have a vertex in common but no edge."""
    # Two units at a vertex have a border there, unless an edge from it is on the outside.
    several = np.bincount(edges.start) > 2
    several[edges.start[alone]] = True
    chosen = several[edges.start]
    vertex, unit = edges.start[chosen], rank[edges.unit[chosen]]
    shape = (len(edges.places), len(rank))
    there = sparse.csr_array((np.ones(len(unit), np.int32), (vertex, unit)), shape=shape)
    left, right = sparse.triu(there.T @ there, k=1).coords
    return np.setdiff1d(left.astype(np.int64) * len(rank) + right, rook)


def _pair_frame(keys: _Ints, sorted_ids: pd.Index) -> pd.DataFrame:
    left, right = np.divmod(keys, len(sorted_ids))
    return pd.DataFrame({"left": sorted_ids[left], "right": sorted_ids[right]})


def _check_coverage(geometry: gpd.GeoSeries, edges: Edges, alone: _Ints, *, paired: bool) -> None:
    """Raise where the polygons are no coverage, naming the units; one has its edges ``paired``."""
    polygons = geometry.to_numpy()
    valid = shapely.is_valid(polygons)
    if not valid.all():
        bad = np.flatnonzero(~valid)
        raise CoverageError(
            f"{listed(geometry.index[bad])} with an invalid polygon "
            f"({shapely.is_valid_reason(polygons[bad[0]])}): "
            "geodata.check_coverage says what is wrong and where"
        )
    if paired and (proven(polygons, edges, alone) or shapely.coverage_is_valid(polygons)):
        return
    at_fault = ~shapely.is_empty(shapely.coverage_invalid_edges(polygons))
    raise CoverageError(
        f"{listed(geometry.index[at_fault])} overlap or have different vertices along their common "
        "border: geodata.check_coverage lists every place, and can repair them"
    )
