"""Figures of a table over any set of municipalities, with bounds where the table has gaps."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata import countries
from geodata.register.divisions import division_ids
from geodata.tables.indicator import Indicator
from geodata.tables.table import CELL, STATES, IndicatorTable

__all__ = ["Total", "by_unit", "of_country", "total"]


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
    one, inside = table.indicator(name), pd.Index(sorted(set(units)))
    gaps = _gaps(table, one, year, inside, division)
    if one.kind == "other":
        return Total(None, None, None, gaps)
    if one.kind == "count":
        low, high = _narrowed(table, one, year, inside, division)
    elif one.numerator is not None and one.base is not None:
        top = total(table, one.numerator, year=year, units=inside, division=division)
        base = total(table, one.base, year=year, units=inside, division=division)
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
    one = table.indicator(name)
    pairs = table.pairs(division)
    units = pd.Index(sorted(set(pairs["unit"])), name="lau_id")
    state = _worst_state(table, one, year, pairs).reindex(units)
    if one.kind == "count":
        bounds = _counts(table.column(name, year), pairs, pairs["unit"]).reindex(units)
    else:
        # Where a unit is a place, the cell is the figure.
        alone = pairs.drop_duplicates("place", keep=False).drop_duplicates("unit", keep=False)
        cells = table.column(name, year) if one.numerator is None else None
        bounds = pd.DataFrame(index=units, columns=CELL[1:3], dtype=float)
        if cells is not None:
            own = cells.reindex(alone["place"]).set_axis(alone["unit"])
            bounds.loc[own.index] = own[CELL[1:3]].astype(float)
        rest = units if cells is None else units.difference(alone["unit"])
        for unit in () if one.kind == "other" else rest:
            found = total(table, name, year=year, units=[unit], division=division)
            bounds.loc[unit] = [found.low, found.high]
    bounds = bounds.astype(float)
    value = bounds["low"].where(bounds["low"] == bounds["high"])
    return bounds.assign(value=value, state=state)[CELL]


def _counts(cells: pd.DataFrame, pairs: pd.DataFrame, groups: "pd.Series[str]") -> pd.DataFrame:
    """Add a column up by group of municipalities: ``low`` and ``high``, missing without bound."""
    rows = pairs.assign(group=groups)[pairs["place"].isin(cells.index)]
    inside = rows.groupby(["group", "place"]).agg(here=("unit", "size"), size=("size", "first"))
    at = inside.index.get_level_values("place")
    bounds = cells[CELL[1:3]].loc[at].set_axis(inside.index).astype(float)
    # A part has something from nothing to all of its place, where nothing is below nothing.
    part = inside["here"] < inside["size"]
    bounds.loc[part & (bounds["low"] >= 0), "low"] = 0.0
    bounds.loc[part & ~(bounds["low"] >= 0)] = np.nan
    return bounds.groupby("group").sum(min_count=1).where(bounds.notna().groupby("group").all())


def _floor(cells: pd.DataFrame) -> float:
    """Return the least that a count can be: nothing, unless the column has less than that."""
    return 0.0 if not (cells["value"] < 0).any() else np.nan


def _summed(
    table: IndicatorTable, one: Indicator, year: int, units: pd.Index, division: int
) -> tuple[float, float]:
    """Return bounds of the sum over units, those that the table does not have included."""
    if not len(units):
        return 0.0, 0.0
    pairs, cells = table.pairs(division), table.column(one.id, year)
    pairs = pairs[pairs["unit"].isin(units) & pairs["place"].isin(cells.index)]
    everyone = pd.Series("all", index=pairs.index)
    found = _counts(cells, pairs, everyone).reindex(["all"]).iloc[0]
    low, high = (found["low"], found["high"]) if len(pairs) else (0.0, 0.0)
    if not units.isin(pairs["unit"]).all():
        low, high = low + _floor(cells), np.nan
    return float(low), float(high)


def _narrowed(
    table: IndicatorTable, one: Indicator, year: int, units: pd.Index, division: int
) -> tuple[float | None, float | None]:
    """Return bounds of a count, narrowed by what is left of a country's total for its rest."""
    low = high = 0.0
    for code in countries.in_order(units):
        mine = units[units.str.startswith(f"{code}_")]
        least, most = _summed(table, one, year, mine, division)
        whole = table.total(one.id, year, code)
        if least != most and whole is not None:
            rest = pd.Index(sorted(division_ids(division, country=code) - set(mine)))
            others = _summed(table, one, year, rest, division)
            narrow = np.fmax(least, whole - others[1]), np.fmin(most, whole - others[0])
            # Totals that publishers round may contradict their parts.
            if not narrow[0] > narrow[1]:
                least, most = narrow
        low, high = low + least, high + most
    return _number(low), _number(high)


