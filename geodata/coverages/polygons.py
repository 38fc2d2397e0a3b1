"""Polygons as units have them: which geometries are polygons, and what a broken one means."""

from collections.abc import Iterable
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.errors import ArgumentError, CoverageError
from geodata.messages import listed

__all__ = [
    "are_polygons",
    "as_multipolygons",
    "as_polygons",
    "geometry_of",
    "made_valid",
    "only",
    "refuse_degrees",
    "unit_polygons",
]

_POLYGONAL = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)


def are_polygons(geometries: NDArray[Any]) -> NDArray[np.bool_]:
    """Return which are polygons or multipolygons; a missing geometry is none."""
    polygonal: NDArray[np.bool_] = np.isin(shapely.get_type_id(geometries), _POLYGONAL)
    return polygonal


def as_polygons(geometries: NDArray[Any]) -> NDArray[Any]:
    """Return the geometries with collections of nothing but polygons as the ground that these hold.

    Examples
    --------
    >>> collection = shapely.GeometryCollection([shapely.box(0, 0, 1, 1)])
    >>> as_polygons(np.array([collection]))[0].geom_type
    'MultiPolygon'
    """
    collections = shapely.get_type_id(geometries) == shapely.GeometryType.GEOMETRYCOLLECTION
    if not collections.any():
        return geometries
    found = geometries.copy()
    for at in np.flatnonzero(collections):
        parts = shapely.get_parts(geometries[at])
        while (shapely.get_type_id(parts) > shapely.GeometryType.POLYGON).any():
            parts = shapely.get_parts(parts)
        if len(parts) and are_polygons(parts).all():
            # Parts that share a border make no valid multipolygon; invalid ones stay, to be seen.
            apart = shapely.multipolygons(parts)
            united = shapely.is_valid(parts).all() and not shapely.is_valid(apart)
            found[at] = shapely.union_all(parts) if united else apart
    return found


def as_multipolygons(polygons: Iterable[Any]) -> list[Any]:
    """Return polygons and multipolygons as multipolygons all."""
    return [
        shape if shape.geom_type == "MultiPolygon" else shapely.multipolygons([shape])
        for shape in polygons
    ]


def only(geometries: Any, kept: NDArray[np.bool_]) -> NDArray[Any]:
    """Return the geometries at the same places, with missing ones where they are not kept."""
    some: NDArray[Any] = np.full(len(kept), None, dtype=object)
    some[kept] = geometries[kept]
    return some


def made_valid(geometries: NDArray[Any]) -> NDArray[Any]:
    """Return the geometries with the invalid ones made valid; bare lines of polygons are left out.

    What a ring goes around, in either direction and however often, is inside; holes are taken out
    of it, and what parts have in common counts once.

    Examples
    --------
    >>> bow_tie = shapely.Polygon([(0, 0), (4, 4), (4, 0), (0, 4)])
    >>> shapely.area(made_valid(np.array([bow_tie]))).tolist()
    [8.0]
    """
    invalid = np.flatnonzero(~shapely.is_valid(geometries) & ~shapely.is_missing(geometries))
    if not len(invalid):
        return geometries
    made = geometries.copy()
    made[invalid] = shapely.make_valid(
        geometries[invalid], method="structure", keep_collapsed=False
    )
    return made


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


def unit_polygons(units: object, what: str = "units", *, empty: bool = True) -> gpd.GeoSeries:
    """Return the polygons of units that each have an id of their own, or raise `CoverageError`.

    Polygons may be ``empty``, or not.
    """
    geometry = geometry_of(units, what)
    ids = geometry.index
    if ids.hasnans or len(set(map(type, ids))) > 1:
        raise CoverageError("units without an id, or with ids of several kinds: give each a lau_id")
    twice = ids[ids.duplicated()].unique()
    if len(twice):
        raise CoverageError(
            f"{listed(twice)} given more than once: dissolve by unit first, one row a unit"
        )
    polygons = geometry.to_numpy()
    usable = are_polygons(polygons)
    absent = ids[~usable if empty else ~usable | shapely.is_empty(polygons)]
    if len(absent):
        raise CoverageError(
            f"{listed(absent)} without a polygon: every unit needs a polygon or multipolygon"
        )
    return geometry


def refuse_degrees(geometry: gpd.GeoSeries) -> None:
    """Raise `CoverageError` where coordinates are in degrees, which measure nothing."""
    if geometry.crs is not None and geometry.crs.is_geographic:
        raise CoverageError(
            f"geometry is in degrees ({geometry.crs.name}): borders and faults are measured in "
            "metres, so give it in a projected CRS, for instance geometry.to_crs(3067)"
        )
