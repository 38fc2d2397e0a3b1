"""Whether municipalities add up to the totals that a table has beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata.countries.record import YEARS
from geodata.messages import named_rows
from geodata.register.divisions import division_ids
from geodata.tables.indicator import Indicator
from geodata.tables.notes import Note
from geodata.tables.places import area_members
from geodata.tables.rows import Rows

__all__ = ["check_totals"]

# Figures that all end in a nought, from which on they are taken to be rounded in tens.
_ENOUGH_ROUND = 10


def check_totals(
    cells: pd.DataFrame, rows: Rows, counts: Iterable[Indicator]
) -> tuple[list[str], list[str]]:
    """
    Compare the sum of municipalities with each total, and return faults and notes.

    A difference is none up to half of the last digit a figure, which rounding explains; figures
    that are suppressed count with their bounds. A region is compared as it was in any year, since
    a publisher may give older figures in newer borders.

    Parameters
    ----------
    cells
        A row a figure: ``indicator``, ``year``, ``row``, ``place``, ``kind``, ``low``, ``high``.
    rows
        What the rows are of.
    counts
        The columns that are added up.
    """
    faults: list[str] = []
    notes: list[str] = []
    for one in counts:
        for year, part in cells[cells["indicator"] == one.id].groupby("year"):
            fault, note = _checked(part, rows, f"{one.column!r} in {year}")
            faults += fault
            notes += note
    return faults, notes


@dataclass(frozen=True, slots=True)
class _Sum:
    """Bounds of a sum, how many figures it is of, and whether it has all municipalities."""

    low: float
    high: float
    count: int
    complete: bool

    def fits(self, total: float, grain: float) -> bool:
        slack = 0.5 * grain * (self.count + 1)
        return not self.low - slack > total and not self.high + slack < total

    def said(self, total: float) -> str:
        if self.low == self.high:
            return _number(self.low)
        if self.low > total:
            return f"at least {_number(self.low)}"
        return f"at most {_number(self.high)}"


def _checked(part: pd.DataFrame, rows: Rows, what: str) -> tuple[list[str], list[str]]:
    totals = part[part["kind"].isin(["country", "total", "area"])]
    if totals.empty:
        return [], []
    units = part[part["kind"] == "unit"].set_index("place")[["low", "high"]].astype(float)
    nowhere = part[part["kind"] == "nowhere"][["low", "high"]].astype(float)
    grain = _grain(pd.concat([units, nowhere], ignore_index=True))
    faults, exact, near = [], 0, []
    for row in totals.to_dict("records"):
        total, text, kind = float(row["low"]), str(row["text"]), str(row["kind"])
        if total != row["high"]:
            continue
        beside = nowhere[:0] if kind == "area" else nowhere
        groups = _groups(kind, str(row["place"]), rows.areas.get(text, ()), rows)
        sums = [_sum(units, held, beside, rows) for held in groups]
        if not sums or (kind == "area" and not any(one.complete for one in sums)):
            continue
        fitting = next((one for one in sums if one.fits(total, grain)), None)
        if fitting is None:
            faults.append(
                f"{what}: the municipalities add up to {sums[0].said(total)}, the row {text!r} "
                f"({named_rows([row['row']], of=rows.of.index)}) says {_number(total)}; correct "
                "the figures, or leave that row out if it is of something else"
            )
        elif fitting.complete and fitting.low == fitting.high:
            if fitting.low == total:
                exact += 1
            else:
                near.append(f"{_number(fitting.low)} / {_number(total)} ({text})")
    notes: list[str] = []
    if exact:
        notes.append(Note("totals_agree", what=what, count=exact))
    if near:
        notes.append(Note("totals_near", what=what, pairs=tuple(near)))
    return faults, notes


def _groups(
    kind: str, country: str, areas: Sequence[tuple[str, str]], rows: Rows
) -> list[frozenset[str]]:
    """Return the municipalities that a total is of; several sets where borders have changed."""
    if kind == "country":
        return [division_ids(rows.division, country=country)]
    if kind == "total":
        return [frozenset(unit for units in rows.places.values() for unit in units)]
    found = [
        frozenset(area_members(name, year).get(code, ()))
        for name, code in areas
        for year in sorted(YEARS, key=lambda year: abs(year - rows.division))
    ]
    return [held for held in dict.fromkeys(found) if held and held <= division_ids(rows.division)]


def _sum(units: pd.DataFrame, held: frozenset[str], beside: pd.DataFrame, rows: Rows) -> _Sum:
    """Add up the places inside some municipalities, and what is of no known place."""
    inside = [place for place, parts in rows.places.items() if set(parts) <= held]
    inside = [place for place in inside if place in units.index]
    bounds = pd.concat([units.loc[inside], beside], ignore_index=True)
    complete = {unit for place in inside for unit in rows.places[place]} >= held
    low, high = (float(bounds[end].sum(skipna=False)) for end in ("low", "high"))
    return _Sum(low, high if complete and not np.isnan(high) else np.inf, len(bounds), complete)


def _grain(bounds: pd.DataFrame) -> float:
    """Return the unit in which figures are rounded: 1, or 0.1 and the like, or tens and more."""
    figures = bounds["low"][bounds["low"] == bounds["high"]]
    figures = figures[figures != 0]
    if figures.empty:
        return 1.0
    # A few figures may end in noughts by chance, or as their user made them up.
    for power in range(6 if len(figures) >= _ENOUGH_ROUND else 0, -7, -1):
        grain = 10.0**power
        if np.allclose(figures / grain, (figures / grain).round(), rtol=0, atol=1e-6):
            return grain
    return 0.0


def _number(value: float) -> str:
    return f"{value:,.6f}".rstrip("0").rstrip(".")