def _ratio(top: Total, base: Total, factor: float) -> tuple[float | None, float | None]:
    """Return bounds of a ratio of counts: the least over the most, the most over the least."""
    ends: list[float | None] = []
    for over, under in ((top.low, base.high), (top.high, base.low)):
        ends.append(None if over is None or not under else factor * over / under)
    return ends[0], ends[1]


def _weighed(
    table: IndicatorTable, one: Indicator, year: int, units: pd.Index, division: int
) -> tuple[float | None, float | None]:
    """Return bounds of a mean over the units, where weights or values have gaps."""
    pairs = table.pairs(division)
    pairs = pairs[pairs["unit"].isin(units)]
    inside = pairs.groupby("place").agg(here=("unit", "size"), size=("size", "first"))
    values = table.column(one.id, year).reindex(inside.index)
    weights = table.column(str(one.divisor), year).reindex(inside.index)
    nothing = weights["high"] == 0
    values, weights, inside = values[~nothing], weights[~nothing], inside[~nothing]
    complete = units.isin(pairs["unit"]).all() and (inside["here"] == inside["size"]).all()
    if not len(values) or not complete:
        return None, None
    if (weights["low"] == weights["high"]).all() and (values["low"] == values["high"]).all():
        # Two bounds of one mean may differ in the last bit.
        mean = float(_mean(values["low"].to_numpy(float), weights["low"].to_numpy(float)))
        return mean, mean
    lightest, heaviest = weights["low"].fillna(0.0), weights["high"].fillna(np.inf)
    least = _heaviest(-values["low"], lightest, heaviest)
    most = _heaviest(values["high"], lightest, heaviest)
    return None if least is None else -least, most


def _heaviest(
    values: "pd.Series[float]", lightest: "pd.Series[float]", heaviest: "pd.Series[float]"
) -> float | None:
    """Return the largest weighted mean that weights within bounds can give (Dinkelbach)."""
    if values.isna().any():
        return None
    numbers, low, high = values.to_numpy(float), lightest.to_numpy(float), heaviest.to_numpy(float)
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
        better = float(_mean(numbers, chosen))
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


def _worst_state(
    table: IndicatorTable, one: Indicator, year: int, pairs: pd.DataFrame
) -> "pd.Series[str]":
    """Return what is least known of each unit's places, over all columns that it rests on."""
    rank: Mapping[str, int] = {state: at for at, state in enumerate(STATES)}
    ranks = [
        pairs["place"].map(table.column(name, year)["state"].map(rank)).fillna(len(STATES) - 1)
        for name in _rests_on(one)
    ]
    worst = pd.concat(ranks, axis="columns").max(axis="columns")
    return worst.groupby(pairs["unit"]).max().map(dict(enumerate(STATES)))


def _gaps(
    table: IndicatorTable, one: Indicator, year: int, units: pd.Index, division: int
) -> tuple[str, ...]:
    """Return the units without a figure of their own."""
    pairs = table.pairs(division)
    pairs = pairs[pairs["unit"].isin(units)]
    state = _worst_state(table, one, year, pairs).reindex(units)
    shared = pairs.loc[pairs["size"] > 1, "unit"]
    return tuple(units[~state.isin(STATES[:2]) | units.isin(shared)])


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
