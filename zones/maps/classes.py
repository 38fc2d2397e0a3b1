"""Classes of a choropleth computed from its figures, with limits that can be read."""

import itertools
import math
from collections.abc import Callable, Sequence

import numpy as np

from geodata.errors import ArgumentError
from zones.maps.palette import SHARED

__all__ = [
    "MOST",
    "diverging_limits",
    "given_limits",
    "quantile_limits",
    "radius_of",
    "shades",
    "size_steps",
]

MOST = len(SHARED["ramps"]["amount"]["light"])
"""Colours of a ramp, and so the most classes; a ramp that turns has half of them on each side."""

# Of the colours on one side of a turn, outward: few classes take those that differ most.
_OUTWARD = {1: (1,), 2: (0, 2), 3: (0, 1, 2)}


def quantile_limits(values: Sequence[float] | np.ndarray, *, most: int = MOST) -> tuple[float, ...]:
    """
    Return the limits of classes that hold about equally many figures each.

    A limit is the least figure of the class above it, rounded to as few digits as leave no class
    empty. Equal figures are in one class, so that few distinct ones make fewer classes.

    Examples
    --------
    >>> quantile_limits([11, 12, 13, 24, 25, 36], most=3)
    (13.0, 25.0)
    >>> quantile_limits([0, 0, 0, 0, 0, 3, 3, 4])
    (3.0, 4.0)
    >>> quantile_limits([5, 5])
    ()
    """
    rest = np.sort(np.asarray(values, dtype=float))
    limits: list[float] = []

    def classes(found: Sequence[float]) -> bool:
        # A limit below the least figure would leave the first class empty.
        counts = np.bincount(np.searchsorted(found, values, side="right"), minlength=len(found) + 1)
        return bool((counts > 0).all())

    for left in range(most, 1, -1):
        if not len(rest) or rest[0] == rest[-1]:
            break
        at = max(int(np.searchsorted(rest, rest[0], side="right")), len(rest) // left)
        limits.append(float(rest[at]))
        rest = rest[rest >= rest[at]]
    return _readable(limits, classes)


def diverging_limits(
    values: Sequence[float] | np.ndarray, middle: float, *, most: int = MOST
) -> tuple[float, ...]:
    """
    Return limits that lie symmetrically around a value with a meaning, which is one of them.

    Half of the classes are on either side; their widths hold about equally many of the distances
    from the middle.

    Examples
    --------
    >>> diverging_limits([-8, -3, -1, 0, 1, 2, 3, 4, 9], 0)
    (-4.0, -2.0, 0.0, 2.0, 4.0)
    """
    steps = quantile_limits(np.abs(np.asarray(values, dtype=float) - middle), most=most // 2)
    exact = [float(f"{middle + sign * step:.12g}") for sign in (-1, 1) for step in steps]
    return tuple(sorted({*exact, float(middle)}))


def given_limits(limits: Sequence[float], middle: float | None) -> tuple[float, ...]:
    """
    Return limits that a user gives.

    Raises
    ------
    ArgumentError
        If they are no numbers that rise, more than there are colours, or without the value at
        which the colours turn.

    Examples
    --------
    >>> given_limits([10, 20], None)
    (10.0, 20.0)
    """
    try:
        found = tuple(float(limit) for limit in limits)
    except (TypeError, ValueError):
        found = ()
    wanted = "give numbers that rise, such as classes=[10, 20, 30], or classes='quantiles'"
    if not found or not _rise(found) or not all(map(math.isfinite, found)):
        raise ArgumentError(f"classes={limits!r} are no limits of classes: {wanted}")
    said = f"classes=[{', '.join(f'{limit:g}' for limit in found)}]"
    if len(found) >= MOST:
        raise ArgumentError(
            f"{said} are {len(found)} limits, and {MOST} classes are the most that "
            f"can be told apart: give at most {MOST - 1}"
        )
    if middle is not None:
        sides = sum(limit < middle for limit in found), sum(limit > middle for limit in found)
        if middle not in found or max(sides) >= MOST // 2:
            raise ArgumentError(
                f"{said} do not suit colours that turn at {middle:g}: give {middle:g} "
                f"and at most {MOST // 2 - 1} limits on either side of it"
            )
    return found


def shades(limits: Sequence[float], middle: float | None) -> tuple[int, ...]:
    """
    Return which colour of the ramp each class has.

    Examples
    --------
    >>> shades([10, 20], None), shades([-1, 0, 1], 0), shades([0, 5, 9], 0)
    ((1, 3, 5), (0, 2, 3, 5), (2, 3, 4, 5))
    """
    if middle is None:
        count = len(limits) + 1
        return tuple(int((number + 0.5) * MOST / count) for number in range(count))
    below, above = (
        1 + sum(limit < middle for limit in limits),
        1 + sum(limit > middle for limit in limits),
    )
    outward = _OUTWARD[max(below, above)]
    half = MOST // 2
    under = [half - 1 - step for step in outward[:below]]
    return (*reversed(under), *(half + step for step in outward[:above]))


def radius_of(value: float, most: float, largest: float, *, least: float = 1.0) -> float:
    """
    Return the radius of a circle whose area grows with its figure; the smallest is still seen.

    Examples
    --------
    >>> radius_of(25, 100, 30), radius_of(-25, 100, 30), radius_of(0, 100, 30)
    (15.0, 15.0, 0.0)
    """
    if not value or not most:
        return 0.0
    return max(least, largest * math.sqrt(abs(value) / most))


def size_steps(most: float, digits: int) -> tuple[float, ...]:
    """
    Return round figures for a key of circles: near the largest, a quarter and a twentieth of it.

    Examples
    --------
    >>> size_steps(48_563, 0), size_steps(3, 0)
    ((40000.0, 10000.0, 2000.0), (3.0,))
    """
    if not most:
        return ()
    steps = []
    for value in (most, most / 4, most / 20):
        unit = 10.0 ** math.floor(math.log10(value))
        steps.append(float(f"{math.floor(value / unit) * unit:.1g}"))
    return tuple(step for step in dict.fromkeys(steps) if step >= 10.0**-digits)


def _rise(limits: Sequence[float]) -> bool:
    return all(low < high for low, high in itertools.pairwise(limits))


def _readable(
    limits: Sequence[float], fits: Callable[[Sequence[float]], bool]
) -> tuple[float, ...]:
    """Round limits to the fewest digits, two at least, with which they still fit."""
    for digits in range(2, 16):
        found = [float(f"{limit:.{digits}g}") for limit in limits]
        if fits(found) and _rise(found):
            return tuple(found)
    return tuple(limits)
