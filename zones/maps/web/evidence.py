"""Rows of evidence as columns, with sources and notes stored once."""

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar

from geodata.register.carried import carried
from zones.extents.membership import period_of
from zones.maps.chosen import Shown
from zones.model.values import Names
from zones.texts import LANGUAGES
from zones.wording.dates import period_text

__all__ = ["Table", "membership_columns"]

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
