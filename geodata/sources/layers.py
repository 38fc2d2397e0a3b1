"""Statistics Finland's layers: boundaries of a year and scale, and the population grid."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import geopandas as gpd

from geodata.errors import ArgumentError
from geodata.messages import unknown
from geodata.sources.features import read_boundary_layer, read_grid_layer
from geodata.sources.records import Fetched
from geodata.sources.transport import Progress, Transport
from geodata.sources.wfs import WFS_URL, Layer, fetch_layer

__all__ = ["CELLS", "SCALES", "fetch_boundaries", "fetch_population_grid"]

SCALES = ("1000k", "4500k")
CELLS = ("1km", "5km")


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
        read=read_boundary_layer,
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
        read=partial(read_grid_layer, cell=cell),
        refresh=refresh,
        folder=folder,
        progress=progress,
        base_url=base_url,
        transport=transport or Transport(),
    )
