"""Figures of the extents on a map, computed once for all that shows them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from zones.measures.everything import some_measures
from zones.model.contract import measures_on_map
from zones.model.figures import Measure, MeasureTable

if TYPE_CHECKING:
    from zones.extents.area import Area

__all__ = ["hand_on", "measured"]

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


def hand_on(area: "Area", table: MeasureTable) -> None:
    """Let the map show figures of an extent that are computed already."""
    _of_areas[area] = _shown(table)


def _figures(area: "Area") -> MeasureTable:
    return _shown(some_measures(area, {row.name for row in measures_on_map()}))


def _shown(table: Iterable[Measure]) -> MeasureTable:
    """Return what the map shows of figures, in its order."""
    rank = {row.name: number for number, row in enumerate(measures_on_map())}
    kept = [row for row in table if row.name in rank]
    kept = [row for row in kept if row.key is None or row.name in {"members", "population"}]
    return MeasureTable(sorted(kept, key=lambda row: rank[row.name]))
