"""Figures of a table over any set of municipalities, with bounds where the table has gaps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata import countries
from geodata.register.divisions import division_ids
from geodata.tables.indicator import Indicator
from geodata.tables.overlay import Overlay
from geodata.tables.table import STATES, IndicatorTable

__all__ = ["Total", "by_unit", "of_country", "total"]

Bounds = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Total:
    """
    A figure over several municipalities.

    Attributes
    ----------
    value
        The figure; None where the table does not tell it.
    low, high
        Bounds: the value itself where it is known, None where nothing is known.
    gaps
        `lau_id` of the municipalities that have no figure of their own.
    """

    value: float | None
    low: float | None
    high: float | None
    gaps: tuple[str, ...] = ()


def total(
    table: IndicatorTable, name: str, *, year: int, units: Iterable[str], division: int
) -> Total:
    r"""
    Bring a column together over some municipalities of a division.

    A count is added up, place by place: a place wholly inside counts, one that is partly inside
    counts from nothing to all of it, and what is suppressed within its bounds. Where the table
    has the whole country, what the rest has at least and at most bounds the sum as well. A rate
    or mean is :math:`\sum r_i b_i / \sum b_i` over its base or weight :math:`b`, and bounded
    where that has gaps. What cannot be brought together has no figure.

    Parameters
    ----------
    table
        The table.
    name
        Id of the column.
    year
        Year of the figures.
    units
        ``lau_id`` of the municipalities.
    division
        Year of the division that they are of.

    Raises
    ------
    IndicatorError
        If the table has no such column or year.
    """
    one, inside = table.indicator(name), sorted(set(units))
    gaps = _gaps(table, one, year, inside, division)
    if one.kind == "other":
        return Total(None, None, None, gaps)
    if one.kind == "count":
        low, high = _narrowed(table, one.id, year, inside, division)
    elif one.numerator is not None and one.base is not None:
        top = _narrowed(table, one.numerator, year, inside, division)
        base = _narrowed(table, one.base, year, inside, division)
        low, high = _ratio(top, base, one.factor)
    else:
        low, high = _weighed(table, one, year, inside, division)
    return Total(low if low == high else None, low, high, gaps)


def of_country(
    table: IndicatorTable, name: str, *, year: int, country: str, division: int
) -> Total:
    """
    Return a column's figure of a whole country: the table's own row, else all municipalities.

    The row is right also where some municipalities are suppressed.

    Raises
    ------
    IndicatorError
        If the table has no such column or year.
    """
    units = division_ids(division, country=country)
    found = total(table, name, year=year, units=units, division=division)
    row = table.total(name, year, country)
    return found if row is None else Total(row, row, row, found.gaps)


def by_unit(table: IndicatorTable, name: str, *, year: int, division: int) -> pd.DataFrame:
    """
    Return a column by municipality of a division.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``lau_id``, sorted: ``value`` (missing where not known), ``low``, ``high``, and
        ``state``, one of `STATES`; of a merged municipality that of the part least known.
        Municipalities that the table does not have are left out.

    Raises
    ------
    IndicatorError
        If the table has no such column or year.
    """
    one, plan = table.indicator(name), table.overlay(division)
    there = np.zeros(len(plan.units), dtype=bool)
    there[plan.unit] = True
    low, high = np.full((2, len(plan.units)), np.nan)
    if one.kind == "count":
        low, high = _counted(table, one.id, year, plan)
        told = there
    elif one.numerator is not None and one.base is not None:
        tops, bases = (_counted(table, n, year, plan) for n in (one.numerator, one.base))
        told = (tops[0] == tops[1]) & (bases[0] == bases[1]) & (bases[0] != 0)
        low[told] = high[told] = one.factor * tops[0][told] / bases[0][told]
    else:
        # A unit that is one place has its cell as its figure.
        told = np.bincount(plan.whole, minlength=len(plan.units)) == 1
        told &= np.bincount(plan.unit, plan.size[plan.place], len(plan.units)) == 1
        cells, pairs = _cells(table, one.id, year), told[plan.unit]
        low[plan.unit[pairs]] = cells.low[plan.place[pairs]]
        high[plan.unit[pairs]] = cells.high[plan.place[pairs]]
    for at in () if one.kind == "other" else np.flatnonzero(there & ~told).tolist():
        found = total(table, name, year=year, units=[str(plan.units[at])], division=division)
        low[at] = np.nan if found.low is None else found.low
        high[at] = np.nan if found.high is None else found.high
    figures = {"value": np.where(low == high, low, np.nan), "low": low, "high": high}
    frame = pd.DataFrame(figures, index=plan.units)
    frame["state"] = np.array(STATES, dtype=object)[_ranks(table, one, year, plan)]
    return frame[there]


@dataclass(frozen=True, eq=False, slots=True)
class _Cells:
    """A column as numbers, in the order of the table's places."""

    low: Bounds
    high: Bounds
    there: npt.NDArray[np.bool_]
    rank: npt.NDArray[np.int64]
    floor: float
    """The least that a count can be: nothing, unless the column has less than that."""


