"""Coordinate systems that files of the countries in use usually are in, and how they are said."""

from geodata.countries import countries
from geodata.countries.record import PLANE

__all__ = ["fitting", "usual_systems"]

_USUAL = {
    4326: "longitude and latitude",
    3035: "ETRS89 / LAEA Europe",
    3857: "Web Mercator",
    25834: "ETRS89 / UTM zone 34N",
    25833: "ETRS89 / UTM zone 33N",
    25836: "ETRS89 / UTM zone 36N",
}


def usual_systems() -> dict[int, str]:
    """
    EPSG codes with their names: the plane of the figures, the countries' own, Europe's.

    Examples
    --------
    >>> list(usual_systems())[:3]
    [3067, 2393, 3879]
    """
    national = {epsg: name for record in countries() for epsg, name in record.crs.items()}
    return {PLANE: "", **national, **_USUAL}


def fitting(epsg: int, *, give: str = "crs") -> str:
    """
    Say that coordinates fit a system, and which argument to give.

    Examples
    --------
    >>> fitting(3067)
    'they fit EPSG:3067 (ETRS89 / TM35FIN(E,N)): if that is right, give crs=3067'
    """
    return f"they fit EPSG:{epsg} ({usual_systems()[epsg]}): if that is right, give {give}={epsg}"
