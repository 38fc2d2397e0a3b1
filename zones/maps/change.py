"""Change in people between two years, in per cent a year, so that periods of any length compare."""

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["MOST_YEARS", "RATE_DIGITS", "Change", "change_of"]

MOST_YEARS = 10
"""Change is over this many years, or from the oldest figure within them."""
RATE_DIGITS = 2
"""Decimals of a rate, by which it is classed, too: a figure and its class never disagree."""


@dataclass(frozen=True)
class Change:
    """Change between the ends of two years: in per cent in all, and in per cent a year."""

    first: int
    last: int
    percent: float
    rate: float


def change_of(known: Mapping[int, float], last: int | None = None) -> Change | None:
    """
    Return the change up to a year; nothing where there is no figure to compare with.

    The rate is that of even growth: compounded over the years it gives the change in all.

    Parameters
    ----------
    known
        Figures by year, those that are known.
    last
        The year up to which; the newest where not given.

    Examples
    --------
    >>> change = change_of({2000: 900, 2015: 1000, 2025: 900})
    >>> change.first, change.last, round(change.percent, 1), change.rate
    (2015, 2025, -10.0, -1.05)
    >>> change_of({2000: 900, 2005: 1000}, 2000) is None
    True
    """
    last = max(known, default=None) if last is None else last
    if last is None or last not in known:
        return None
    first = min(year for year in known if last - MOST_YEARS <= year <= last)
    if first == last or not known[first]:
        return None
    ratio = known[last] / known[first]
    rate = 100 * (ratio ** (1 / (last - first)) - 1)
    return Change(first, last, 100 * (ratio - 1), round(rate, RATE_DIGITS))
