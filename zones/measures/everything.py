"""Every measure of an area in one table: what reports show and comparisons set side by side."""

import functools
from collections.abc import Collection

from zones.extents.area import Area
from zones.measures.connectivity import connectivity_parts
from zones.measures.coverage.table import coverage_parts
from zones.measures.figure import in_order
from zones.measures.graphs.undecided import border_graphs
from zones.measures.indicators.given import Data
from zones.measures.indicators.table import indicators
from zones.measures.parts import rows_of
from zones.measures.reach.table import reach, reach_parts
from zones.model.figures import MeasureTable

__all__ = ["DISTANCES_KM", "all_measures", "some_measures"]

DISTANCES_KM = (0, 10, 25, 50, 100)
"""Distances, from the zone, within which people are counted."""


def all_measures(area: Area, *, data: Data | None = None) -> MeasureTable:
    """
    Return coverage, reach and connectivity of an extent in one table.

    Parameters
    ----------
    area
        The extent.
    data
        A table of the user's, whose figures come after them; those of single members do not.

    Examples
    --------
    >>> import zones
    >>> all_measures(zones.area("peramerenkaari")).get("holes").items
    ('FI_241',)
    """
    graphs = functools.cache(lambda: border_graphs(area))
    covered = in_order(rows_of(coverage_parts(area, graphs=graphs)))
    tied = in_order(rows_of(connectivity_parts(area, graphs)))
    own = covered + reach(area, within_km=DISTANCES_KM) + tied
    if data is None:
        return own
    members = set(area.units.index)
    return own + MeasureTable([row for row in indicators(area, data) if row.key not in members])


def some_measures(area: Area, names: Collection[str]) -> MeasureTable:
    """
    Return figures of an extent by name, and compute no more than these take.

    Parameters
    ----------
    area
        The extent.
    names
        Figures of coverage, reach without distances, and connectivity.

    Examples
    --------
    >>> import zones
    >>> [row.name for row in some_measures(zones.area("sixnet"), ["density", "holes"])]
    ['holes', 'density']
    """
    graphs = functools.cache(lambda: border_graphs(area))
    parts = (
        *coverage_parts(area, graphs=graphs),
        *reach_parts(area),
        *connectivity_parts(area, graphs),
    )
    return in_order(rows_of(parts, names))
