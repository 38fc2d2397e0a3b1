"""Newer data that a user has fetched: used only when asked for, and named in every figure."""

from typing import TYPE_CHECKING

import pandas as pd

from geodata.countries import home
from geodata.people import POPULATION_YEARS
from geodata.register.carried import summed
from geodata.sources import cached, fetch_boundaries, fetch_population

if TYPE_CHECKING:
    import geopandas as gpd

    from geodata.sources import Fetched

__all__ = ["fetched_boundaries", "fetched_people"]


def fetched_boundaries(division: int) -> "Fetched[gpd.GeoDataFrame] | None":
    """Return the finest fetched boundaries of the home country in a division, if there are any.

    Nothing is asked of the network: what is in the cache counts.
    """
    wanted = (f"boundaries-{home().code.lower()}", division)
    found = [entry for entry in cached() if (entry.dataset, entry.year) == wanted]
    if not found:
        return None
    scale = "1000k" if any("1000k" in entry.layer for entry in found) else "4500k"
    return fetch_boundaries(division, scale=scale)


def fetched_people(division: int) -> tuple[pd.DataFrame, dict[int, str]]:
    """Return fetched figures on people in years not bundled, with the line that credits each.

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
    wanted = f"population-{home().code.lower()}"
    columns: dict[int, pd.Series] = {}
    lines: dict[int, str] = {}
    for entry in cached():
        more = entry.dataset == wanted and entry.year not in POPULATION_YEARS
        if more and entry.division <= division:
            fetched = fetch_population(entry.year)
            columns[entry.year] = summed(fetched.data, fetched.division, division)
            lines[entry.year] = fetched.line
    return pd.DataFrame(columns).astype("Int64").rename_axis("lau_id"), lines
