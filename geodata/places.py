"""Places as points: the centres of municipalities, and populated places."""

import functools
import io

import geopandas as gpd
import pandas as pd

from geodata import snapshot
from geodata.countries import country_named
from geodata.countries.record import PLANE, YEARS
from geodata.register.divisions import checked_country, checked_year, division_ids

__all__ = ["centres", "populated_places"]


def centres(division: int = YEARS[-1], *, country: str | None = None) -> gpd.GeoDataFrame:
    """Centre of each municipality of a division.

    A centre belongs to its municipality by code: those of Kempele, Mustasaari, Tornio and
    Haparanda lie outside their own polygon, which is drawn more coarsely than the point.

    Parameters
    ----------
    division
        Year of the division, 2013-2026. From 2020 on every Finnish municipality has its centre;
        in earlier divisions those of most former municipalities are not known and not there.
    country
        ``"FI"``, or ``"SE"``, where the seats of seven municipalities by the sea are known and
        only they are there; the home country by default.

    Returns
    -------
    geopandas.GeoDataFrame
        Points in EPSG:3067 indexed by `lau_id`, sorted: ``name`` (of the municipality), ``source``
        (``"NLS"`` or ``"GeoNames"``), ``geometry``.

    Raises
    ------
    YearError
        If the division is not in the register.

    Examples
    --------
    >>> len(centres(2026)), len(centres(2024)), len(centres(country="SE"))
    (308, 309, 7)
    """
    record = country_named(country)
    known = record.seats()
    return known[known.index.isin(division_ids(checked_year(division), country=record.code))].copy()


def populated_places(*, country: str | None = None) -> gpd.GeoDataFrame:
    """Towns and villages with a name, for labels and positions.

    Their populations are of mixed years and often the whole municipality's, so they are never
    summed: `geodata.population` counts people.

    Parameters
    ----------
    country
        ``"FI"``, ``"SE"`` (the north of Sweden), or both by default.

    Returns
    -------
    geopandas.GeoDataFrame
        Points in EPSG:3067 indexed by ``geonameid``: ``name``, ``country``, ``lau_id`` (as
        GeoNames has it, which may be a former municipality), ``kind`` (GeoNames's feature code),
        ``population``, ``geometry``.

    Examples
    --------
    >>> len(populated_places(country="FI")), len(populated_places(country="SE"))
    (478, 54)
    """
    checked_country(country, both=True)
    known = _places()
    return (known if country is None else known[known["country"] == country]).copy()


@functools.cache
def _places() -> gpd.GeoDataFrame:
    text = {"municipality_code": "str", "geonameid": "int64"}
    table = pd.read_csv(io.BytesIO(snapshot.read_bytes("places.csv")), dtype=text)
    table = table.set_index("geonameid").rename(columns={"feature_code": "kind"})
    table["lau_id"] = table["country"] + "_" + table["municipality_code"]
    places = gpd.points_from_xy(table["easting"], table["northing"])
    columns = ["name", "country", "lau_id", "kind", "population"]
    return gpd.GeoDataFrame(table[columns], geometry=places, crs=PLANE)
