"""Differences: two tables of figures side by side, row by row, with bounds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, overload

import pandas as pd

from zones.extents.area import Area
from zones.model.contract import CONTRACT
from zones.model.figures import Measure, MeasureTable, looked_up
from zones.model.shown import table_html
from zones.texts import Text

__all__ = ["Comparison", "Difference", "Kind", "differences", "paired"]

Kind = Literal["what-if", "time", "compare"]


@dataclass(frozen=True, slots=True, repr=False)
class Difference:
    """
    One figure before and after, and how much it changes.

    `before` and `after` are whole measures with their own bounds, years and notes. `difference`
    is after less before, in percentage points where the figures are shares; it is None where one
    of them cannot be computed. `gained` and `lost` are the units that a count counts only after,
    and only before.
    """

    before: Measure
    after: Measure
    difference: float | None
    low: float | None
    high: float | None
    notes: tuple[Text, ...] = ()
    gained: tuple[str, ...] | None = None
    lost: tuple[str, ...] | None = None

    def __repr__(self) -> str:
        """Show both figures."""
        return f"<Difference {self.before.line} -> {self.after.line}>"

    @property
    def name(self) -> str:
        """Name of the measure."""
        return self.after.name

    @property
    def key(self) -> str | None:
        """What the figure is of, where one name has several."""
        return self.after.key

    @property
    def unit(self) -> str:
        """Unit of the two figures."""
        return self.after.unit

    @property
    def unit_of_difference(self) -> str:
        """Unit of the difference: percentage points for shares."""
        return "points" if self.unit == "percent" else self.unit

    @property
    def changed(self) -> bool:
        """Whether the figure, or what it counts, is not the same or cannot be compared."""
        return self.difference != 0 or bool(self.gained or self.lost)

    @property
    def method(self) -> Text:
        """How the figure after was made."""
        return self.after.method

    @property
    def sources(self) -> tuple[str | Text, ...]:
        """What both figures rest on, each once."""
        return tuple(dict.fromkeys((*self.before.sources, *self.after.sources)))

    def to_dict(self) -> dict[str, Any]:
        """Return the row in English, ready for JSON."""

        def listed(units: tuple[str, ...] | None) -> list[str] | None:
            return None if units is None else list(units)

        return {
            "name": self.name,
            "key": self.key,
            "before": self.before.value,
            "after": self.after.value,
            "difference": self.difference,
            "low": self.low,
            "high": self.high,
            "unit": self.unit,
            "year": self.after.year,
            "method": str(self.method),
            "sources": [str(line) for line in self.sources],
            "notes": [str(note) for note in self.notes],
            "items": listed(self.after.items),
            "before_year": self.before.year,
            "before_low": self.before.low,
            "before_high": self.before.high,
            "after_low": self.after.low,
            "after_high": self.after.high,
            "gained": listed(self.gained),
            "lost": listed(self.lost),
        }


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Comparison(Sequence[Difference]):
    """
    Two areas side by side: a row a figure, with what it was, what it is and the difference.

    Attributes
    ----------
    kind
        Whether members were changed (``what-if``), a zone moved in time (``time``), or two areas
        were set side by side (``compare``).
    before, after
        The two areas, each with its own newest figures.
    rows
        The differences, in the order of the measures.
    added, removed
        Units of one area only. Over time they are those of the two divisions, so that a merger
        shows as the units that ceased.
    notes
        What a reader must know about the comparison as a whole.
    """

    kind: Kind
    before: Area
    after: Area
    rows: tuple[Difference, ...]
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    notes: tuple[Text, ...] = ()

    @overload
    def __getitem__(self, index: int) -> Difference: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Difference, ...]: ...
    def __getitem__(self, index: int | slice) -> Difference | tuple[Difference, ...]:
        """Return a row, or some of them."""
        return self.rows[index]

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def __iter__(self) -> Iterator[Difference]:
        """Iterate over the rows."""
        return iter(self.rows)

    @property
    def changed(self) -> tuple[Difference, ...]:
        """The rows that are not the same on both sides."""
        return tuple(row for row in self.rows if row.changed)

    def get(self, name: str, key: str | None = None) -> Difference:
        """
        Return the row of that name and key.

        Raises
        ------
        MeasureError
            If there is none; the message lists the names, or the keys of that name.
        """
        return looked_up(self.rows, name, key)

    def to_frame(self) -> pd.DataFrame:
        """Return the rows as a table in English, a row a figure."""
        frame = pd.DataFrame([row.to_dict() for row in self.rows])
        numbers = ["before", "after", "difference", "low", "high"]
        numbers += ["before_low", "before_high", "after_low", "after_high"]
        return frame.astype(
            dict.fromkeys(numbers, float) | {"year": "Int64", "before_year": "Int64"}
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the whole comparison in English, ready for JSON."""
        return {
            **_identity(self.before),
            "kind": self.kind,
            "before": _identity(self.before),
            "after": _identity(self.after),
            "added": list(self.added),
            "removed": list(self.removed),
            "notes": [str(note) for note in self.notes],
            "measures": [row.to_dict() for row in self.rows],
        }

    def __repr__(self) -> str:
        """Say what was compared and how much of it changes."""
        sides = " -> ".join(
            f"{area.group.id}/{area.extent.id} in {area.year} ({len(area.units)} municipalities)"
            for area in (self.before, self.after)
        )
        return (
            f"<Comparison {self.kind}: {sides}, {len(self.changed)} of {len(self)} figures change>"
        )

    def _repr_html_(self) -> str:
        columns = ["name", "key", "before", "after", "difference", "low", "high", "unit", "notes"]
        rows = self.to_frame().loc[[row.changed for row in self.rows], columns]
        return table_html(rows, repr(self).strip("<>"), notes=self.notes)


