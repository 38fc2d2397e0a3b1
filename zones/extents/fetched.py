"""Newer data that a user has fetched: used only when asked for, and named in every figure."""

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

import geodata
from geodata.people import POPULATION_YEARS
from geodata.sources import cached, fetch_boundaries, fetch_population

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["SOURCES", "FetchedBoundaries", "fetched_boundaries", "fetched_people"]

SOURCES = ("bundled", "latest")
"""Which data figures may rest on."""


class FetchedBoundaries(NamedTuple):
    """Boundaries from the cache with the line that credits them."""

    frame: "gpd.GeoDataFrame"
    line: str


def fetched_boundaries(division: int) -> FetchedBoundaries | None:
    """
    Return the finest fetched boundaries of Finland in a division; nothing where there are none.

    Nothing is asked of the network: what is in the cache counts.
    """
    found = [
        entry for entry in cached() if entry.dataset == "boundaries-fi" and entry.year == division
    ]
    if not found:
        return None
    scale = "1000k" if any("1000k" in entry.layer for entry in found) else "4500k"
    fetched = fetch_boundaries(division, scale=scale)
    return FetchedBoundaries(fetched.data, fetched.line)


def fetched_people(division: int) -> tuple[pd.DataFrame, dict[int, str]]:
    """
    Return fetched figures on people newer than the bundled ones, with the line that credits each.

    Parameters
    ----------
    division
        Year of the division that the figures are carried to. Figures in a later division, whose
        merged units would have to be split, are left out.

    Returns
    -------
    tuple
        A column a year, indexed by ``lau_id``; and the line by year.
    """
    columns: dict[int, pd.Series] = {}
    lines: dict[int, str] = {}
    for entry in cached():
        newer = entry.dataset == "population-fi" and entry.year > POPULATION_YEARS[-1]
        if not newer or entry.division > division:
            continue
        fetched = fetch_population(entry.year)
        successor = geodata.successors(
            fetched.data.index, from_year=fetched.division, to_year=division
        )
        columns[entry.year] = fetched.data.groupby(successor.to_numpy()).sum()
        lines[entry.year] = fetched.line
    return pd.DataFrame(columns).astype("Int64").rename_axis("lau_id"), lines
