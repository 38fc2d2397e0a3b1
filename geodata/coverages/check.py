"""The coverage doctor: what is wrong with a set of polygons, with which units, where, how much.

Figures of borders, areas and neighbours hold for a coverage only: valid polygons that do not
overlap, leave no narrow gaps and have the same vertices along their common borders. An area test
alone does not see an overlap that is hair-thin but kilometres long, so overlaps are looked for by
edges and measured by area.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.arguments import check_metres
from geodata.coverages.polygons import (
    are_polygons,
    geometry_of,
    made_valid,
    only,
    refuse_degrees,
)
from geodata.errors import CoverageError
from geodata.messages import unknown
from geodata.units import M2_PER_KM2

__all__ = ["FATAL_KINDS", "MESSAGES", "CoverageReport", "Fault", "check_coverage"]

MESSAGES = {
    "empty": "{units}: no polygon",
    "twice": "{units}: given {size} times",
    "invalid": "{units}: invalid polygon at {place}: {reason}",
    "duplicate": "{units}: the same polygon, {size} m²",
    "overlap": "{units}: overlap of {size} m² along {length} m of border, largest at {place}",
    "overlap_thin": "{units}: overlap of less than 0.01 m² along {length} m of border at {place}",
    "unmatched": "{units}: different vertices along {size} m of common border at {place}",
    "area_differs": "{units}: the area differs by {km2} km² from the bundled one, at {place}",
    "left_out": "{units}: {km2} km² of their ground are in no polygon, around {place}",
    "gap": "{units}: gap of {size} m² along {length} m of border, at {place}",
    "hole": "{units}: around a hole of {size} m² that is in no unit, at {place}",
    "sliver": "{units}: sliver of {size} m², {length} m around, at {place}",
    "pieces": "{units}: in {size} pieces",
}
"""What each kind of fault says; the kinds in order of weight."""

FATAL_KINDS = frozenset(MESSAGES) - {"hole", "sliver", "pieces"}
"""Kinds with which some figure would be wrong; the others are worth knowing."""

_THIN_M2 = 0.01


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with, or worth knowing of, one or more units.

    Attributes
    ----------
    kind
        A key of `MESSAGES`.
    units
        The units at fault, in order; the two that overlap, the one that is invalid.
    place
        Where to look, in the coordinates of the polygons; the largest place if there are more.
    size
        Square metres, except for ``unmatched`` (metres of border), ``pieces`` and ``twice``
        (a count); None where there is nothing to measure.
    length_m
        For overlaps and gaps, the metres of border concerned; for slivers, the perimeter.
    reason
        For invalid polygons, what GEOS calls the fault.
    """

    kind: str
    units: tuple[Any, ...]
    place: tuple[float, float] | None = None
    size: float | None = None
    length_m: float | None = None
    reason: str = ""

    @property
    def fatal(self) -> bool:
        """Whether a figure would be wrong with this fault in the polygons."""
        return self.kind in FATAL_KINDS

    @property
    def params(self) -> dict[str, Any]:
        """What fills the placeholders of the message, numbers as numbers."""
        where = "" if self.place is None else f"({self.place[0]:.1f}, {self.place[1]:.1f})"
        return {
            "units": ", ".join(str(unit) for unit in self.units),
            "place": where,
            "size": self._rounded(self.size),
            "km2": self._rounded((self.size or 0) / M2_PER_KM2),
            "length": self._rounded(self.length_m),
            "reason": self.reason,
        }

    @property
    def message(self) -> str:
        """The fault in one English sentence."""
        shown = {
            name: f"{value:,}" if isinstance(value, int | float) else value
            for name, value in self.params.items()
        }
        return MESSAGES[self.kind].format(**shown)

    @staticmethod
    def _rounded(value: float | None) -> float:
        if value is None:
            return 0
        return round(value, 2) if value < 100 and not float(value).is_integer() else round(value)

    def __str__(self) -> str:
        """Return the message."""
        return self.message