def _identity(area: Area) -> dict[str, Any]:
    return {"zone": area.group.id, "extent": area.extent.id, "year": area.year}


def differences(pairs: Sequence[tuple[Measure, Measure]]) -> tuple[Difference, ...]:
    """
    Subtract the first figure of each pair from the second one.

    The bounds are those of interval arithmetic, ``[after.low - before.high, after.high -
    before.low]``: exact where both figures are exact, None where one has no bounds. Where the
    figures are of different years, a note says of which.
    """
    return tuple(_difference(before, after) for before, after in pairs)


def _difference(before: Measure, after: Measure) -> Difference:
    value = low = high = None
    notes: list[Text] = []
    if before.value is not None and after.value is not None:
        value = after.value - before.value
    if None not in (before.low, before.high, after.low, after.high):
        low = after.low - before.high  # type: ignore[operator]
        high = after.high - before.low  # type: ignore[operator]
    if years_differ(before, after):
        years = {"before": str(before.year), "after": str(after.year)}
        notes.append(Text.of("scenarios.note.years_differ", **years))
    gained = lost = None
    if before.items is not None and after.items is not None:
        gained = tuple(sorted(set(after.items) - set(before.items)))
        lost = tuple(sorted(set(before.items) - set(after.items)))
    notes += [*before.notes, *after.notes]
    return Difference(
        before, after, value, low, high, tuple(dict.fromkeys(notes)), gained=gained, lost=lost
    )


def years_differ(before: Measure, after: Measure) -> bool:
    """Whether two figures are of different years; nothing at all (an exact 0) is of any year."""
    if before.value is None or after.value is None or before.year == after.year:
        return False
    return not any(side.value == side.high == 0 for side in (before, after))


def paired(before: MeasureTable, after: MeasureTable) -> list[tuple[Measure, Measure]]:
    """
    Pair the figures of two tables by name and key, in the order of the measures.

    A row that one table lacks counts as 0 where its absence says that there is nothing of the
    kind, and is otherwise without value, with the reason. Of figures of a user's table, a part of
    an area is paired only where both have it.
    """
    left, right = ({(m.name, m.key): m for m in table} for table in (before, after))
    ranks: dict[str, int] = {}
    for measure in (*after, *before):
        ranks.setdefault(measure.name, len(ranks))
    keys = sorted({**right, **left}, key=lambda pair: ranks[pair[0]])
    pairs = []
    for name, key in keys:
        one, two = left.get((name, key)), right.get((name, key))
        row = one or two
        if row is not None and row.label and row.key and None in (one, two):
            continue
        if one is None and two is not None:
            if _stands_for_keys(two, left):
                continue
            one = _absent(two, left)
        if two is None and one is not None:
            if _stands_for_keys(one, right):
                continue
            two = _absent(one, right)
        if one is not None and two is not None:
            pairs.append((one, two))
    return pairs


def _stands_for_keys(row: Measure, other: dict[tuple[str, str | None], Measure]) -> bool:
    """Whether a row says of a whole name that it cannot be computed; the other has it by key."""
    by_key = any(name == row.name and key is not None for name, key in other)
    return row.key is None and row.value is None and by_key


def _absent(row: Measure, table: dict[tuple[str, str | None], Measure]) -> Measure:
    """Return what a table that lacks the row has to say of it."""
    whole = table.get((row.name, None))
    if whole is not None and whole.value is None:
        return replace(whole, key=row.key)
    if row.label is None and CONTRACT[row.name].absent_is_zero:
        items = None if row.items is None else ()
        return replace(row, value=0, low=0, high=0, items=items, notes=())
    reason = Text.of("scenarios.note.only_one_side")
    return replace(row, value=None, low=None, high=None, items=None, notes=(reason,))
