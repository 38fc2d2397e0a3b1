"""Whether the rates of a table are what its own numerators and bases give."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from geodata.messages import listed, named_rows
from geodata.tables.indicator import Indicator
from geodata.tables.notes import Note

__all__ = ["check_rates"]

# How near a median has to be to a factor to be it; small counts round a lot.
_NEAR = 0.05


def check_rates(
    figures: pd.DataFrame, indicators: Sequence[Indicator], index: pd.Index
) -> tuple[list[str], list[str]]:
    """
    Compare rates with the counts that the table says they are of; return faults and notes.

    A base or weight below 0 is a fault, and a rate that is its factor times too small or large is
    declared with the wrong one. Otherwise what is computed rests on the counts, and how many rates
    differ is noted.

    Parameters
    ----------
    figures
        A row a figure: ``indicator``, ``year``, ``place``, ``kind``, ``value``.
    indicators
        The columns.
    index
        That of the table, by which rows are called.
    """
    notes: list[str] = []
    known = figures[figures["kind"] == "unit"].dropna(subset=["value"])
    values = known.set_index(["indicator", "year", "place"])["value"].astype(float)
    held = set(known["indicator"])
    faults = _negative(known, indicators, index)
    for one in indicators:
        if not {one.id, one.numerator, one.base} <= held:
            continue
        columns = {"rate": one.id, "top": one.numerator, "base": one.base}
        rows = pd.DataFrame({key: values.loc[str(name)] for key, name in columns.items()}).dropna()
        rows = rows[(rows["top"] > 0) & (rows["base"] > 0) & (rows["rate"] > 0)]
        if rows.empty:
            continue
        expected = one.factor * rows["top"] / rows["base"]
        off = float((rows["rate"] / expected).median())
        factor = off * one.factor
        rule = f"{one.factor:g} x {one.numerator} / {one.base}"
        power = 10.0 ** round(np.log10(factor))
        if abs(factor / power - 1) < _NEAR and abs(off - 1) > _NEAR:
            example = f"{rows['rate'].iloc[0]:g} where {rule} is {expected.iloc[0]:.3g}"
            faults.append(
                f"{one.column!r} has {example}; give factor={power:g}, or multiply its values"
            )
            continue
        differing = (rows["rate"] - expected).abs() > 0.5 * 10.0 ** -(one.digits or 0) + 1e-9
        if differing.any():
            of = {"column": repr(one.column), "rule": rule, "rows": len(rows)}
            notes.append(Note("rate_differs", **of, count=int(differing.sum())))
    return faults, notes


def _negative(known: pd.DataFrame, indicators: Sequence[Indicator], index: pd.Index) -> list[str]:
    """Say which bases and weights are below nothing, so that nothing can be weighed by them."""
    divisors = {one.divisor: one.id for one in indicators if one.divisor}
    faults = []
    for one in indicators:
        below = known[(known["indicator"] == one.id) & (known["value"] < 0)]
        if one.id in divisors and len(below):
            shown = [
                f"{value:g} ({named_rows([row], of=index)})"
                for value, row in zip(below["value"], below["row"], strict=True)
            ]
            faults.append(
                f"{one.column!r} has {listed(shown)}, and {divisors[one.id]} is per it or weighed "
                "by it; correct what is below 0, or give another base or weight"
            )
    return faults
