"""Municipalities of a year as polygons: the division, its names and regions, and its borders.

The bundled Finnish polygons are those of 2021; the divisions of 2022-2026 follow from them by
dissolving the municipalities that merged. Sweden is a coverage of its own: the two layers do not
share a vertex, so they are never put together in one.
"""

import functools
from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from geodata import snapshot
from geodata.errors import ArgumentError, NoGeometryError, YearError
from geodata.register.divisions import checked_year, municipality_register, successors
from geodata.snapshot.layers import unpack_layer

__all__ = ["BOUNDARY_YEARS", "carry_boundaries", "municipalities"]

BOUNDARY_YEARS = range(2021, 2027)
"""Years whose Finnish boundaries are bundled."""

_BASE_YEAR = 2021
_FILES = {"FI": "boundaries_fi_2021.npz", "SE": "boundaries_se.npz"}


def municipalities(
    year: int = 2026, *, country: str = "FI", source: str | Path = "bundled"
) -> gpd.GeoDataFrame:
    """
    Municipalities of a year with their names, regions and polygons.

    Land and inland water, without sea, at 1:4.5 million for Finland: whole zones and regions are
    true to a percent or so, small municipalities may be drawn several times too large. Neighbours
    share their border vertex by vertex.

    Parameters
    ----------
    year
        Year of the division. Finland: 2021-2026. Sweden: 2013-2026, the same in every year.
    country
        ``"FI"``, or ``"SE"`` for the 29 municipalities of Norrbotten and Västerbotten.
    source
        ``"bundled"``: the polygons that come with the package; or the path of a boundary file of
        that year, which is checked as `geodata.read_boundaries` does; or
        ``"online"``: Statistics Finland's layer of that year, from the cache once fetched.

    Returns
    -------
    geopandas.GeoDataFrame
        Indexed by `lau_id`, sorted, in EPSG:3067: the columns of
        `geodata.municipality_register` and ``geometry``, multipolygons. A copy: changing
        it changes nothing else.

    Raises
    ------
    NoGeometryError
        If the boundaries of that year are not bundled (Finland 2013-2020).
    YearError
        If the year is not in the register at all.
    SnapshotError
        If the bundled file is missing or damaged.

    Examples
    --------
    >>> len(municipalities(2024)), len(municipalities(2026))
    (309, 308)
    >>> municipalities(2026).loc["FI_507", ["name_fi", "name_sv", "region_en"]].tolist()
    ['Mäntyharju', 'Mäntyharju', 'South Savo']
    """
    country = _checked_country(country)
    if source == "online":
        return _online(checked_year(year), country)
    if not isinstance(source, str | Path):
        raise ArgumentError(
            f"source {source!r}: expected 'bundled', 'online' or the path of a boundary file"
        )
    if source == "latest":
        raise ArgumentError(
            "source 'latest' is for zones: give 'online' for Statistics Finland's layer of the "
            "year, 'bundled' or the path of a boundary file"
        )
    if source != "bundled":
        from geodata.boundaries.given import read_boundaries  # noqa: PLC0415 - it needs this package whole

        return read_boundaries(source, year=checked_year(year), country=country)
    return _bundled(_checked_boundary_year(year, country), country).copy()


def _online(year: int, country: str) -> gpd.GeoDataFrame:
    from geodata.sources import fetch_boundaries  # noqa: PLC0415 - only when asked for

    if country != "FI":
        raise NoGeometryError(
            f"no online boundaries of country {country!r}: use the bundled ones or a boundary file"
        )
    fetched = fetch_boundaries(year)
    if fetched.is_older:
        raise NoGeometryError(
            f"the layer of {year} is not out yet, the newest is of {fetched.year}: ask for "
            f"municipalities({fetched.year}, source='online')"
        )
    return fetched.data


def carry_boundaries(
    geometry: gpd.GeoSeries, successor: Mapping[str, str] | pd.Series
) -> gpd.GeoSeries:
    """
    Boundaries of a later division, by dissolving the units that merged.

    The union of a coverage: shared borders are dropped and everything else stays as it is, so
    the result is a coverage again, and equal to the earlier one away from the mergers.

    Parameters
    ----------
    geometry
        Polygons of the earlier division, a valid coverage, indexed by `lau_id`.
    successor
        Unit of the later division by unit of the earlier one. A unit that is not there stays.

    Returns
    -------
    geopandas.GeoSeries
        Multipolygons of the later division, sorted by `lau_id`.

    Examples
    --------
    >>> from shapely import box
    >>> two = gpd.GeoSeries({"FI_001": box(0, 0, 1, 1), "FI_002": box(1, 0, 2, 1)})
    >>> carry_boundaries(two, {"FI_002": "FI_001"}).area.to_dict()
    {'FI_001': 2.0}
    """
    target = pd.Series([successor.get(unit, unit) for unit in geometry.index])
    parts = geometry.groupby(target.to_numpy())
    united = {
        unit: rows.iloc[0] if len(rows) == 1 else shapely.coverage_union_all(rows.to_numpy())
        for unit, rows in parts
    }
    shapes = [
        shape if shape.geom_type == "MultiPolygon" else shapely.multipolygons([shape])
        for shape in united.values()
    ]
    index = pd.Index(list(united), name="lau_id")
    return gpd.GeoSeries(shapes, index=index, crs=geometry.crs, name="geometry")


@functools.cache
def _layer(country: str) -> gpd.GeoSeries:
    """Polygons as they are in the snapshot, parsed once a process."""
    layer = unpack_layer(snapshot.read_bytes(_FILES[country]))
    index = pd.Index([f"{country}_{code}" for code in layer.codes], name="lau_id")
    return gpd.GeoSeries(layer.geometry, index=index, crs=layer.epsg, name="geometry")


@functools.cache
def _bundled(year: int, country: str) -> gpd.GeoDataFrame:
    """One year's frame, shared: it is copied before it is handed out."""
    geometry = _layer(country)
    if country == "FI":
        chain = successors(geometry.index, from_year=_BASE_YEAR, to_year=year)
        geometry = carry_boundaries(geometry, chain)
    register = municipality_register(year, country=country)
    if not register.index.equals(geometry.index):
        units = sorted(set(register.index) ^ set(geometry.index))
        raise NoGeometryError(
            f"boundaries and register of {year} differ in {', '.join(units)}; reinstall the package"
        )
    return gpd.GeoDataFrame(register, geometry=geometry, crs=geometry.crs)


def _checked_country(country: str) -> str:
    if not isinstance(country, str) or country not in _FILES:
        raise NoGeometryError(
            f"no boundaries of country {country!r}: expected 'FI' or 'SE', one at a time"
        )
    return country


def _checked_boundary_year(year: int, country: str) -> int:
    try:
        year = checked_year(year)
    except YearError:
        raise YearError(
            f"no municipalities of year {year!r}: boundaries are bundled for "
            f"{BOUNDARY_YEARS[0]}-{BOUNDARY_YEARS[-1]}; give one of these years as a whole number"
        ) from None
    if country == "FI" and year not in BOUNDARY_YEARS:
        raise NoGeometryError(
            f"no bundled boundaries of {year}: a merged municipality cannot be split again, and "
            f"the oldest bundled layer is of {_BASE_YEAR}; take {_BASE_YEAR}-{BOUNDARY_YEARS[-1]}, "
            f"or give the path of a boundary file of {year} as source"
        )
    return year