@dataclass(frozen=True)
class CoverageReport:
    """What `check_coverage` found.

    Attributes
    ----------
    faults
        All faults, those that would make a figure wrong first.
    units
        How many units were checked.
    gap_width
        Up to how many metres an opening between units counts as a gap.
    crs
        The coordinate reference system of the places.
    """

    faults: tuple[Fault, ...]
    units: int
    gap_width: float
    crs: Any = field(default=None, repr=False, compare=False)

    @property
    def fatal(self) -> tuple[Fault, ...]:
        """The faults with which a figure would be wrong; empty if the polygons can be used."""
        return tuple(fault for fault in self.faults if fault.fatal)

    @property
    def valid(self) -> bool:
        """Whether the polygons are a coverage that figures can rest on."""
        return not self.fatal

    def of(self, kind: str) -> tuple[Fault, ...]:
        """Return the faults of one kind."""
        if kind not in MESSAGES:
            raise CoverageError(unknown("kind", kind, MESSAGES))
        return tuple(fault for fault in self.faults if fault.kind == kind)

    def require(self) -> None:
        """Raise `CoverageError` with every fault with which a figure would be wrong."""
        if self.fatal:
            raise CoverageError(
                f"{self.units} polygons are no coverage: {'; '.join(map(str, self.fatal))}. "
                "Correct the file, or see geodata.repair_coverage"
            )

    def to_frame(self) -> gpd.GeoDataFrame:
        """Return the faults as points with their messages, to be looked at on a map."""
        points = [None if f.place is None else shapely.Point(f.place) for f in self.faults]
        columns = {
            "kind": [fault.kind for fault in self.faults],
            "fatal": [fault.fatal for fault in self.faults],
            "units": [fault.params["units"] for fault in self.faults],
            "size": [fault.size for fault in self.faults],
            "length_m": [fault.length_m for fault in self.faults],
            "message": [fault.message for fault in self.faults],
        }
        return gpd.GeoDataFrame(columns, geometry=points, crs=self.crs)

    def __str__(self) -> str:
        """Say whether the polygons can be used, then each fault on a line."""
        forbid = f"faults that forbid figures: {len(self.fatal)}"
        state = "a valid coverage" if self.valid else forbid
        return "\n  ".join([f"{self.units} units: {state}", *map(str, self.faults)])


def check_coverage(
    frame: gpd.GeoDataFrame | gpd.GeoSeries,
    *,
    gap_width: float = 1.0,
    sliver_width: float = 1.0,
) -> CoverageReport:
    """Look for everything that would make a figure of these polygons wrong.

    Found are units without a polygon or given twice, invalid polygons, equal polygons, overlaps
    (however thin), common borders with different vertices, and narrow gaps; and, as things to
    know, holes that are in no unit, slivers, and units in several pieces.

    Parameters
    ----------
    frame
        Polygons in a projected CRS, indexed by unit.
    gap_width
        Up to how many metres wide an opening between two units counts as a gap. Above about
        10 m real straits are taken for gaps.
    sliver_width
        Up to how many metres wide, on average (twice the area by the perimeter), a polygon counts
        as a sliver.

    Examples
    --------
    >>> from shapely import box
    >>> frame = gpd.GeoSeries({"a": box(0, 0, 10, 9), "b": box(8, 0, 20, 9)})
    >>> print(check_coverage(frame))
    2 units: faults that forbid figures: 1
      a, b: overlap of 18 m² along 11 m of border, largest at (9.0, 4.5)
    """
    check_metres(gap_width=gap_width, sliver_width=sliver_width)
    geometry = geometry_of(frame, "polygons")
    refuse_degrees(geometry)
    polygons = geometry.to_numpy()
    ids = list(geometry.index)
    there = are_polygons(polygons) & ~shapely.is_empty(polygons)
    faults = [Fault("empty", (ids[at],)) for at in np.flatnonzero(~there)]
    faults += [
        Fault("twice", (unit,), size=count) for unit, count in Counter(ids).items() if count > 1
    ]
    faults += _invalid(polygons, ids)
    # Looked at as made valid, an invalid polygon hides no other fault.
    sound = made_valid(only(polygons, there))
    usable = np.flatnonzero(~shapely.is_missing(sound) & ~shapely.is_empty(sound))
    good, names = sound[usable], [ids[at] for at in usable]
    faults += [
        *_between(good, names, gap_width),
        *_holes(good, names, gap_width),
        *_parts(good, names, sliver_width),
    ]
    weight = {kind: at for at, kind in enumerate(MESSAGES)}
    faults.sort(key=lambda fault: weight[fault.kind])
    return CoverageReport(tuple(faults), len(ids), gap_width, geometry.crs)


def _invalid(polygons: NDArray[Any], ids: list[Any]) -> Iterator[Fault]:
    given = ~shapely.is_missing(polygons)
    for at in np.flatnonzero(given & ~shapely.is_valid(polygons)):
        # GEOS writes the reason and the place together: "Self-intersection[1 1]".
        reason, _, where = str(shapely.is_valid_reason(polygons[at])).partition("[")
        x, y, *_ = (float(number) for number in where.rstrip("]").split()) if where else (0.0, 0.0)
        yield Fault("invalid", (ids[at],), (x, y) if where else None, reason=reason)


