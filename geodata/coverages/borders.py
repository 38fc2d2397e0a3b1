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
from geodata.coverages.incidence import Incidence
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
        perimeters = self.perimeter_m.iloc[self._alone(ids).matrix.indices]
        pairs, touching = (
            table[table[["left", "right"]].isin(perimeters.index).all(axis=1)]
            for table in (self.pairs, self.touching)
        )
        return BorderTable(
            pairs.reset_index(drop=True), touching.reset_index(drop=True), perimeters
        )

    def inner_border_m(self, ids: Iterable[Any]) -> float:
        """Return the length of the borders between units that are both among ``ids``."""
        return float(self.inner_borders_m(self._alone(ids)).iloc[0])

    def outer_border_m(self, ids: Iterable[Any]) -> float:
        """Return the perimeter of the units dissolved into one.

        The sum of the members' perimeters, less twice the borders between members. Coasts and
        national borders are part of it.
        """
        return float(self.outer_borders_m(self._alone(ids)).iloc[0])

    def inner_borders_m(self, groups: Incidence) -> "pd.Series[float]":
        r"""Return the length of the borders within each of many groups, as of `inner_border_m`.

        With *L* the lengths of the borders of all pairs and *M* the incidence of the groups, these
        are halves of the diagonal of :math:`M^\top L M`, of which nothing else is computed.

        Parameters
        ----------
        groups
            Groups of the units of this table, in its order.

        Raises
        ------
        CoverageError
            If they are groups of other units.

        Examples
        --------
        >>> from shapely import box
        >>> cells = gpd.GeoSeries({n: box(n, 0, n + 1, 1) for n in range(3)})
        >>> table = border_table(cells)
        >>> groups = Incidence.of(table.perimeter_m.index, {"left": [0, 1], "all": [0, 1, 2]})
        >>> table.inner_borders_m(groups).to_dict(), table.outer_borders_m(groups).to_dict()
        ({'left': 1.0, 'all': 2.0}, {'left': 6.0, 'all': 8.0})
        """
        return pd.Series(_inside(self._lengths, self._fitting(groups)) / 2, index=groups.groups)

    def outer_borders_m(self, groups: Incidence) -> "pd.Series[float]":
        """Return the perimeter of each of many groups dissolved into one, as of `outer_border_m`.

        Parameters
        ----------
        groups
            Groups of the units of this table, in its order.
        """
        return groups.sums(self.perimeter_m.to_numpy()) - 2 * self.inner_borders_m(groups)

    def neighbours(self, ids: Iterable[Any]) -> tuple[Any, ...]:
        """Return the units outside ``ids`` that share a border line with one of them, sorted."""
        member = self._alone(ids).matrix
        reached = (self._ties @ member).nonzero()[0]
        found = np.setdiff1d(reached, member.indices)
        return tuple(sorted(self.perimeter_m.index[found]))

    def of_groups(self, groups: Incidence | Mapping[Any, Iterable[Any]]) -> pd.DataFrame:
        """Return the borders of many groups of units at once; a unit may be in several.

        A row a group: ``units``; ``perimeter_m`` as of `outer_border_m`; ``inner_border_m``;
        ``links``, the pairs of members with a common border line; ``pieces``, the parts that
        such links hold together; and ``neighbours``, how many units outside share a border line.

        Parameters
        ----------
        groups
            The incidence of the groups, or units by group.
        """
        if not isinstance(groups, Incidence):
            groups = Incidence.of(self.perimeter_m.index, groups)
        member = self._fitting(groups)
        inner = self.inner_borders_m(groups)
        reached = self._ties @ member
        links = reached.multiply(member)
        return pd.DataFrame(
            {
                "units": groups.counts,
                "perimeter_m": groups.sums(self.perimeter_m.to_numpy()) - 2 * inner,
                "inner_border_m": inner,
                "links": (links.sum(axis=0) / 2).astype(np.int64),
                "pieces": self._pieces(member),
                "neighbours": np.diff(reached.tocsc().indptr) - np.diff(links.tocsc().indptr),
            },
            index=groups.groups,
        )

    def _pieces(self, member: sparse.csc_array) -> _Ints:
        """Return into how many parts the links of its members hold each group together."""
        # Members of all groups side by side, so that one search finds the pieces of every group.
        nodes = member.tocsr()
        nodes.data = np.arange(1, nodes.nnz + 1, dtype=np.int64)
        left, right = nodes[self._left], nodes[self._right]
        both = left.astype(bool).multiply(right.astype(bool))
        ends = [
            np.asarray(side.multiply(both).tocsr().data, np.int64) - 1 for side in (left, right)
        ]
        shape = (nodes.nnz, nodes.nnz)
        ties = sparse.coo_array((np.ones(len(ends[0]), np.int8), tuple(ends)), shape=shape)
        count, piece = connected_components(ties, directed=False)
        of_piece = np.zeros(count, dtype=np.int64)
        of_piece[piece] = nodes.indices
        return np.bincount(of_piece, minlength=member.shape[1])

    @cached_property
    def _left(self) -> _Ints:
        return np.asarray(self.perimeter_m.index.get_indexer(pd.Index(self.pairs["left"])))

    @cached_property
    def _right(self) -> _Ints:
        return np.asarray(self.perimeter_m.index.get_indexer(pd.Index(self.pairs["right"])))

    @cached_property
    def _lengths(self) -> sparse.csr_array:
        """Lengths of the common borders, units by units."""
        return self._symmetric(self.pairs["length_m"].to_numpy())

    @cached_property
    def _ties(self) -> sparse.csr_array:
        """Ones where two units have a common border."""
        return self._symmetric(np.ones(len(self.pairs)))

    def _symmetric(self, values: NDArray[np.float64]) -> sparse.csr_array:
        units = len(self.perimeter_m)
        rows, columns = (
            np.concatenate(ends) for ends in ((self._left, self._right), (self._right, self._left))
        )
        return sparse.csr_array(
            sparse.coo_array((np.tile(values, 2), (rows, columns)), shape=(units, units))
        )

    def _alone(self, ids: Iterable[Any]) -> Incidence:
        """Return the incidence of one group."""
        return Incidence.of(self.perimeter_m.index, {"": ids})

    def _fitting(self, groups: Incidence) -> sparse.csc_array:
        """Return the matrix of groups; those of other units are refused."""
        if groups.units is self.perimeter_m.index or groups.units.equals(self.perimeter_m.index):
            return groups.matrix
        raise CoverageError(
            f"groups of {len(groups.units)} units for a border table of {len(self.perimeter_m)}: "
            "give Incidence.of(borders.perimeter_m.index, groups)"
        )


def _inside(between: sparse.csr_array, member: sparse.csc_array) -> NDArray[np.float64]:
    """Return the sums over the pairs of members of each group, each pair taken in both ways."""
    found: NDArray[np.float64] = (between @ member).multiply(member).sum(axis=0)
    return np.asarray(found)


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
