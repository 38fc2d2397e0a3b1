"""Sums that are known or bounded: their differences, shares and sums."""

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Bounded", "added", "share"]


@dataclass(frozen=True, slots=True)
class Bounded:
    """
    A sum with its bounds.

    Attributes
    ----------
    value
        The sum; None where the data do not tell it.
    low, high
        Bounds; None where nothing bounds it.
    """

    value: float | None
    low: float | None
    high: float | None

    def less(self, other: "Bounded") -> "Bounded":
        """Return the difference of two sums."""
        return Bounded(
            _less(self.value, other.value),
            _less(self.low, other.high),
            _less(self.high, other.low),
        )

    def at_least(self) -> "Bounded":
        """Return what is known to be at least this, and no more."""
        return Bounded(None, self.low, None)


def added(sums: Iterable[Bounded]) -> Bounded:
    """Return the sum of sums; nothing where one of them is not known."""
    ends = zip(*((one.value, one.low, one.high) for one in sums), strict=True)
    return Bounded(*(None if None in end else sum(map(float, end)) for end in ends))


def _less(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other


def share(part: Bounded, rest: Bounded) -> Bounded:
    """
    Return the percentage that a part is of itself and the rest; nothing where there is neither.

    Examples
    --------
    >>> share(Bounded(90, 90, 100), Bounded(10, 0, 10))
    Bounded(value=90.0, low=90.0, high=100.0)
    """
    return Bounded(
        _percent(part.value, rest.value),
        _percent(part.low, rest.high),
        _percent(part.high, rest.low),
    )


def _percent(part: float | None, rest: float | None) -> float | None:
    return None if part is None or rest is None or not part + rest else 100 * part / (part + rest)
