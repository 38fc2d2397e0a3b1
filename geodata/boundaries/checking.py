"""The coverage doctor for municipalities: each country by itself, against the bundled ground."""

from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import shapely

from geodata.boundaries.bundled import municipalities
from geodata.countries import Country, countries
from geodata.coverages.borders import border_table
from geodata.coverages.check import CoverageReport, Fault, check_coverage
from geodata.coverages.polygons import made_valid
from geodata.errors import NoGeometryError
from geodata.register.divisions import division_ids
from geodata.units import M2_PER_KM2, M_PER_KM

__all__ = ["check_boundaries"]

# A gap of exactly a metre is to be found, whatever the last digit of its coordinates.
_GAP_WIDTH_M = 1.001
# Far beyond what the bundled borders and coasts stray.
_CIRCLE_M = 5_000.0
# Bundled borders of the smallest units stray by up to about so many times their error.
_STRAYS = 4.0
_LEAST_KM2 = 200.0


def check_boundaries(frame: gpd.GeoDataFrame) -> CoverageReport:
    """Look for everything that would make a figure of municipalities wrong.

    Beyond what `geodata.check_coverage` finds in the units of each country, ground of the units
    that the bundled boundaries know and that is in none of the polygons: a fault where it has room
    for a circle with a radius of 5 km; and units whose area differs by more than half from the
    bundled one, and by more than its borders stray.

    Parameters
    ----------
    frame
        Polygons in EPSG:3067, indexed by `lau_id`.

    Examples
    --------
    >>> frame = municipalities(2026)[["geometry"]]
    >>> lake = shapely.Point(540_000, 6_990_000).buffer(20_000)
    >>> report = check_boundaries(frame.set_geometry(frame.difference(lake)))
    >>> [(fault.kind, round(fault.size / 1e6)) for fault in report.of("left_out")]
    [('left_out', 1255)]
    """
    found: list[Fault] = []
    for country in countries():
        units = frame[[country.has(unit) for unit in frame.index]]
        if len(units):
            found += check_coverage(units, gap_width=_GAP_WIDTH_M).faults
            if (drawn := _bundled(units, country)) is not None:
                found += _left_out(units, drawn)
                if country.border_error_km is not None:
                    found += _area_differs(units, drawn, country.border_error_km * M_PER_KM)
    found.sort(key=lambda fault: not fault.fatal)
    return CoverageReport(tuple(found), len(frame), _GAP_WIDTH_M, frame.crs)


def _bundled(units: gpd.GeoDataFrame, country: Country) -> gpd.GeoSeries | None:
    """Return the bundled polygons of a country in a division that has the units."""
    own = set(units.index)
    years = [year for year in country.drawn_years if own <= set(division_ids(year))]
    # A user's country has no other boundaries to hold these against.
    if country.given or not years:
        return None
    try:
        return municipalities(max(years), country=country.code).geometry.to_crs(units.crs)
    except NoGeometryError:
        return None


def _area_differs(units: gpd.GeoDataFrame, drawn: gpd.GeoSeries, error_m: float) -> Iterator[Fault]:
    """Yield units whose area is not theirs, more than bundled borders and the sea can explain."""
    polygons = gpd.GeoSeries(made_valid(units.geometry.to_numpy()), units.index, crs=units.crs)
    polygons = polygons[~polygons.index.duplicated(keep=False) & ~polygons.is_empty]
    given, known = polygons.area, drawn.area.loc[polygons.index]
    strays = _STRAYS * error_m * drawn.length.loc[polygons.index]
    allowed = np.maximum(known / 2, strays)
    # A municipality by the sea may hold much of it; one with neighbours all around may not.
    borders = border_table(drawn)
    around = borders.pairs.melt("length_m", value_name="unit").groupby("unit")["length_m"].sum()
    inland = (borders.perimeter_m - around.reindex(drawn.index, fill_value=0.0)) < 1.0
    smaller = known - given > allowed
    larger = (given - known > allowed) & inland.loc[polygons.index]
    # Smaller ones are drawn too coarsely to tell.
    told = known > _LEAST_KM2 * M2_PER_KM2
    for unit in polygons.index[told & (smaller | larger)]:
        point = shapely.point_on_surface(polygons[unit])
        size = abs(float(given[unit] - known[unit]))
        yield Fault("area_differs", (unit,), (float(point.x), float(point.y)), size)


def _left_out(units: gpd.GeoDataFrame, drawn: gpd.GeoSeries) -> Iterator[Fault]:
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