def _cells(table: IndicatorTable, name: str, year: int) -> _Cells:
    def made() -> _Cells:
        column = table.column(name, year)
        frame = column.reindex(list(table.places))
        ranks = {state: at for at, state in enumerate(STATES)}
        return _Cells(
            frame["low"].to_numpy(float),
            frame["high"].to_numpy(float),
            column.index.get_indexer(frame.index) >= 0,
            np.array([ranks.get(state, len(STATES) - 1) for state in frame["state"]]),
            np.nan if table.signed(name) else 0.0,
        )

    return table.kept(("cells", name, year), made)


def _counted(table: IndicatorTable, name: str, year: int, plan: Overlay) -> tuple[Bounds, Bounds]:
    """Add a count up by municipality: its bounds, missing where there is none."""
    cells = _cells(table, name, year)
    low, high = np.zeros((2, len(plan.units)))
    lows, highs = _parts(cells, plan.size[plan.place] > 1, plan.place)
    np.add.at(low, plan.unit, lows)
    np.add.at(high, plan.unit, highs)
    lacking = ~plan.complete(cells.there)
    low[lacking] += cells.floor
    high[lacking] = np.nan
    some = np.bincount(plan.unit, cells.there[plan.place], len(plan.units)) > 0
    low[~some] = np.nan
    return low, high


def _parts(
    cells: _Cells, partly: npt.NDArray[np.bool_], places: npt.NDArray[np.int64]
) -> tuple[Bounds, Bounds]:
    """Return bounds by place; of a part of one from nothing to all, where nothing is the least."""
    there = cells.there[places]
    low, high = (np.where(there, end[places], 0.0) for end in (cells.low, cells.high))
    endless = there & partly & ~(low >= 0)
    low[there & partly] = 0.0
    low[endless] = high[endless] = np.nan
    return low, high


