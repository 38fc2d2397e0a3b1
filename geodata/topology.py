"""Borders between polygons: who shares a border line with whom, for how long, and perimeters.

A coverage is a set of valid polygons that do not overlap and whose common borders have the same
vertices on both sides. In a coverage every piece of border between two vertices occurs twice
where two units meet and once on the outside, so one table of these edges answers for neighbours,
shared lengths and perimeters together, for units and for any group of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from .errors import CoverageError

__all__ = ["BorderTable", "border_table"]

_Floats = NDArray[np.float64]
_Ints = NDArray[np.int64]
_Hashes = NDArray[np.uint64]

_NAMED_IN_ERRORS = 5


@dataclass(frozen=True, eq=False, repr=False)
class BorderTable:
    """
    Borders of the units of a coverage.

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
        inside = self._members(ids)
        return BorderTable(
            pairs=self._among(self.pairs, inside),
            touching=self._among(self.touching, inside),
            perimeter_m=self.perimeter_m[self.perimeter_m.index.isin(inside)],
        )

    def inner_border_m(self, ids: Iterable[Any]) -> float:
        """Return the length of the borders between units that are both among ``ids``."""
        return float(self._among(self.pairs, self._members(ids))["length_m"].sum())

    def outer_border_m(self, ids: Iterable[Any]) -> float:
        """
        Return the perimeter of the units dissolved into one.

        The sum of the members' perimeters, less twice the borders between members. Coasts and
        national borders are part of it.
        """
        members = self._members(ids)
        whole = float(self.perimeter_m.loc[members].sum())
        return whole - 2.0 * self.inner_border_m(members)

    def neighbours(self, ids: Iterable[Any]) -> tuple[Any, ...]:
        """Return the units outside ``ids`` that share a border line with one of them, sorted."""
        members = self._members(ids)
        left = self.pairs["left"].isin(members)
        right = self.pairs["right"].isin(members)
        found = set(self.pairs.loc[left & ~right, "right"])
        found |= set(self.pairs.loc[right & ~left, "left"])
        return tuple(sorted(found))

    def _members(self, ids: Iterable[Any]) -> pd.Index:
        members = pd.Index([ids] if isinstance(ids, str) else list(ids)).unique()
        unknown = members.difference(self.perimeter_m.index)
        if len(unknown):
            raise CoverageError(
                f"{_listed(unknown)} not among the {len(self.perimeter_m)} units of the border "
                "table: give units of the division it was made from"
            )
        return members

    @staticmethod
    def _among(table: pd.DataFrame, members: pd.Index) -> pd.DataFrame:
        keep = table["left"].isin(members) & table["right"].isin(members)
        return table[keep].reset_index(drop=True)


