"""How large the cells of a grid are, told from where its points lie, where that is certain."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Spacing", "assumed_side", "spacing_of"]

_Floats = NDArray[np.float64]

# Noise of this much, as files of other software have it, leaves a point on its lattice.
_NOISE_M = 0.02
_PER_METRE = 10
_SMALLEST_M = 10.0
# So few points may all lie on a coarser lattice by chance.
_FEW = 20
_DENSE = 0.5
_LEAST = 4
# Sides of Statistics Finland's grids whose coordinates are corners, the most usual first.
_CORNER_SIDES = (1000.0, 250.0)


@dataclass(frozen=True, eq=False)
class Spacing:
    """
    The lattice that points lie on.

    Attributes
    ----------
    step
        Metres between neighbouring columns and rows.
    certain
        Whether there are enough points for the step to be the side of the cells.
    x, y
        The points on the lattice, without the noise.
    moved
        Whether any of them was off it by more than a rounding.
    """

    step: float
    certain: bool
    x: _Floats
    y: _Floats
    moved: bool


def spacing_of(x: _Floats, y: _Floats) -> Spacing | None:
    """
    Return the lattice of points in metres; None if there is none, or they are too few.

    Examples
    --------
    >>> x, y = np.meshgrid(np.arange(4) * 250.0, np.arange(4) * 250.0)
    >>> found = spacing_of(x.ravel() + 0.004, y.ravel())
    >>> found.step, found.certain
    (250.0, True)
    """
    if len(x) < 2 or not (np.isfinite(x).all() and np.isfinite(y).all()):
        return None
    x0, y0 = x.min(), y.min()
    whole = [np.rint((v - v0) * _PER_METRE).astype(np.int64) for v, v0 in ((x, x0), (y, y0))]
    step = float(np.gcd(*(np.gcd.reduce(v) for v in whole))) / _PER_METRE
    if step < _SMALLEST_M:
        return None
    columns, rows = np.rint((x - x0) / step), np.rint((y - y0) / step)
    # The lowest coordinate has noise of its own.
    x0 += np.median(x - x0 - columns * step)
    y0 += np.median(y - y0 - rows * step)
    off = max(np.abs(x - x0 - columns * step).max(), np.abs(y - y0 - rows * step).max())
    if off > _NOISE_M:
        return None
    places = (columns.max() + 1) * (rows.max() + 1)
    certain = bool(len(x) >= _FEW or (len(x) >= _LEAST and len(x) >= places * _DENSE))
    moved = bool(off > 1e-6)
    if not moved:
        return Spacing(step, certain, x, y, moved=False)
    return Spacing(step, certain, x0 + columns * step, y0 + rows * step, moved=True)


def assumed_side(x: _Floats, y: _Floats) -> float | None:
    """
    Return the side that corners of few cells are assumed to have; None if they are no corners.

    Examples
    --------
    >>> assumed_side(np.array([385_000.0]), np.array([6_672_000.0]))
    1000.0
    """
    for side in _CORNER_SIDES:
        if not np.mod([x, y], side).any():
            return side
    return None