def _chosen(plan: Overlay, units: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Return by municipality of the division whether it is one of some."""
    numbers = plan.numbers(units)
    chosen = np.zeros(len(plan.units), dtype=np.bool_)
    chosen[numbers[numbers >= 0]] = True
    return chosen


def _summed(
    table: IndicatorTable, name: str, year: int, units: Sequence[str], division: int
) -> tuple[float, float]:
    """Add a count up over some municipalities: its bounds, missing where there is none."""
    plan, cells = table.overlay(division), _cells(table, name, year)
    chosen = _chosen(plan, units)
    here = plan.here(chosen)
    places = np.flatnonzero(here)
    low, high = (float(ends.sum()) for ends in _parts(cells, (here < plan.size)[places], places))
    if chosen.sum() < len(units) or not plan.complete(cells.there)[chosen].all():
        low, high = low + cells.floor, np.nan
    return low, high


def _narrowed(
    table: IndicatorTable, name: str, year: int, units: Sequence[str], division: int
) -> tuple[float | None, float | None]:
    """Return bounds of a count, narrowed by what is left of a country's total for its rest."""
    low = high = 0.0
    for code in countries.in_order(units):
        mine = [unit for unit in units if unit.startswith(f"{code}_")]
        least, most = _summed(table, name, year, mine, division)
        whole = table.total(name, year, code)
        if least != most and whole is not None:
            rest = sorted(division_ids(division, country=code) - set(mine))
            others = _summed(table, name, year, rest, division)
            narrow = np.fmax(least, whole - others[1]), np.fmin(most, whole - others[0])
            # Totals that publishers round may contradict their parts.
            if not narrow[0] > narrow[1]:
                least, most = narrow
        low, high = low + least, high + most
    return _number(low), _number(high)


def _ratio(
    top: tuple[float | None, float | None], base: tuple[float | None, float | None], factor: float
) -> tuple[float | None, float | None]:
    """Return bounds of a ratio of counts; below nothing, it is least over the least base."""
    lightest, heaviest = base
    low, high = top
    ends: list[float | None] = []
    for over, below, above in ((low, lightest, heaviest), (high, heaviest, lightest)):
        under = below if over is not None and over < 0 else above
        ends.append(None if over is None or not under else factor * over / under)
    return ends[0], ends[1]


def _weighed(
    table: IndicatorTable, one: Indicator, year: int, units: Sequence[str], division: int
) -> tuple[float | None, float | None]:
    """Return bounds of a mean over the units, where weights or values have gaps."""
    plan = table.overlay(division)
    chosen = _chosen(plan, units)
    here = plan.here(chosen)
    places = np.flatnonzero(here)
    values, weights = (_cells(table, name, year) for name in (one.id, str(one.divisor)))
    places = places[weights.high[places] != 0]
    everywhere = plan.complete(np.ones(len(plan.places), dtype=bool))[chosen].all()
    complete = chosen.sum() == len(units) and everywhere
    complete = complete and (here == plan.size)[places].all()
    if not len(places) or not complete:
        return None, None
    low, high = values.low[places], values.high[places]
    lightest, heaviest = weights.low[places], weights.high[places]
    if (lightest == heaviest).all() and (low == high).all():
        # Two bounds of one mean may differ in the last bit.
        mean = _mean(low, lightest)
        return mean, mean
    lightest = np.where(np.isnan(lightest), 0.0, lightest)
    heaviest = np.where(np.isnan(heaviest), np.inf, heaviest)
    least = _heaviest(-low, lightest, heaviest)
    most = _heaviest(high, lightest, heaviest)
    return None if least is None else -least, most


def _heaviest(numbers: Bounds, low: Bounds, high: Bounds) -> float | None:
    """Return the largest mean that weights within bounds can give (Dinkelbach)."""
    if np.isnan(numbers).any():
        return None
    endless = np.isinf(high)
    # However heavy one of them is, the mean stays below its value, and comes as near as one likes.
    limit = numbers[endless].max(initial=-np.inf)
    high = np.where(endless, low, high)
    if not high.any():
        return float(limit) if endless.any() else None
    best = float(numbers[high > 0].min())
    while True:
        chosen = np.where(numbers > best, high, low)
        if not chosen.any():
            return float(max(best, limit))
        better = _mean(numbers, chosen)
        if not better > best:
            return float(max(best, limit))
        best = better


def _mean(numbers: np.ndarray, weights: np.ndarray) -> float:
    return float(np.dot(numbers, weights) / weights.sum())


def _rests_on(one: Indicator) -> Sequence[str]:
    """Return the columns that a figure is made of."""
    if one.numerator is not None and one.base is not None:
        return (one.numerator, one.base)
    return (one.id, one.divisor) if one.divisor else (one.id,)


def _ranks(
    table: IndicatorTable, one: Indicator, year: int, plan: Overlay
) -> npt.NDArray[np.int64]:
    """Return the worst state of what makes a municipality up, over all columns it rests on."""
    worst = np.zeros(len(plan.units), dtype=np.int64)
    for name in _rests_on(one):
        ranks = _cells(table, name, year).rank
        rank = np.where(plan.part >= 0, ranks[plan.part], len(STATES) - 1)
        np.maximum.at(worst, plan.whole, rank)
    return worst


def _gaps(
    table: IndicatorTable, one: Indicator, year: int, units: Sequence[str], division: int
) -> tuple[str, ...]:
    """Return the units without a figure of their own."""
    plan = table.overlay(division)
    known = _ranks(table, one, year, plan) < 2
    known[plan.unit[plan.size[plan.place] > 1]] = False
    numbers = plan.numbers(units)
    return tuple(unit for unit, at in zip(units, numbers, strict=True) if at < 0 or not known[at])


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
