"""Assertions for tests of one's own: what differs between two sets of polygons, and where most."""

import geopandas as gpd
import numpy as np
import shapely

from geodata.arguments import check_metres
from geodata.coverages.polygons import geometry_of, made_valid
from geodata.messages import listed

__all__ = ["assert_coverage_equal"]


def assert_coverage_equal(
    left: gpd.GeoDataFrame | gpd.GeoSeries,
    right: gpd.GeoDataFrame | gpd.GeoSeries,
    *,
    tolerance_m: float = 0.0,
) -> None:
    """Assert that two sets have the same units, whose polygons hold the same ground.

    Order of units, direction of rings and where they begin are no difference.

    Parameters
    ----------
    left, right
        Polygons indexed by unit.
    tolerance_m
        How many metres of a strip along the whole border of a unit may differ: the area in only
        one of the two polygons, by the perimeter of the left one.

    Raises
    ------
    AssertionError
        With every way in which they differ: units that only one has, CRS, and how many polygons
        differ, those with most area first.

    Examples
    --------
    >>> from shapely import box
    >>> left = gpd.GeoSeries({"a": box(0, 0, 10, 10), "b": box(10, 0, 20, 10)})
    >>> assert_coverage_equal(left, left.reverse()[::-1])
    >>> right = gpd.GeoSeries({"a": box(0, 0, 10, 10), "b": box(10, 0, 20, 13)})
    >>> assert_coverage_equal(left, right)
    Traceback (most recent call last):
    AssertionError: 1 of 2 polygons differ: b by 30 m²
    """
    check_metres(tolerance_m=tolerance_m)
    one, other = geometry_of(left, "left"), geometry_of(right, "right")
    faults = [
        f"{what} is given more than once in {side}"
        for side, ids in (("left", one.index), ("right", other.index))
        for what in ids[ids.duplicated()].unique()
    ]
    if one.crs != other.crs:
        faults.append(f"CRS is {one.crs} in left, {other.crs} in right")
    if not faults:
        alone = (
            ("left", list(one.index.difference(other.index))),
            ("right", list(other.index.difference(one.index))),
        )
        faults += [f"{len(ids)} only in {side}: {listed(ids)}" for side, ids in alone if ids]
        faults += _different(one, other.reindex(one.index.intersection(other.index)), tolerance_m)
    if faults:
        raise AssertionError("; ".join(faults))


def _different(one: gpd.GeoSeries, other: gpd.GeoSeries, tolerance_m: float) -> list[str]:
    ours = made_valid(one.loc[other.index].to_numpy())
    theirs = made_valid(other.to_numpy())
    missing = shapely.is_missing(ours) != shapely.is_missing(theirs)
    apart = np.nan_to_num(shapely.area(shapely.symmetric_difference(ours, theirs)))
    far = apart > np.nan_to_num(shapely.length(ours)) * tolerance_m
    order = [at for at in np.argsort(-apart, kind="stable") if far[at] and not missing[at]]
    found = [f"{other.index[at]} missing in one" for at in np.flatnonzero(missing)]
    found += [f"{other.index[at]} by {apart[at]:,.4g} m²" for at in order]
    return [f"{len(found)} of {len(other)} polygons differ: {listed(found)}"] if found else []
