"""Repair of a coverage: snap, node, give each overlap and gap to one unit, measure the change."""

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geodata.arguments import check_metres
from geodata.coverages.check import CoverageReport, check_coverage
from geodata.coverages.polygons import made_valid
from geodata.errors import CoverageError
from geodata.messages import listed

__all__ = ["Repaired", "repair_coverage"]

_BEYOND_REPAIR = ("empty", "twice", "duplicate")


@dataclass(frozen=True, eq=False)
class Repaired:
    """A repaired coverage and what the repair changed.

    Attributes
    ----------
    frame
        The frame with its columns and index, with repaired polygons.
    moved_m2
        By unit, the area that came to it plus the area that left it; 0.0 where nothing moved.
    before
        What was wrong.
    report
        What is left to know of the repaired polygons; nothing in it is fatal.
    """

    frame: gpd.GeoDataFrame
    moved_m2: "pd.Series[float]"
    before: CoverageReport
    report: CoverageReport

    def __str__(self) -> str:
        """Say how many faults were repaired and how much area moved, and where most."""
        moved = self.moved_m2[self.moved_m2 > 0].sort_values(ascending=False, kind="stable")
        most = f", most in {moved.index[0]} ({moved.iloc[0]:,.2f} m²)" if len(moved) else ""
        return (
            f"faults repaired: {len(self.before.fatal)}; {moved.sum():,.2f} m² moved "
            f"in {len(moved)} of {len(self.moved_m2)} units{most}"
        )


def repair_coverage(
    frame: gpd.GeoDataFrame, *, snap_m: float = 0.1, gap_width: float = 1.0
) -> Repaired:
    """Make a valid coverage of polygons that are nearly one, and say how much area moved.

    Invalid polygons are made valid; vertices within `snap_m` are drawn together and every line is
    cut where it meets another; an overlap goes to the unit with which it shares the longer
    border, and so does a gap up to `gap_width`. Columns, index and order are kept.

    Parameters
    ----------
    frame
        Polygons in a projected CRS, indexed by unit.
    snap_m
        How many metres apart vertices may be and still be drawn together. Gaps that are open at
        an end close only if they are no wider than this.
    gap_width
        How many metres wide a gap may be and still be filled.

    Raises
    ------
    CoverageError
        If units are without polygon, given twice or equal, which no snapping mends; if a unit
        would be left without area; or if the result would still not be a coverage.

    Examples
    --------
    >>> from shapely import box
    >>> overlapping = gpd.GeoSeries({"a": box(0, 0, 10, 9), "b": box(9, 0, 20, 9)})
    >>> frame = gpd.GeoDataFrame(geometry=overlapping)
    >>> print(repair_coverage(frame))
    faults repaired: 1; 9.00 m² moved in 1 of 2 units, most in b (9.00 m²)
    """
    check_metres(snap_m=snap_m, gap_width=gap_width)
    before = check_coverage(frame, gap_width=gap_width)
    hopeless = [fault for fault in before.fatal if fault.kind in _BEYOND_REPAIR]
    if hopeless:
        faults = "; ".join(map(str, hopeless))
        raise CoverageError(f"no snapping repairs this: {faults}. Correct the file")
    if not before.fatal:
        nothing = pd.Series(0.0, index=frame.index, name="moved_m2")
        return Repaired(frame, nothing, before, before)

    usable = made_valid(frame.geometry.to_numpy())
    everything = np.arange(len(frame))
    # Units that have no part in a fault keep their geometry, unless the repair cannot do without.
    for chosen in (_around(before, frame, usable, snap_m), everything):
        polygons = usable.copy()
        polygons[chosen] = _cleaned(usable[chosen], snap_m, gap_width)
        lost = frame.index[shapely.is_empty(polygons)]
        if len(lost):
            raise CoverageError(
                f"{listed(lost, most=None)} would be left without area, since all of it lies in "
                "other units: correct the file"
            )
        repaired = frame.set_geometry(gpd.GeoSeries(polygons, index=frame.index, crs=frame.crs))
        report = check_coverage(repaired, gap_width=gap_width)
        if report.valid:
            moved = shapely.area(shapely.symmetric_difference(usable, polygons))
            by_unit = pd.Series(moved, index=frame.index, name="moved_m2")
            return Repaired(repaired, by_unit, before, report)
    raise CoverageError(
        f"snapping by {snap_m} m does not make a coverage: {'; '.join(map(str, report.fatal))}. "
        "Give a larger snap_m if that is still below the accuracy of the file"
    )


def _around(
    report: CoverageReport, frame: gpd.GeoDataFrame, polygons: NDArray[Any], snap_m: float
) -> NDArray[np.int64]:
    """Return the positions of the units at fault and of those that touch them."""
    names = {unit for fault in report.fatal for unit in fault.units}
    at_fault = np.flatnonzero(frame.index.isin(list(names)))
    tree = shapely.STRtree(polygons)
    return np.unique(tree.query(polygons[at_fault], predicate="dwithin", distance=snap_m)[1])


def _cleaned(polygons: NDArray[Any], snap_m: float, gap_width: float) -> NDArray[Any]:
    clean = getattr(shapely, "coverage_clean", None)
    if clean is None:
        raise CoverageError(
            f"repair needs shapely 2.2 or newer, found {shapely.__version__}: "
            'pip install --upgrade "shapely>=2.2"'
        )
    cleaned: NDArray[Any] = clean(polygons, gap_width=gap_width, snapping_distance=snap_m)
    return cleaned
