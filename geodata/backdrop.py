"""Land, lakes and land borders around the Baltic, for drawing under and over municipalities.

Natural Earth at 1:10 million, simplified: never for measuring, and never laid over boundaries to
decide what is where.
"""

import geopandas as gpd
import shapely

from geodata import snapshot

__all__ = ["BACKDROP_LAYERS", "GROUND", "backdrop_geometry", "backdrop_layers"]

BACKDROP_LAYERS = ("land", "lakes", "borders")
"""Layers from the bottom up; lakes go above municipalities, which have no lakes cut out."""

GROUND = (-2_200_000.0, 5_400_000.0, 3_000_000.0, 9_000_000.0)
"""The piece of EPSG:3067 that the layers fill: left, bottom, right, top.

It holds all of Finland on a screen of any shape, so that no map need show where the layers end.
"""


def backdrop_layers() -> dict[str, str]:
    """GeoJSON text of each layer by its name, in drawing order, ready to be put in a page.

    Each is one geometry in longitude and latitude (EPSG:4326), without properties, with two or
    three decimals.

    Raises
    ------
    SnapshotError
        If a bundled file is missing or damaged.

    Examples
    --------
    >>> {name: text[:22] for name, text in backdrop_layers().items()}["land"]
    '{"type":"MultiPolygon"'
    """
    return {name: _text(name) for name in BACKDROP_LAYERS}


def backdrop_geometry(layer: str) -> gpd.GeoSeries:
    """Parts of a layer (``"land"``, ``"lakes"``, ``"borders"``) as shapes in EPSG:4326.

    Raises
    ------
    KeyError
        If there is no such layer.

    Examples
    --------
    >>> backdrop_geometry("borders").geom_type.unique().tolist()
    ['LineString']
    """
    if layer not in BACKDROP_LAYERS:
        raise KeyError(f"no backdrop layer {layer!r}: expected {', '.join(BACKDROP_LAYERS)}")
    parts = shapely.get_parts(shapely.from_geojson(_text(layer)))
    return gpd.GeoSeries(parts, crs=4326, name=layer)


def _text(layer: str) -> str:
    return snapshot.read_bytes(f"backdrop_{layer}.geojson").decode()
