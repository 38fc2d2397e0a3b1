"""Figures of the extents on a map, computed once for all that shows them."""

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from zones.measures.everything import some_measures
from zones.model.contract import measures_on_map
from zones.model.figures import MeasureTable

if TYPE_CHECKING:
    from zones.extents.area import Area

__all__ = ["measured"]

_of_areas: "WeakKeyDictionary[Area, MeasureTable]" = WeakKeyDictionary()
# Figures of the catalogue's extents on bundled boundaries never change while Python runs, and are
# most of the time that a map takes.
_of_catalogue: dict[tuple[str, str, int, int, int], MeasureTable] = {}


def measured(area: "Area", *, known: bool = False) -> MeasureTable:
    """Return the figures of an extent that the map shows; ``known`` is one of the catalogue."""
    if area not in _of_areas:
        _of_areas[area] = (
            _catalogued(area)
            if known and not (area.own_boundaries or area.given)
            else _figures(area)
        )
    return _of_areas[area]


def _catalogued(area: "Area") -> MeasureTable:
    key = (area.group.id, area.extent.id, area.year, area.division, area.people_until)
    if key not in _of_catalogue:
        _of_catalogue[key] = _figures(area)
    return _of_catalogue[key]


def _figures(area: "Area") -> MeasureTable:
    found = some_measures(area, {row.name for row in measures_on_map()})
    rank = {row.name: number for number, row in enumerate(measures_on_map())}
    kept = [row for row in found if row.key is None or row.name in {"members", "population"}]
    return MeasureTable(sorted(kept, key=lambda row: rank[row.name]))
