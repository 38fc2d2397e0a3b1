"""The coverage doctor for municipalities: each country by itself, against the bundled ground."""

from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import shapely

from geodata.boundaries.bundled import municipalities
from geodata.countries import Country, countries
from geodata.coverages.check import CoverageReport, Fault, check_coverage
from geodata.coverages.polygons import made_valid
from geodata.errors import NoGeometryError
from geodata.register.divisions import division_ids
from geodata.units import M2_PER_KM2

__all__ = ["check_boundaries"]

# A gap of exactly a metre is to be found, whatever the last digit of its coordinates.
_GAP_WIDTH_M = 1.001
# Far beyond what the bundled borders and coasts stray.
_CIRCLE_M = 5_000.0


def check_boundaries(frame: gpd.GeoDataFrame) -> CoverageReport:
    """
    Look for everything that would make a figure of municipalities wrong.

    Beyond what `geodata.check_coverage` finds in the units of each country, ground of the units
    that the bundled boundaries know and that is in none of the polygons: a fault where it has room
    for a circle with a radius of 5 km.

    Parameters
    ----------
    frame
        Polygons in EPSG:3067, indexed by `lau_id`.

    Examples
    --------
    >>> frame = municipalities(2026)[["geometry"]]
    >>> lake = shapely.Point(540_000, 6_990_000).buffer(20_000)
    >>> report = check_boundaries(frame.set_geometry(frame.difference(lake)))
    >>> [(fault.kind, round(fault.size / 1e6)) for fault in report.fatal]
    [('left_out', 1255)]
    """
    reports = [
        (check_coverage(units, gap_width=_GAP_WIDTH_M), (*_left_out(units, country),))
        for country in countries()
        if len(units := frame[[country.has(unit) for unit in frame.index]])
    ]
    found = [fault for report, left_out in reports for fault in (*report.faults, *left_out)]
    found.sort(key=lambda fault: not fault.fatal)
    return CoverageReport(tuple(found), len(frame), _GAP_WIDTH_M, frame.crs)


def _left_out(units: gpd.GeoDataFrame, country: Country) -> Iterator[Fault]:
    own = set(units.index)
    years = [year for year in country.drawn_years if own <= set(division_ids(year))]
    try:
        drawn = municipalities(max(years), country=country.code).geometry if years else None
    except NoGeometryError:
        drawn = None
    if drawn is None:
        return
    bundled = drawn.loc[units.index.unique()]
    ground = bundled.to_numpy()
    polygons = made_valid(units.geometry.to_numpy())
    whole = shapely.coverage_union_all(ground)
    lost = shapely.difference(whole, shapely.union_all(polygons))
    cores = shapely.get_parts(shapely.buffer(lost, -_CIRCLE_M))
    for core in cores[~shapely.is_empty(cores)]:
        around = shapely.buffer(core, _CIRCLE_M, join_style="mitre")
        place = shapely.intersection(around, lost)
        share = shapely.area(shapely.intersection(ground, place))
        names = tuple(bundled.index[np.flatnonzero(share > M2_PER_KM2)])
        point = shapely.point_on_surface(core)
        yield Fault("left_out", names, (float(point.x), float(point.y)), float(place.area))
