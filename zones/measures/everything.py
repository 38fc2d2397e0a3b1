"""Every measure of an area in one table: what reports show and comparisons set side by side."""

from zones.extents.area import Area
from zones.measures.connectivity import connectivity
from zones.measures.coverage.table import coverage
from zones.measures.indicators.given import Data
from zones.measures.indicators.table import indicators
from zones.measures.reach.table import reach
from zones.model.figures import MeasureTable

__all__ = ["DISTANCES_KM", "all_measures"]

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
    own = coverage(area) + reach(area, within_km=DISTANCES_KM) + connectivity(area)
    if data is None:
        return own
    members = set(area.units.index)
    return own + MeasureTable([row for row in indicators(area, data) if row.key not in members])
