"""Figures that are known or bounded: their sums, differences, shares and ratios."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

__all__ = ["Bounded", "Ends", "added", "change", "difference", "scaled", "share"]


class Ends(Protocol):
    """What has a value and bounds: a sum, a total of a table, a measure."""

    @property
    def value(self) -> float | None:
        """Return the figure; None where it is not known."""

    @property
    def low(self) -> float | None:
        """Return the lower bound; None where nothing bounds it."""

    @property
    def high(self) -> float | None:
        """Return the upper bound; None where nothing bounds it."""


@dataclass(frozen=True, slots=True)
class Bounded:
    """
    A figure with its bounds.

    Attributes
    ----------
    value
        The figure; None where the data do not tell it.
    low, high
        Bounds; None where nothing bounds it.
    """

    value: float | None
    low: float | None
    high: float | None

    def at_least(self) -> "Bounded":
        """Return what is known to be at least this, and no more."""
        return Bounded(None, self.low, None)


_NOT_KNOWN = Bounded(None, None, None)


def added(figures: Iterable[Ends]) -> Bounded:
    """Return the sum of figures; nothing where one of them is not known."""
    ends = zip(*((one.value, one.low, one.high) for one in figures), strict=True)
    return Bounded(*(None if None in end else sum(map(float, end)) for end in ends))


def difference(one: Ends, other: Ends) -> Bounded:
    """
    Return one figure less another that is bounded apart from it.

    Examples
    --------
    >>> difference(Bounded(None, 10, 14), Bounded(3, 3, 3))
    Bounded(value=None, low=7, high=11)
    """
    return _told(
        _less(one.value, other.value), _less(one.low, other.high), _less(one.high, other.low)
    )


def share(part: Ends, rest: Ends, whole: Ends | None = None) -> Bounded:
    r"""
    Return a part of a whole in per cent, :math:`100 p / (p + r)`, with the rest :math:`r`.

    It grows with the part and falls with the rest, neither of which is below nothing; where they
    may be, or the whole is nothing, there is no share.

    Parameters
    ----------
    part, rest
        What makes up the whole.
    whole
        The whole, where it is known better than its parts.

    Examples
    --------
    >>> share(Bounded(90, 90, 100), Bounded(10, 0, 10))
    Bounded(value=90.0, low=90.0, high=100.0)
    >>> share(Bounded(None, 10, 30), Bounded(70, 70, 70), Bounded(None, 80, 100))
    Bounded(value=None, low=12.5, high=30.0)
    """
    if part.low is None or part.low < 0 or rest.low is None or rest.low < 0:
        return _NOT_KNOWN
    whole = added([part, rest]) if whole is None else whole
    value = _percent(part.value, whole.value)
    if value is not None and part.low == part.high and whole.low == whole.high:
        return Bounded(value, value, value)
    lows = [_percent(part.low, _sum(part.low, rest.high)), _percent(part.low, whole.high)]
    highs = [_percent(part.high, _sum(part.high, rest.low)), _percent(part.high, whole.low)]
    low = max((end for end in lows if end is not None), default=None)
    return _told(value, low, min((end for end in highs if end is not None), default=None))


def change(before: Ends, after: Ends) -> Bounded:
    """
    Return by how much a figure grows, in per cent of what it was; nothing unless that is above 0.

    Examples
    --------
    >>> change(Bounded(50, 50, 50), Bounded(None, 55, 60))
    Bounded(value=None, low=10.0, high=20.0)
    """
    if before.low is None or before.low < 0:
        return _NOT_KNOWN
    return _told(
        _less(_percent(after.value, before.value), 100),
        _less(_percent(after.low, before.high), 100),
        _less(_percent(after.high, before.low), 100),
    )


def scaled(one: Ends, factor: float) -> Bounded:
    """Return a figure times a number above 0."""
    ends = (one.value, one.low, one.high)
    return Bounded(*(None if end is None else factor * end for end in ends))


def _sum(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one + other


def _less(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other


def _percent(part: float | None, whole: float | None) -> float | None:
    return None if part is None or whole is None or whole <= 0 else 100 * part / whole


def _told(value: float | None, low: float | None, high: float | None) -> Bounded:
    """Return a figure, which bounds that are one tell as well."""
    return Bounded(low if value is None and low == high else value, low, high)
