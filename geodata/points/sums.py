"""Sums that do not depend on the order of what is added up, nor on how it is cut into parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["ExactSums"]

_Ints = NDArray[np.int64]

# Figures of up to 2 ** 37 are cut into limbs of so many bits that those of a hundred million of
# them still add up exactly in a double.
_BITS = 26
_HIGHEST = 11
_EXACT = 2**53
_LARGEST = 2.0 ** (_HIGHEST + _BITS)


@dataclass(frozen=True, eq=False)
class ExactSums:
    """
    Sums of figures by unit, of some of the points; those of all points are their sum.

    Attributes
    ----------
    limbs
        By exponent, whole numbers by unit; together the sums are the sum over all exponents of
        the whole numbers times two to the exponent.
    whole
        Whether all figures were whole numbers.
    """

    limbs: Mapping[int, _Ints]
    whole: bool

    @classmethod
    def of(
        cls, figures: NDArray[Any], unit: NDArray[Any] | None = None, size: int = 1
    ) -> "ExactSums":
        """
        Add up figures of 0 or more, below 2 ** 37.

        Parameters
        ----------
        figures
            Whole numbers or floats.
        unit
            The position of the unit of each; without it, all make one sum.
        size
            How many units there are.

        Examples
        --------
        >>> sums = ExactSums.of(np.array([0.1] * 10))
        >>> sums.totals(), (sums + sums).totals()
        (array([1.]), array([2.]))
        >>> ExactSums.of(np.array([1, 2, 4]), np.array([0, 1, 0]), 3).totals()
        array([5, 2, 0])
        """
        whole = bool(np.issubdtype(figures.dtype, np.integer))
        if not len(figures):
            return cls({0: np.zeros(size, dtype=np.int64)}, whole=True)
        at = np.zeros(len(figures), dtype=np.int64) if unit is None else unit
        most = float(figures.max())
        if not most < _LARGEST or figures.min() < 0:
            raise OverflowError(f"figures of 0 to {_LARGEST:g} add up exactly, not {most:g}")
        if whole and most * len(figures) < _EXACT:
            return cls({0: _counted(at, figures, size)}, whole=True)
        limbs: dict[int, _Ints] = {}
        rest, exponent = figures.astype(float), _HIGHEST
        while rest.any():
            if rest.max() >= 2.0**exponent:
                limb = np.floor(np.ldexp(rest, -exponent))
                rest -= np.ldexp(limb, exponent)
                limbs[exponent] = _counted(at, limb, size)
            exponent -= _BITS
        return cls(limbs or {0: np.zeros(size, dtype=np.int64)}, whole)

    def __add__(self, other: "ExactSums") -> "ExactSums":
        """Return the sums of both parts together."""
        limbs = dict(self.limbs)
        for exponent, more in other.limbs.items():
            limbs[exponent] = limbs[exponent] + more if exponent in limbs else more
        return ExactSums(limbs, self.whole and other.whole)

    def running(self) -> "ExactSums":
        """Return for each unit the sum of it and those before it."""
        limbs = {exponent: np.cumsum(limb) for exponent, limb in self.limbs.items()}
        return ExactSums(limbs, self.whole)

    def totals(self) -> NDArray[Any]:
        """Return the sum of each unit: whole numbers of whole numbers, else the nearest floats."""
        if set(self.limbs) == {0}:
            (only,) = self.limbs.values()
            return only if self.whole else only.astype(float)
        lowest = min(0, *self.limbs)
        columns = [
            (exponent - lowest, limb.tolist()) for exponent, limb in sorted(self.limbs.items())
        ]
        size = len(columns[0][1])
        exact = [sum(limb[at] << shift for shift, limb in columns) for at in range(size)]
        if self.whole:
            return np.array([number >> -lowest for number in exact], dtype=np.int64)
        # Python's division of whole numbers gives the float nearest to the true quotient.
        return np.array([number / (1 << -lowest) for number in exact], dtype=float)


def _counted(unit: NDArray[Any], limb: NDArray[Any], size: int) -> _Ints:
    return np.rint(np.bincount(unit, weights=limb, minlength=size)).astype(np.int64)
