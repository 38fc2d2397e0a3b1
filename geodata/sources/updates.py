"""Fetch the newest of everything anew, for a user who asks for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from geodata.errors import ArgumentError
from geodata.sources.layers import fetch_boundaries, fetch_population_grid
from geodata.sources.pxweb import PXWEB_URL, fetch_population
from geodata.sources.records import Fetched
from geodata.sources.transport import Progress, Transport
from geodata.sources.wfs import WFS_URL

__all__ = ["DATASETS", "update"]

DATASETS = ("boundaries-fi", "population-fi", "population-grid-fi")


def update(
    datasets: Sequence[str] = ("boundaries-fi", "population-fi"),
    *,
    year: int | None = None,
    scale: str = "4500k",
    cell: str = "1km",
    folder: str | Path | None = None,
    progress: Progress | bool | None = None,
    wfs_url: str = WFS_URL,
    pxweb_url: str = PXWEB_URL,
    transport: Transport | None = None,
) -> tuple[Fetched[Any], ...]:
    """Fetch datasets anew into the cache; no figure uses them until it is told to.

    Parameters
    ----------
    datasets
        Any of `DATASETS`.
    year
        Default: this year for boundaries and last year for people, or the newest before that.
    scale
        Of the boundaries.
    cell
        Of the population grid.
    folder, progress, transport
        As in `fetch_boundaries`.
    wfs_url, pxweb_url
        The addresses of the services.

    Raises
    ------
    ServiceError, OfflineError
        As in `fetch_boundaries`. What was fetched before the failure is kept.

    Examples
    --------
    >>> for fetched in update(progress=True):  # doctest: +SKIP
    ...     print(fetched.line)
    """
    if isinstance(datasets, str):
        datasets = (datasets,)
    unknown = [name for name in datasets if name not in DATASETS]
    if unknown:
        raise ArgumentError(
            f"{', '.join(unknown)}: not to be fetched; choose from {', '.join(DATASETS)}"
        )
    this_year = dt.datetime.now(dt.UTC).year
    last_year = this_year - 1
    fetchers: dict[str, Callable[..., Fetched[Any]]] = {
        "boundaries-fi": partial(fetch_boundaries, year or this_year, scale=scale),
        "population-fi": partial(fetch_population, year or last_year),
        "population-grid-fi": partial(fetch_population_grid, year or last_year, cell=cell),
    }
    return tuple(
        fetchers[name](
            refresh=True,
            base_url=pxweb_url if name == "population-fi" else wfs_url,
            folder=folder,
            progress=progress,
            transport=transport,
        )
        for name in datasets
    )
