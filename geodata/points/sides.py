"""How large the cells of a grid are, told from where its points lie, where that is certain."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["CORNER_SIDES", "Spacing", "Survey", "spacing_of", "survey"]

CORNER_SIDES = (1000.0, 250.0)
"""Sides of Statistics Finland's grids whose coordinates are corners, the most usual first."""

_Floats = NDArray[np.float64]
_Ints = NDArray[np.int64]

# Noise of this much, as files of other software have it, leaves a point on its lattice.
_NOISE_M = 0.02
_ROUNDING_M = 1e-6
_PER_METRE = 10
_PER_MICRO = 1_000_000
_MOST_MICRO = 50_000
_SMALLEST_M = 10.0
# So few points may all lie on a coarser lattice by chance.
_FEW = 20
_DENSE = 0.5
_LEAST = 4


@dataclass(frozen=True)
class Spacing:
    """
    The lattice that points lie on.

    Attributes
    ----------
    step
        Metres between neighbouring columns and rows.
    certain
        Whether there are enough points for the step to be the side of the cells.
    x0, y0
        A place of the lattice.
    moved
        Whether any of the points is off it by more than a rounding.
    """

    step: float
    certain: bool
    x0: float
    y0: float
    moved: bool

    def placed(self, x: _Floats, y: _Floats) -> tuple[_Floats, _Floats]:
        """Return points on the lattice, without the noise."""
        if not self.moved:
            return x, y
        columns, rows = np.rint((x - self.x0) / self.step), np.rint((y - self.y0) / self.step)
        return self.x0 + columns * self.step, self.y0 + rows * self.step


@dataclass(frozen=True, eq=False)
class Survey:
    """
    What must be known of points to tell their lattice; of parts of them, it adds up.

    Attributes
    ----------
    first
        The first point of all, from which places are counted, in tenths of a metre.
    points
        How many there are.
    common
        The largest number of tenths that all places are multiples of.
    low, high
        Of both coordinates, the extreme places.
    noise
        Of both coordinates, how many points are how many micrometres off a place.
    """

    first: tuple[float, float]
    points: int
    common: int
    low: tuple[int, int]
    high: tuple[int, int]
    noise: tuple[_Ints, _Ints]

    def __add__(self, other: "Survey") -> "Survey":
        """Return what is known of both parts together."""
        (x_low, y_low), (x_high, y_high) = self.low, self.high
        return Survey(
            self.first,
            self.points + other.points,
            int(np.gcd(self.common, other.common)),
            (min(x_low, other.low[0]), min(y_low, other.low[1])),
            (max(x_high, other.high[0]), max(y_high, other.high[1])),
            (self.noise[0] + other.noise[0], self.noise[1] + other.noise[1]),
        )

    def spacing(self) -> Spacing | None:
        """Return the lattice; None if there is none, or the points are too few."""
        step = self.common / _PER_METRE
        if self.points < 2 or step < _SMALLEST_M:
            return None
        off, middles = 0.0, []
        for counts in self.noise:
            there = np.flatnonzero(counts)
            # The lowest coordinate has noise of its own.
            middle = int(np.searchsorted(np.cumsum(counts), (self.points + 1) // 2))
            off = max(off, *(abs(int(at) - middle) / _PER_MICRO for at in there[[0, -1]]))
            middles.append((middle - _MOST_MICRO) / _PER_MICRO)
        if off > _NOISE_M:
            return None
        sizes = [
            round((high - low) / self.common) + 1
            for low, high in zip(self.low, self.high, strict=True)
        ]
        dense = self.points >= sizes[0] * sizes[1] * _DENSE
        certain = self.points >= _FEW or (self.points >= _LEAST and dense)
        x0, y0 = (at + middle for at, middle in zip(self.first, middles, strict=True))
        return Spacing(step, certain, x0, y0, moved=off > _ROUNDING_M)

    def even(self, side: float) -> bool:
        """Whether all places, without their noise, are multiples of a side."""
        found = self.spacing()
        if found is not None and found.moved:
            places: tuple[float, ...] = (found.x0, found.y0, found.step)
        else:
            exact = [counts[_MOST_MICRO] == self.points for counts in self.noise]
            if not all(exact):
                return False
            places = (*self.first, self.common / _PER_METRE)
        return not any(place % side for place in places)


def survey(x: _Floats, y: _Floats, first: tuple[float, float] | None = None) -> Survey | None:
    """
    Return what must be known of points in metres to tell their lattice; None where they have none.

    Parameters
    ----------
    x, y
        The points, or some of them.
    first
        The first of all, if that is not the first of these.
    """
    if not len(x) or not (np.isfinite(x).all() and np.isfinite(y).all()):
        return None
    first = (float(x[0]), float(y[0])) if first is None else first
    found = []
    for values, origin in zip((x, y), first, strict=True):
        tenths = (values - origin) * _PER_METRE
        whole = np.rint(tenths)
        tenths -= whole
        micro = np.rint(tenths * (_PER_MICRO / _PER_METRE)).astype(np.int64) + _MOST_MICRO
        places = whole.astype(np.int64)
        common = int(np.gcd.reduce(places))
        counts = np.bincount(micro, minlength=2 * _MOST_MICRO + 1)
        found.append((common, int(places.min()), int(places.max()), counts))
    (x_common, *x_ends, x_noise), (y_common, *y_ends, y_noise) = found
    return Survey(
        first,
        len(x),
        int(np.gcd(x_common, y_common)),
        (x_ends[0], y_ends[0]),
        (x_ends[1], y_ends[1]),
        (x_noise, y_noise),
    )


def spacing_of(x: _Floats, y: _Floats) -> Spacing | None:
    """
    Return the lattice of points in metres; None if there is none, or they are too few.

    Examples
    --------
    >>> x, y = np.meshgrid(np.arange(4) * 250.0, np.arange(4) * 250.0)
    >>> found = spacing_of(x.ravel() + 0.004, y.ravel())
    >>> found.step, found.certain, found.moved
    (250.0, True, False)
    """
    found = survey(x, y)
    return None if found is None else found.spacing()
