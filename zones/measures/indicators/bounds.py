"""Differences, shares and ratios of figures that are known or bounded."""

from geodata.tables.sums import Total

__all__ = ["change", "difference", "scaled", "share"]


def difference(one: Total, other: Total) -> Total:
    """
    Return one figure less another that is bounded apart from it.

    Examples
    --------
    >>> difference(Total(None, 10, 14), Total(3, 3, 3))
    Total(value=None, low=7, high=11, gaps=())
    """
    low = None if one.low is None or other.high is None else one.low - other.high
    high = None if one.high is None or other.low is None else one.high - other.low
    return _told(low, high)


def share(part: Total, rest: Total, whole: Total) -> Total:
    r"""
    Return a part of a whole in per cent, :math:`100 p / (p + r)`, with the rest :math:`r`.

    It grows with the part and falls with the rest, neither of which is below nothing; where they
    may be, there is no share.

    Examples
    --------
    >>> share(Total(None, 10, 30), Total(70, 70, 70), Total(None, 80, 100))
    Total(value=None, low=12.5, high=30.0, gaps=())
    """
    if part.low is None or part.low < 0 or rest.low is None or rest.low < 0:
        return Total(None, None, None)
    if part.value is not None and whole.value:
        value = 100 * part.value / whole.value
        return Total(value, value, value)
    lows = [_percent(part.low, _sum(part.low, rest.high)), _percent(part.low, whole.high)]
    highs = [_percent(part.high, _sum(part.high, rest.low)), _percent(part.high, whole.low)]
    low = max((end for end in lows if end is not None), default=None)
    return _told(low, min((end for end in highs if end is not None), default=None))


def change(before: Total, after: Total) -> Total:
    """
    Return by how much a figure grows, in per cent of what it was; nothing unless that is above 0.

    Examples
    --------
    >>> change(Total(50, 50, 50), Total(None, 55, 60))
    Total(value=None, low=10.0, high=20.0, gaps=())
    """
    if before.low is None or before.low < 0:
        return Total(None, None, None)
    low, high = _percent(after.low, before.high), _percent(after.high, before.low)
    return _told(None if low is None else low - 100, None if high is None else high - 100)


def scaled(one: Total, factor: float) -> Total:
    """Return a figure times a number above 0."""
    low, high = (None if end is None else factor * end for end in (one.low, one.high))
    return _told(low, high)


def _sum(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one + other


def _percent(part: float | None, whole: float | None) -> float | None:
    return None if part is None or whole is None or whole <= 0 else 100 * part / whole


def _told(low: float | None, high: float | None) -> Total:
    return Total(low if low == high else None, low, high)