def border_table(geometry: gpd.GeoSeries) -> BorderTable:
    """
    Return who borders on whom and for how long, and every unit's perimeter.

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
    _check_units(geometry)
    polygons = geometry.to_numpy()
    ids = geometry.index
    edges = _edges(polygons)
    first, second = _matched(edges)
    _check_coverage(geometry, edges, first, second)

    # Units by position in sorted order, so that left < right can be decided on whole numbers.
    order = ids.argsort()
    rank = np.empty(len(ids), dtype=np.int64)
    rank[order] = np.arange(len(ids))
    sorted_ids = ids[order]

    a, b = rank[edges.unit[first]], rank[edges.unit[second]]
    key = np.minimum(a, b) * len(ids) + np.maximum(a, b)
    lengths = np.hypot(edges.x2 - edges.x1, edges.y2 - edges.y1)
    pair_keys, at = np.unique(key, return_inverse=True)
    shared = np.bincount(at, weights=lengths[first], minlength=len(pair_keys))
    pairs = _pair_frame(pair_keys, sorted_ids)
    pairs["length_m"] = shared
    touching = _pair_frame(_point_contacts(edges, rank, pair_keys), sorted_ids)
    perimeter = np.bincount(edges.unit, weights=lengths, minlength=len(ids))
    return BorderTable(
        pairs=pairs,
        touching=touching,
        perimeter_m=pd.Series(perimeter, index=ids, name="perimeter_m"),
    )


@dataclass(frozen=True, eq=False)
class _Edges:
    """Pieces of border between two vertices, in the direction that has the unit on its right."""

    x1: _Floats
    y1: _Floats
    x2: _Floats
    y2: _Floats
    unit: _Ints


def _edges(polygons: NDArray[Any]) -> _Edges:
    parts, of_part = shapely.get_parts(polygons, return_index=True)
    rings, of_ring = shapely.get_rings(shapely.orient_polygons(parts), return_index=True)
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    coordinates += 0.0  # minus zero and zero are one place, yet differ in their bits
    x, y = np.ascontiguousarray(coordinates.T)
    within = np.flatnonzero(ring[1:] == ring[:-1])
    # A vertex given twice makes an edge without length, which belongs to nobody.
    within = within[(x[within] != x[within + 1]) | (y[within] != y[within + 1])]
    unit = of_part[of_ring[ring[within]]].astype(np.int64)
    return _Edges(x[within], y[within], x[within + 1], y[within + 1], unit)


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


def _grouped(*columns: _Floats) -> tuple[_Ints, _Ints]:
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


def _matched(edges: _Edges) -> tuple[_Ints, _Ints]:
    """Return the edges that occur twice; groups of any other size are left to the check."""
    swap = (edges.x1 > edges.x2) | ((edges.x1 == edges.x2) & (edges.y1 > edges.y2))
    order, starts = _grouped(
        np.where(swap, edges.x2, edges.x1),
        np.where(swap, edges.y2, edges.y1),
        np.where(swap, edges.x1, edges.x2),
        np.where(swap, edges.y1, edges.y2),
    )
    sizes = np.diff(np.append(starts, len(order)))
    twice = starts[sizes == 2]
    return order[twice], order[twice + 1]


def _point_contacts(edges: _Edges, rank: _Ints, rook: _Ints) -> _Ints:
    """Return keys of the pairs of units that have a vertex in common but no edge."""
    order, starts = _grouped(edges.x1, edges.y1)
    sizes = np.diff(np.append(starts, len(order)))
    # Where two edges meet there are at most two units, and they share both edges.
    several = np.flatnonzero(sizes > 1)
    size = int(sizes.max(initial=1))
    found: list[_Ints] = []
    units = rank[edges.unit[order]]
    count = len(rank)
    for step in range(1, size):
        # Every vertex against the one `step` places on in its group.
        for offset in range(size - step):
            groups = several[sizes[several] > offset + step]
            a = units[starts[groups] + offset]
            b = units[starts[groups] + offset + step]
            key = np.minimum(a, b) * count + np.maximum(a, b)
            found.append(np.unique(key[a != b]))
    keys = np.unique(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)
    return np.setdiff1d(keys, rook, assume_unique=True)


def _pair_frame(keys: _Ints, sorted_ids: pd.Index) -> pd.DataFrame:
    left, right = np.divmod(keys, max(1, len(sorted_ids)))
    return pd.DataFrame({"left": sorted_ids[left], "right": sorted_ids[right]})


def _check_units(geometry: gpd.GeoSeries) -> None:
    """Refuse what cannot be measured: no units, twice the same, no polygon, degrees."""
    ids = geometry.index
    if not len(ids):
        raise CoverageError("no polygons were given: give a GeoSeries with one polygon a unit")
    if geometry.crs is not None and geometry.crs.is_geographic:
        raise CoverageError(
            f"geometry is in degrees ({geometry.crs.name}): borders are measured in metres, so "
            "give it in a projected CRS, for instance geometry.to_crs(3067)"
        )
    twice = ids[ids.duplicated()].unique()
    if len(twice):
        raise CoverageError(
            f"{_listed(twice)} given more than once: dissolve by unit first, one row a unit"
        )
    polygons = geometry.to_numpy()
    types = shapely.get_type_id(polygons)
    absent = ids[~np.isin(types, (3, 6)) | shapely.is_empty(polygons)]
    if len(absent):
        raise CoverageError(
            f"{_listed(absent)} without a polygon: every unit needs a polygon or multipolygon"
        )


def _check_coverage(geometry: gpd.GeoSeries, edges: _Edges, first: _Ints, second: _Ints) -> None:
    """Raise where the polygons are no coverage, naming the units."""
    polygons = geometry.to_numpy()
    valid = shapely.is_valid(polygons)
    if not valid.all():
        bad = np.flatnonzero(~valid)
        raise CoverageError(
            f"{_listed(geometry.index[bad])} with an invalid polygon "
            f"({shapely.is_valid_reason(polygons[bad[0]])}): "
            "geodata.check_coverage says what is wrong and where"
        )
    opposite = (edges.x1[first] == edges.x2[second]) & (edges.y1[first] == edges.y2[second])
    own = edges.unit[first] == edges.unit[second]
    if opposite.all() and not own.any() and shapely.coverage_is_valid(polygons):
        return
    lines = shapely.coverage_invalid_edges(polygons)
    bad_units = geometry.index[~shapely.is_empty(lines)]
    raise CoverageError(
        f"{_listed(bad_units)} overlap or have different vertices along their common border: "
        "geodata.check_coverage lists every place, and can repair them"
    )


def _listed(ids: pd.Index) -> str:
    """Write ids into a message: the first few, and how many more there are."""
    names = ", ".join(str(name) for name in ids[:_NAMED_IN_ERRORS])
    more = len(ids) - _NAMED_IN_ERRORS
    return f"{names} and {more} more" if more > 0 else names
