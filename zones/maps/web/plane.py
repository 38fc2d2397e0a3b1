"""The plane that the page is drawn in, the piece of it with ground, and how far one may zoom."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pyproj
import shapely

from geodata.backdrop import GROUND
from geodata.countries.record import PLANE
from zones.maps.shapes import Shapes
from zones.maps.web.encode import DECIMALS

__all__ = ["FINNISH", "Plane", "decimals_of", "ground_of", "plane_of", "view_of"]

DEEPEST_BUNDLED = 9
"""The deepest zoom on boundaries at 1:4.5 million: 130 metres to a pixel."""
DEEPEST_OWN = 13
"""At least, on a user's own boundaries, which may be exact: 8 metres to a pixel."""
DEEPEST = 18
"""However small the units are."""
_ACROSS = 200
"""Pixels that a middling unit has across where one may zoom no deeper."""
_DEGREE = 111_320.0
"""Metres of a degree of latitude."""

AROUND_FINLAND = (10.0, 55.0, 40.0, 75.0)
"""Degrees within which units are drawn in Finland's own plane."""
WIDEST = 40.0
"""Degrees of longitude either side beyond which a transverse Mercator helps no more."""

_EDGE = 25_000.0
"""Metres by which the edges of the backdrop may stray, being simplified."""
_STEP = 50_000.0
"""Metres between points of the ground's sides, which bend in another plane."""
_MARGIN = 0.1
"""Of the units' size: ground that must be there around them."""


@dataclass(frozen=True)
class Plane:
    """
    A transverse Mercator on the ellipsoid of ETRS89 (GRS80), in metres from the equator.

    Attributes
    ----------
    name
        Its code, or what it is.
    meridian
        Longitude of the meridian in the middle, in degrees.
    scale
        Scale along that meridian.
    easting
        Metres that the meridian has as its x.
    latitude
        Where a zoom level has the scale of Web Mercator's, in degrees.
    """

    name: str
    meridian: float
    scale: float
    easting: float
    latitude: float

    @property
    def crs(self) -> pyproj.CRS:
        """The same as pyproj knows it."""
        return pyproj.CRS.from_dict(
            {
                "proj": "tmerc",
                "lon_0": self.meridian,
                "k": self.scale,
                "x_0": self.easting,
                "ellps": "GRS80",
            }
        )


FINNISH = Plane("EPSG:3067", meridian=27.0, scale=0.9996, easting=500_000.0, latitude=65.0)
"""ETRS89 / TM35FIN."""


def plane_of(shapes: Shapes) -> Plane | None:
    """
    Return the plane for the units: Finland's around it, else one about their own middle.

    None, which is Web Mercator, for units over so many longitudes that no such plane holds them.
    """
    west, south, east, north = _bounds(shapes)
    if np.isnan(west):
        return FINNISH
    inside = AROUND_FINLAND
    if west >= inside[0] and south >= inside[1] and east <= inside[2] and north <= inside[3]:
        return FINNISH
    if east - west > 2 * WIDEST:
        return None
    return Plane(
        "transverse Mercator about the middle of the units",
        meridian=round((west + east) / 2, 1),
        scale=1.0,
        easting=500_000.0,
        latitude=round((south + north) / 2, 1),
    )


def ground_of(shapes: Shapes, plane: Plane | None) -> tuple[float, float, float, float] | None:
    """
    Return the piece of the plane that has ground all over: left, bottom, right, top, in metres.

    No view may leave it, so that nobody sees the ground end. None where the backdrop does not
    hold the units: then there is none, and the page is plain around them. Without a plane the
    metres are those of Web Mercator.
    """
    left, bottom, right, top = GROUND
    region = shapely.box(left + _EDGE, bottom + _EDGE, right - _EDGE, top - _EDGE)
    crs = PLANE if plane == FINNISH else 3857 if plane is None else plane.crs
    region = _moved(shapely.segmentize(region, _STEP), PLANE, crs)
    units = _moved(shapely.MultiPoint(_corners(shapes)), 4326, crs)
    least = _grown(shapely.bounds(units if not units.is_empty else region.centroid))
    if not region.is_valid or not shapely.contains(region, shapely.box(*least)):
        return None
    # From all of the region's bounds inwards to the units: the first box that is all ground.
    most = shapely.bounds(region)
    boxes = (most + part * (least - most) for part in np.linspace(0, 1, 101))
    held = next(box for box in boxes if shapely.covers(region, shapely.box(*box)))
    return round(held[0]), round(held[1]), round(held[2]), round(held[3])


def view_of(shapes: Shapes, *, tiles: bool) -> dict[str, Any]:
    """Return what the page's view rests on: plane, ground, deepest zoom."""
    plane = None if tiles else plane_of(shapes)
    latitude = FINNISH.latitude if plane is None else plane.latitude
    # Units of a kilometre are seen as well as municipalities are.
    seen = math.ceil(math.log2(_metres_of_pixel(latitude) * _ACROSS / shapes.typical))
    least = DEEPEST_OWN if shapes.own else DEEPEST_BUNDLED
    return {
        "plane": None if plane is None else asdict(plane),
        "ground": None if shapes.fine else ground_of(shapes, plane),
        "deepest": min(max(seen, least), DEEPEST),
        "near": min(max(seen, DEEPEST_BUNDLED), DEEPEST) - 1,
    }


def decimals_of(view: Mapping[str, Any], shapes: Shapes) -> int:
    """Return the decimals of a degree that a pixel at the deepest zoom needs."""
    plane = view["plane"]
    latitude = FINNISH.latitude if plane is None else plane["latitude"]
    pixel = _metres_of_pixel(latitude) / 2 ** view["deepest"]
    return max(DECIMALS, math.ceil(math.log10(_DEGREE / max(pixel, shapes.simplified or 0))))


def _metres_of_pixel(latitude: float) -> float:
    """Return the metres of a pixel at zoom 0."""
    return 2 * math.pi * 6_378_137 * math.cos(math.radians(latitude)) / 256


def _bounds(shapes: Shapes) -> tuple[float, float, float, float]:
    bounds: tuple[float, float, float, float] = tuple(shapely.total_bounds(shapes.lonlat))
    return bounds


def _corners(shapes: Shapes) -> np.ndarray:
    boxes = shapely.bounds(shapes.lonlat)
    boxes = boxes[~np.isnan(boxes[:, 0])]
    return np.vstack([boxes[:, [0, 1]], boxes[:, [0, 3]], boxes[:, [2, 1]], boxes[:, [2, 3]]])


def _grown(box: np.ndarray) -> np.ndarray:
    room = _MARGIN * max(box[2] - box[0], box[3] - box[1])
    return np.asarray(box + np.array([-room, -room, room, room]))


def _moved(shape: Any, source: Any, target: Any) -> Any:
    return gpd.GeoSeries([shape], crs=source).to_crs(target).iloc[0]
