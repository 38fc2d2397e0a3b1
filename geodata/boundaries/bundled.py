"""Municipalities of a year as polygons: the division, its names and regions, and its borders.

The bundled polygons are those of one division; later ones follow from them by dissolving the
municipalities that merged. Each country is a coverage of its own: two layers do not share a
vertex, so they are never put together in one.
"""

from collections.abc import Mapping

import geopandas as gpd
import pandas as pd
import shapely

from geodata.countries import cached_by_countries, codes, country_named, home
from geodata.coverages.polygons import as_multipolygons
from geodata.errors import NoGeometryError, YearError
from geodata.messages import spans
from geodata.register.carried import heirs
from geodata.register.divisions import YEARS, checked_year, municipality_register

__all__ = ["BOUNDARY_YEARS", "carry_boundaries", "municipalities"]

BOUNDARY_YEARS = home().drawn_years
"""Years whose boundaries are bundled for the home country."""


def municipalities(year: int = YEARS[-1], *, country: str | None = None) -> gpd.GeoDataFrame:
    """Municipalities of a year with their names, regions and polygons.

    Land and inland water, without sea, at 1:4.5 million for Finland: whole zones and regions are
    true to a percent or so, small municipalities may be drawn several times too large. Neighbours
    share their border vertex by vertex. `geodata.read_boundaries` reads finer ones from a file,
    `geodata.sources.fetch_boundaries` asks the publisher's service.

    Parameters
    ----------
    year
        Year of the division. Finland: 2021-2026. Sweden: 2013-2026, the same in every year.
    country
        ``"FI"``, or ``"SE"`` for the 29 municipalities of Norrbotten and Västerbotten; the home
        country by default.

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
    if country is not None and country not in codes():
        raise NoGeometryError(
            f"no boundaries of country {country!r}: expected {' or '.join(map(repr, codes()))}, "
            "one at a time"
        )
    code = country_named(country).code
    return _bundled(_checked_boundary_year(year, code), code).copy()


def carry_boundaries(
    geometry: gpd.GeoSeries, successor: Mapping[str, str] | pd.Series
) -> gpd.GeoSeries:
    """Boundaries of a later division, by dissolving the units that merged.

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
    index = pd.Index(list(united), name="lau_id")
    shapes = as_multipolygons(united.values())
    return gpd.GeoSeries(shapes, index=index, crs=geometry.crs, name="geometry")


@cached_by_countries
def _bundled(year: int, code: str) -> gpd.GeoDataFrame:
    """One year's frame, shared: it is copied before it is handed out."""
    record = country_named(code)
    geometry = record.polygons()
    if record.drawn_division is not None:
        geometry = carry_boundaries(geometry, heirs(record.drawn_division, year))
    register = municipality_register(year, country=code)
    if not register.index.equals(geometry.index):
        units = sorted(set(register.index) ^ set(geometry.index))
        raise NoGeometryError(
            f"boundaries and register of {year} differ in {', '.join(units)}; reinstall the package"
        )
    return gpd.GeoDataFrame(register, geometry=geometry, crs=geometry.crs)


def _checked_boundary_year(year: int, code: str) -> int:
    known = country_named(code).drawn_years
    span = spans(known)
    try:
        year = checked_year(year)
    except YearError:
        raise YearError(
            f"no municipalities of year {year!r}: boundaries are bundled for {span}; give one of "
            "these years as a whole number"
        ) from None
    if year not in known:
        raise NoGeometryError(
            f"no bundled boundaries of {year}: a merged municipality cannot be split again, and "
            f"the oldest bundled layer is of {known[0]}; take {span}, or read a boundary file of "
            f"{year} with geodata.read_boundaries; geodata.municipality_register gives its "
            "municipalities without polygons"
        )
    return year
