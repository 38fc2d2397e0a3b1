"""Every measure of an area in one table: what reports show and comparisons set side by side."""

from zones.extents.area import Area
from zones.measures.connectivity import connectivity
from zones.measures.coverage.table import coverage
from zones.measures.reach.table import reach
from zones.model.figures import MeasureTable

__all__ = ["DISTANCES_KM", "all_measures"]

DISTANCES_KM = (0, 10, 25, 50, 100)
"""Distances, from the zone, within which people are counted."""


def all_measures(area: Area) -> MeasureTable:
    """
    Return coverage, reach and connectivity of an extent in one table.

    Examples
    --------
    >>> import zones
    >>> all_measures(zones.area("peramerenkaari")).get("holes").items
    ('FI_241',)
    """
    return coverage(area) + reach(area, within_km=DISTANCES_KM) + connectivity(area)
