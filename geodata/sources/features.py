"""Features that a service sent, as the table that was asked for: believed when each fits."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.errors import ShapelyError

from geodata.boundaries.given import as_boundaries
from geodata.countries.record import PLANE, YEARS
from geodata.errors import GeodataError, ServiceError
from geodata.messages import listed
from geodata.register.divisions import division_ids
from geodata.sources.answers import excerpt
from geodata.units import M_PER_KM

__all__ = ["read_boundary_layer", "read_grid_layer"]

_FARTHEST_M = 1e8
# What shapely raises over a geometry that is none.
_STUMBLED = (ShapelyError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
# Cells of Finland are within these kilometres of EPSG:3067, and sides of a cell within a metre.
_EAST_KM, _NORTH_KM = (40, 760), (6570, 7800)
_NOISE_M = 1.0
# Twice what the fullest 5 km of Finland hold.
_MOST_PEOPLE = 500_000


def read_boundary_layer(content: bytes, year: int) -> gpd.GeoDataFrame:
    """
    Make municipalities of the GeoJSON of a year.

    Raises
    ------
    ServiceError
        If features are of another year, or are not the municipalities of this one at their places.
    """
    frame = _frame(content)
    if "vuosi" in frame:
        said = [str(value).removesuffix(".0") for value in frame["vuosi"]]
        wrong = [value != str(year) for value in said]
        _refuse(wrong, "properties.vuosi", said, f"{year} was asked for")
    codes = frame["kunta"].tolist()
    strange = [re.fullmatch("[0-9]{3}", code) is None for code in codes]
    _refuse(strange, "properties.kunta", map(repr, codes), "no code of a municipality")
    try:
        return as_boundaries(frame, year=year, country="FI", source="the layer")
    except GeodataError as fault:
        raise ServiceError(str(fault)) from fault


def read_grid_layer(content: bytes, year: int, *, cell: str) -> gpd.GeoDataFrame:
    """
    Make centres of cells, with people, of the GeoJSON of a year.

    Parameters
    ----------
    content
        GeoJSON, in EPSG:3067.
    year
        Year of the people.
    cell
        Side of the cells, ``"1km"`` or ``"5km"``.

    Raises
    ------
    ServiceError
        If a cell is not where its id says, in no municipality, or has no number of people.
    """
    frame = _frame(content)
    lacking = [name for name in ("grd_id", "kunta", "vaesto") if name not in frame]
    if lacking:
        raise ServiceError(f"the grid of {year} lacks the fields {', '.join(lacking)}")
    codes = frame["kunta"].tolist()
    known = {unit[3:] for year in YEARS for unit in division_ids(year, country="FI")}
    _refuse(
        [code not in known for code in codes],
        "properties.kunta",
        map(repr, codes),
        "no municipality",
    )
    people = frame["vaesto"]
    _refuse(
        [not _is_count(value) for value in people],
        "properties.vaesto",
        people,
        f"people that are not whole numbers of 0 to {_MOST_PEOPLE:,}",
    )
    _check_places(frame, float(cell.removesuffix("km")), cell)
    # The centre is taken from the square: which corner xkoord and ykoord name need not be known.
    return gpd.GeoDataFrame(
        {
            "grd_id": frame["grd_id"],
            "lau_id": "FI_" + frame["kunta"].astype(str),
            "population": people.astype("int64"),
        },
        geometry=frame.geometry.centroid,
        crs=frame.crs,
    )


def _is_count(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return 0 <= value <= _MOST_PEOPLE and value % 1 == 0


def _check_places(frame: gpd.GeoDataFrame, side_km: float, cell: str) -> None:
    """Refuse cells that are not the squares that their ids name."""
    ids = frame["grd_id"].astype("string")
    parts = ids.str.extract(rf"^{cell}N(\d{{4}})E(\d{{3,4}})$").astype("float64")
    _refuse(
        parts[0].isna(), "properties.grd_id", ids, f"no id of a cell of {cell} ({cell}N...E...)"
    )
    north, east = parts[0].to_numpy(), parts[1].to_numpy()
    outside = (east < _EAST_KM[0]) | (east > _EAST_KM[1])
    outside |= (north < _NORTH_KM[0]) | (north > _NORTH_KM[1])
    _refuse(outside, "properties.grd_id", ids, "a cell outside of Finland")
    bounds: NDArray[np.float64] = frame.geometry.bounds.to_numpy()
    named = np.column_stack([east, north, east + side_km, north + side_km]) * M_PER_KM
    squares = np.isclose(shapely.area(frame.geometry.to_numpy()), (side_km * M_PER_KM) ** 2)
    off = ~squares | (np.abs(bounds - named) > _NOISE_M).any(axis=1)
    boxes = ["({:.10g}, {:.10g}) to ({:.10g}, {:.10g})".format(*box) for box in bounds]
    shown = [f"{box}, its grd_id {name}" for box, name in zip(boxes, ids, strict=True)]
    _refuse(off, "geometry", shown, "the cell is not the square that its id names")


def _frame(content: bytes) -> gpd.GeoDataFrame:
    features: list[dict[str, Any]] = json.loads(content)["features"]
    shapes = []
    for at, feature in enumerate(features):
        try:
            _check_numbers(feature["geometry"].get("coordinates", []))
            shapes.append(shapely.geometry.shape(feature["geometry"]))
        except _STUMBLED as fault:
            raise ServiceError(
                f"features[{at}].geometry is not readable as GeoJSON ({excerpt(repr(fault))})"
            ) from fault
    # As they came: a frame of its own accord would make not-a-number of null.
    properties = pd.DataFrame([feature["properties"] for feature in features], dtype=object)
    frame = gpd.GeoDataFrame(properties, geometry=shapes, crs=PLANE)
    _refuse(frame.is_empty, "geometry", frame.geometry.geom_type, "a geometry is empty")
    far = ~(frame.geometry.bounds.abs() < _FARTHEST_M).all(axis="columns")
    boxes = frame.geometry.bounds.to_numpy().tolist()
    _refuse(far, "geometry", boxes, "coordinates are no metres of EPSG:3067")
    return frame


def _check_numbers(coordinates: object) -> None:
    """Raise `TypeError` for coordinates that are text: shapely would read it."""
    if isinstance(coordinates, list):
        for part in coordinates:
            _check_numbers(part)
    elif type(coordinates) not in (int, float):
        raise TypeError(f"{coordinates!r} is no coordinate")


def _refuse(wrong: Iterable[bool], place: str, values: Iterable[object], reason: str) -> None:
    """Raise where features are wrong, and say which and what is in them."""
    pairs = enumerate(zip(wrong, values, strict=True))
    found = [
        f"features[{at}].{place} is {excerpt(str(value))}" for at, (bad, value) in pairs if bad
    ]
    if found:
        raise ServiceError(f"{reason}: {listed(found, most=3, mark='; ')}")