def _between(polygons: NDArray[Any], ids: list[Any], gap_width: float) -> Iterator[Fault]:
    """Yield what is wrong between two units: overlaps, unmatched borders, gaps."""
    if not len(polygons):
        return
    marked = shapely.coverage_invalid_edges(polygons, gap_width=gap_width)
    at_fault = np.flatnonzero(~shapely.is_empty(marked))
    if not len(at_fault):
        return
    tree = shapely.STRtree(polygons)
    left, right = tree.query(polygons[at_fault], predicate="dwithin", distance=gap_width)
    # A unit inside another is marked while the one around it is not, so one of two is enough.
    pairs = {(min(a, b), max(a, b)) for a, b in zip(at_fault[left], right, strict=True) if a != b}
    for a, b in sorted(pairs):
        both = polygons[[a, b]]
        units = (ids[a], ids[b])
        fault = _overlap(both, units) or _gap(both, units, marked[[a, b]], gap_width)
        if fault is not None:
            yield fault


def _overlap(both: NDArray[Any], units: tuple[Any, Any]) -> Fault | None:
    lines = shapely.coverage_invalid_edges(both)
    if shapely.is_empty(lines).all():
        return None
    if shapely.equals(both[0], both[1]):
        return Fault("duplicate", units, _on(both[0]), float(both[0].area))
    parts = shapely.get_parts(shapely.intersection(both[0], both[1]))
    common = shapely.multipolygons(parts[shapely.get_type_id(parts) == 3])
    if common.is_empty:
        longest = lines[int(shapely.length(lines).argmax())]
        return Fault("unmatched", units, _on(longest), float(longest.length))
    # Of a thin overlap, one long side is the border of the one unit, the other of the other.
    along = float(common.length) / 2
    kind = "overlap" if common.area >= _THIN_M2 else "overlap_thin"
    return Fault(kind, units, _on(common), float(common.area), along)


def _gap(
    both: NDArray[Any], units: tuple[Any, Any], marked: NDArray[Any], width: float
) -> Fault | None:
    lines = shapely.coverage_invalid_edges(both, gap_width=width)
    # What lies between two units in truth is no gap: then the whole set does not mark it.
    lines = shapely.intersection(lines, marked)
    line = lines[int(shapely.length(lines).argmax())]
    if not line.length:
        return None
    reach = shapely.box(*shapely.total_bounds(lines)).buffer(2 * width, join_style="mitre")
    near = shapely.union_all(shapely.intersection(both, reach))
    closed = near.buffer(width, join_style="mitre").buffer(-width, join_style="mitre")
    opening = shapely.intersection(closed.difference(near), line.buffer(width))
    return Fault("gap", units, _on(line), float(opening.area), float(line.length))


def _holes(polygons: NDArray[Any], ids: list[Any], gap_width: float) -> Iterator[Fault]:
    """Yield what the units surround and leave to nobody; narrow ones are gaps."""
    if not len(polygons):
        return
    valid = shapely.coverage_is_valid(polygons)
    whole = shapely.coverage_union_all(polygons) if valid else shapely.union_all(polygons)
    shells = shapely.get_parts(whole)
    filled = shapely.polygons(shapely.get_exterior_ring(shells))
    tree = shapely.STRtree(polygons)
    for hole in shapely.get_parts(shapely.difference(filled, shells)):
        if 2 * hole.area > gap_width * hole.length:
            around = sorted(tree.query(hole, predicate="touches"))
            yield Fault("hole", tuple(ids[at] for at in around), _on(hole), float(hole.area))


def _parts(polygons: NDArray[Any], ids: list[Any], sliver_width: float) -> Iterator[Fault]:
    parts, owner = shapely.get_parts(polygons, return_index=True)
    area, length = shapely.area(parts), shapely.length(parts)
    for at in np.flatnonzero(2 * area < sliver_width * length):
        units = (ids[owner[at]],)
        yield Fault("sliver", units, _on(parts[at]), float(area[at]), float(length[at]))
    counts = np.bincount(owner, minlength=len(ids))
    for at in np.flatnonzero(counts > 1):
        yield Fault("pieces", (ids[at],), _on(polygons[at]), int(counts[at]))


def _on(geometry: Any) -> tuple[float, float]:
    """Return a point on the largest part of a geometry."""
    parts = shapely.get_parts(geometry)
    largest = max(parts, key=lambda part: (shapely.get_dimensions(part), part.area, part.length))
    if shapely.get_dimensions(largest) == 1:
        point = largest.interpolate(0.5, normalized=True)
    else:
        point = largest.point_on_surface()
    return (float(point.x), float(point.y))
