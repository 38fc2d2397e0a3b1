"""Statistics Finland's layers: boundaries of a year and scale, and the population grid."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import pandas as pd
from shapely.errors import ShapelyError

from geodata.boundaries.given import as_boundaries
from geodata.errors import ArgumentError, GeodataError, ServiceError
from geodata.messages import unknown
from geodata.sources.records import Fetched
from geodata.sources.transport import Progress, Transport
from geodata.sources.wfs import WFS_URL, Layer, fetch_layer

__all__ = ["CELLS", "SCALES", "fetch_boundaries", "fetch_population_grid"]

SCALES = ("1000k", "4500k")
CELLS = ("1km", "5km")
_FARTHEST_M = 1e8
# What shapely raises over a geometry that is none.
_STUMBLED = (ShapelyError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


def fetch_boundaries(
    year: int,
    *,
    scale: str = "4500k",
    refresh: bool = False,
    folder: str | Path | None = None,
    progress: Progress | bool | None = None,
    base_url: str = WFS_URL,
    transport: Transport | None = None,
) -> Fetched[gpd.GeoDataFrame]:
    """Fetch Statistics Finland's municipality boundaries of a year.

    The layer of a new year comes months late; until then that of the year before is given, and
    the result's ``year`` says so. What was fetched earlier is read from the cache.

    Parameters
    ----------
    year
        The year of the division.
    scale
        ``"4500k"`` as bundled, or the finer ``"1000k"``.
    refresh
        Ask the service even where the cache has the layer.
    folder
        The cache folder; default that of the user.
    progress
        True for a progress bar on stderr, or a callback.
    base_url
        The address of the WFS.
    transport
        Time-outs, retries and limits.

    Returns
    -------
    Fetched
        ``data`` is a frame like that of `geodata.municipalities`.

    Raises
    ------
    ServiceError
        No usable answer.
    OfflineError
        ``ZONES_OFFLINE`` forbids the network and the cache does not have the layer.

    Examples
    --------
    >>> fetched = fetch_boundaries(2026, scale="1000k", progress=True)  # doctest: +SKIP
    >>> fetched.year, len(fetched.data)  # doctest: +SKIP
    (2026, 308)
    """
    if scale not in SCALES:
        raise ArgumentError(unknown("scale", scale, SCALES))
    layer = Layer(
        dataset="boundaries-fi",
        type_name=f"tilastointialueet:kunta{scale}_{{year}}",
        title=f"municipality-based statistical units {{year}} (kunta{scale}_{{year}})",
        key="kunta",
    )
    return fetch_layer(
        layer,
        year,
        read=_boundaries,
        refresh=refresh,
        folder=folder,
        progress=progress,
        base_url=base_url,
        transport=transport or Transport(),
    )


def fetch_population_grid(
    year: int,
    *,
    cell: str = "1km",
    refresh: bool = False,
    folder: str | Path | None = None,
    progress: Progress | bool | None = None,
    base_url: str = WFS_URL,
    transport: Transport | None = None,
) -> Fetched[gpd.GeoDataFrame]:
    """Fetch Statistics Finland's population grid of a year: inhabited cells only, some 30 MB.

    Parameters
    ----------
    year
        People are counted on 31 December of it.
    cell
        ``"1km"`` or ``"5km"``.
    refresh, folder, progress, base_url, transport
        As in `fetch_boundaries`.

    Returns
    -------
    Fetched
        ``data`` has the cells' centres in EPSG:3067, with ``grd_id``, ``lau_id`` as the service
        gives it, and ``population``.

    Raises
    ------
    ServiceError, OfflineError
        As in `fetch_boundaries`.

    Examples
    --------
    >>> grid = fetch_population_grid(2025, progress=True)  # doctest: +SKIP
    >>> grid.data["population"].sum()  # doctest: +SKIP
    """
    if cell not in CELLS:
        raise ArgumentError(unknown("cell", cell, CELLS))
    layer = Layer(
        dataset="population-grid-fi",
        type_name=f"vaestoruutu:vaki{{year}}_{cell}",
        title=f"population grid data {{year}} (vaki{{year}}_{cell})",
        key="grd_id",
        properties=("grd_id", "kunta", "vaesto", "geom"),
    )
    return fetch_layer(
        layer,
        year,
        read=_cells,
        refresh=refresh,
        folder=folder,
        progress=progress,
        base_url=base_url,
        transport=transport or Transport(),
    )


def _boundaries(content: bytes, year: int) -> gpd.GeoDataFrame:
    try:
        return as_boundaries(_frame(content), year=year, country="FI", source="the layer")
    except GeodataError as fault:
        raise ServiceError(str(fault)) from fault


def _cells(content: bytes, year: int) -> gpd.GeoDataFrame:
    frame = _frame(content)
    lacking = [name for name in ("grd_id", "kunta", "vaesto") if name not in frame]
    if lacking:
        raise ServiceError(f"the grid of {year} lacks the fields {', '.join(lacking)}")
    if not frame["kunta"].astype("string").str.fullmatch(r"\d{3}").fillna(value=False).all():
        raise ServiceError(
            f"the grid of {year} has cells whose kunta is not a code of three digits"
        )
    people = frame["vaesto"]
    if not pd.api.types.is_integer_dtype(people) or (people < 0).any():
        raise ServiceError(f"the grid of {year} has people that are not whole numbers in vaesto")
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


def _frame(content: bytes) -> gpd.GeoDataFrame:
    try:
        frame = gpd.GeoDataFrame.from_features(json.loads(content)["features"], crs=3067)
    except _STUMBLED as fault:
        raise ServiceError(f"a geometry is not readable as GeoJSON ({fault!r})") from fault
    if frame.is_empty.any() or not (abs(frame.total_bounds) < _FARTHEST_M).all():
        raise ServiceError("a geometry is empty, or its coordinates are no metres of EPSG:3067")
    return frame
