"""Arguments that several functions take: geometry by unit, and metres."""

import geopandas as gpd
import numpy as np

from geodata.coverages.polygons import as_polygons
from geodata.errors import ArgumentError

__all__ = ["check_metres", "geometry_of"]


def geometry_of(units: object, what: str = "units") -> gpd.GeoSeries:
    """Return the geometry of a GeoDataFrame or GeoSeries, or raise `ArgumentError`."""
    if isinstance(units, gpd.GeoSeries):
        geometry = units
    elif isinstance(units, gpd.GeoDataFrame) and units.active_geometry_name is not None:
        geometry = units.geometry
    else:
        raise ArgumentError(
            f"{what} are a {type(units).__name__} without geometry; give polygons indexed by unit, "
            "such as geodata.municipalities()"
        )
    given = geometry.to_numpy()
    polygons = as_polygons(given)
    if polygons is given:
        return geometry
    return gpd.GeoSeries(polygons, index=geometry.index, crs=geometry.crs)


def check_metres(**lengths: object) -> None:
    """Raise `ArgumentError` unless each is a number of metres, 0 or more."""
    wrong = [
        f"{name} {metres!r}"
        for name, metres in lengths.items()
        if isinstance(metres, bool)
        or not isinstance(metres, int | float | np.integer | np.floating)
        # Not a number is not below 0 either.
        or not metres >= 0
    ]
    if wrong:
        raise ArgumentError(f"{', '.join(wrong)}: give metres, 0 or more")
