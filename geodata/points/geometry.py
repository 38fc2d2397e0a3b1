"""Points, lines and areas of a user's own: a file, a frame, or shapes as they are."""

from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from geodata.countries.record import PLANE
from geodata.errors import ArgumentError, FileFormatError
from geodata.files.tables import read_points
from geodata.messages import named_rows
from geodata.points.locating import located

__all__ = ["read_geometry"]

_PAIRS = (
    *(("x", "y"), ("lon", "lat"), ("longitude", "latitude"), ("xkoord", "ykoord")),
    *(("east", "north"), ("easting", "northing"), ("e", "n")),
)


def read_geometry(given: Any, *, crs: Any = PLANE) -> tuple[shapely.Geometry, str]:
    """
    Return points, lines or areas as one geometry in a plane, and the name of their file.

    Parameters
    ----------
    given
        A file: GeoPackage, GeoJSON or what else GDAL reads, or CSV, Excel or Parquet with
        coordinates in columns ``x`` and ``y`` (EPSG:3067) or ``lon`` and ``lat`` (EPSG:4326). Or
        a GeoDataFrame or GeoSeries, in its CRS; a DataFrame with such columns; or a shapely
        geometry, which has no CRS and is taken to be in `crs`.
    crs
        The plane to bring them to.

    Raises
    ------
    FileFormatError
        If it has no geometry, no CRS, or coordinates that cannot be in it.
    ArgumentError
        If it is something else.

    Examples
    --------
    >>> stations = pd.DataFrame({"lon": [24.9414], "lat": [60.1719]})
    >>> place, _ = read_geometry(stations)
    >>> round(place.geoms[0].x), round(place.geoms[0].y)
    (385785, 6672336)
    """
    called, name = "the points or lines given", ""
    if isinstance(given, str | Path):
        name = called = Path(given).name
        given = read_points(given)
    if isinstance(given, shapely.Geometry):
        given = gpd.GeoSeries([given], crs=crs)
    if isinstance(given, pd.DataFrame) and not isinstance(given, gpd.GeoDataFrame):
        points = located(_coordinates(given), corner=False, source=called)
        given = gpd.GeoSeries(shapely.points(points.x, points.y), crs=points.crs)
    if not isinstance(given, gpd.GeoDataFrame | gpd.GeoSeries):
        raise ArgumentError(
            f"a {type(given).__name__} is no points or lines: give a file, a GeoDataFrame, a "
            "GeoSeries or a shapely geometry"
        )
    if not len(given):
        raise FileFormatError(f"{called}: no rows; points or lines were expected")
    shapes = given.geometry.to_numpy()
    empty = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    if empty.any():
        rows = named_rows(given.index[empty])
        raise FileFormatError(f"{called}: no geometry in {rows}; leave these out")
    if given.crs is None:
        raise FileFormatError(
            f"{called}: has no CRS, so that nobody knows where it is: set that of its coordinates, "
            "in QGIS or with set_crs(3067), and save it"
        )
    flat = shapely.force_2d(shapes)
    corners = gpd.GeoSeries(shapely.points(shapely.get_coordinates(flat)), crs=given.crs)
    # Refuses coordinates that are not in their CRS, or swapped.
    located(gpd.GeoDataFrame(geometry=corners), source=called)
    placed = gpd.GeoSeries(flat, crs=given.crs).to_crs(crs)
    whole: shapely.Geometry = shapely.union_all(placed.to_numpy())
    if isinstance(whole, shapely.Point):
        whole = shapely.multipoints([whole])
    return whole, name


def _coordinates(table: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of coordinates alone."""
    folded = {str(name).strip().casefold(): name for name in table.columns}
    pair = next((pair for pair in _PAIRS if set(pair) <= set(folded)), ())
    columns = [folded[name] for name in pair] or list(table.columns)
    return table[columns].rename(columns=str)
