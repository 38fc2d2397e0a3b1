"""Rows of evidence as columns, with sources and notes stored once; what is known, year by year."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from geodata.register.carried import carried
from zones.extents.evidence import evidence_of, evidence_years, period_of
from zones.maps.chosen import Shown
from zones.model.values import Names
from zones.texts import LANGUAGES
from zones.wording.dates import period_text

if TYPE_CHECKING:
    from zones.extents.area import Area

__all__ = ["Table", "known_by_year", "membership_columns"]

_LONGEST_NOTE = 12_000

Value = TypeVar("Value")


class Table(Generic[Value]):
    """Values in the order first seen, each once, known by their number."""

    def __init__(self) -> None:
        """Start empty."""
        self.values: list[Value] = []
        self._numbers: dict[Value, int] = {}

    def number(self, value: Value) -> int:
        """Return the number of a value, adding it if it is new."""
        if value not in self._numbers:
            self._numbers[value] = len(self.values)
            self.values.append(value)
        return self._numbers[value]


def membership_columns(
    shown: Sequence[Shown],
    place: Mapping[str, int],
    division: int,
    *,
    sources: Table[str],
    notes: Table[str],
    periods: Table[Names],
) -> dict[str, list[Any]]:
    """Return the rows of evidence of the groups shown, carried to the division drawn."""
    names = (
        "unit", "group", "role", "confidence", "basis", "from", "to", "period", "year", "weak",
        "sources", "note", "name",
    )  # fmt: skip
    columns: dict[str, list[Any]] = {name: [] for name in names}
    for number, one in enumerate(shown):
        for row in one.group.memberships:
            units = _carried(row.lau_id, row.division, division, place)
            period = _period(*period_of(row, one.group))
            for unit in units:
                values = (
                    unit,
                    number,
                    row.role,
                    row.confidence,
                    row.basis,
                    *period_of(row, one.group),
                    periods.number(period) if period else None,
                    row.evidence_year,
                    row.weak,
                    [sources.number(source) for source in row.sources],
                    notes.number(row.note[:_LONGEST_NOTE]) if row.note else None,
                    row.name_fi if unit is None else None,
                )
                for name, value in zip(names, values, strict=True):
                    columns[name].append(value)
    return columns


def known_by_year(area: "Area", place: Mapping[str, int]) -> dict[str, Any]:
    """
    Return what is known of the units of an extent, from each year on in which that changes.

    ``beyond`` are units outside the extent with evidence of the past. ``known`` has a text a year,
    with a letter a unit, those beyond last: ``d`` documented, ``e`` in the extent alone, ``f``
    former; the year of what holds before them all is 0. It is empty where nothing is in question,
    as of a list that a user gives.
    """
    years = evidence_years(area)
    if not years and (evidence_of(area) == "documented").all():
        return {"beyond": [], "known": []}
    inside = [str(unit) for unit in area.units.index if unit in place]
    years = years or (area.year,)
    found = {0: evidence_of(area, known=years[0] - 1, outside=True)} | {
        year: evidence_of(area, known=year, outside=True) for year in years
    }
    last = found[max(found)]
    outside = last.index.difference(area.units.index)
    beyond = [str(unit) for unit in outside if unit in place and last[unit] == "former"]
    return {
        "beyond": [place[unit] for unit in beyond],
        "known": [
            [year, "".join(status.get(unit, "extent")[0] for unit in (*inside, *beyond))]
            for year, status in found.items()
        ],
    }


def _period(start: str | None, end: str | None) -> Names | None:
    if not (start or end):
        return None
    return Names(*(period_text(start, end, lang) for lang in LANGUAGES))


def _carried(
    unit: str, from_year: int, to_year: int, place: Mapping[str, int]
) -> tuple[int | None, ...]:
    """Return the numbers of the units that hold the row's unit; one None if none is drawn."""
    if unit in place:
        return (place[unit],)
    held = carried([unit], from_year, to_year)
    return tuple(place[one] for one in held if one in place) or (None,)
