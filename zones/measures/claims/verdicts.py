"""Verdicts: whether a computed figure fits a published one, by the words around it."""

from typing import Literal

from zones.model.contract import UNITS

__all__ = ["VERDICTS", "Kind", "Verdict", "deviation", "fits", "kind_of", "rule"]

Verdict = Literal["fits", "fits-another-extent", "does-not-fit", "cannot-be-computed"]
Kind = Literal["amount", "share", "count"]
VERDICTS: tuple[Verdict, ...] = (
    "fits",
    "fits-another-extent",
    "does-not-fit",
    "cannot-be-computed",
)

_PERCENT = 3.0
_POINTS = 1.5
_NEARLY = 3.0
# Figures are published with few digits; a difference of rounding in the last bit is none.
_EPSILON = 1e-9


def kind_of(unit: str) -> Kind:
    """
    Return how figures of a unit are held against each other.

    Examples
    --------
    >>> kind_of("percent"), kind_of("municipalities"), kind_of("inhabitants")
    ('share', 'count', 'amount')
    """
    if unit == "percent":
        return "share"
    return "count" if unit in UNITS and UNITS[unit].counted else "amount"


def deviation(value: float, claimed: float, *, kind: Kind) -> float:
    """
    Return how far a computed figure is from a published one, computed less published.

    In percentage points where both are shares, else in percent of the published figure (of the
    computed one where nothing is claimed).

    Examples
    --------
    >>> round(deviation(708_000, 710_000, kind="amount"), 2), deviation(44, 45, kind="share")
    (-0.28, -1)
    >>> deviation(5, 0, kind="amount")
    100.0
    """
    if kind == "share":
        return value - claimed
    return 100 * (value - claimed) / (claimed or abs(value) or 1)


def fits(value: float, claimed: float, *, qualifier: str | None, kind: Kind) -> bool:
    """
    Say whether a computed figure fits a published one.

    A plain figure and ``about``: within 3 percent, shares within 1.5 percentage points; a plain
    count must be the same.
    ``nearly`` X: from 3 (percent, or points) below X to X. ``at-least``: not below.
    ``at-most``: not above.

    Parameters
    ----------
    value, claimed
        The computed and the published figure.
    qualifier
        The word before the published figure.
    kind
        What they are: an amount, a share in percent, or a count of units.

    Examples
    --------
    >>> fits(43.8, 45, qualifier="nearly", kind="share")
    True
    >>> fits(45.1, 45, qualifier="nearly", kind="share")
    False
    """
    off = deviation(value, claimed, kind=kind)
    if qualifier == "at-least":
        return off >= -_EPSILON
    if qualifier == "at-most":
        return off <= _EPSILON
    if qualifier == "nearly":
        return -_NEARLY - _EPSILON <= off <= _EPSILON
    if kind == "count" and qualifier is None:
        return value == claimed
    return abs(off) <= (_POINTS if kind == "share" else _PERCENT) + _EPSILON


def rule(qualifier: str | None, *, kind: Kind) -> str:
    """Return the name of the rule by which a figure is held to fit."""
    if qualifier in ("at-least", "at-most"):
        return str(qualifier)
    if kind == "count" and qualifier is None:
        return "count"
    measured = "share" if kind == "share" else "amount"
    return f"{'nearly' if qualifier == 'nearly' else 'within'}-{measured}"
