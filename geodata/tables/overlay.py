"""How the places of a table and the municipalities of a division hold each other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.register.carried import heirs, parts
from geodata.register.divisions import division_ids

__all__ = ["Overlay", "overlay"]

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False, kw_only=True)
class Overlay:
    """
    Places of a table against the municipalities of a division, by their numbers in two indexes.

    Attributes
    ----------
    places, units
        The places, and all municipalities of the division.
    place, unit
        A pair each: a place, and a municipality that holds some of it.
    size
        In how many municipalities each place is.
    part, whole
        A row each municipality of the table's own division that makes up one of this division:
        the place that it is in (-1 where the table has none), and that of this division.
    """

    places: pd.Index
    units: pd.Index
    place: Numbers
    unit: Numbers
    size: Numbers
    part: Numbers
    whole: Numbers

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {unit: at for at, unit in enumerate(self.units)}

    def numbers(self, units: Iterable[str]) -> Numbers:
        """Return the numbers of municipalities; -1 for one that is not of the division."""
        return np.array([self._numbers.get(unit, -1) for unit in units], dtype=np.int64)

    def complete(self, there: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """Return by municipality whether all that makes it up is in places that are there."""
        found = np.where(self.part >= 0, there[self.part], False)
        everything = np.ones(len(self.units), dtype=np.bool_)
        np.logical_and.at(everything, self.whole, found)
        return everything

    def here(self, chosen: npt.NDArray[np.bool_]) -> Numbers:
        """Return in how many of the chosen municipalities each place is."""
        return np.bincount(self.place[chosen[self.unit]], minlength=len(self.places))


def overlay(places: Mapping[str, tuple[str, ...]], own: int, division: int) -> Overlay:
    """
    Lay the places of a table, made of municipalities of its own division, over another division.

    Examples
    --------
    >>> found = overlay({"FI_507": ("FI_507",), "FI_588": ("FI_588",)}, 2024, 2026)
    >>> found.units[found.unit].tolist(), found.size.tolist()
    (['FI_507', 'FI_507'], [1, 1])
    """
    units = pd.Index(sorted(division_ids(division)), name="lau_id")
    if own <= division:
        made_of: Mapping[str, tuple[str, ...]] = parts(own, division)
    else:
        made_of = {unit: (heir,) for unit, heir in heirs(division, own).items()}
    number = {unit: at for at, held in enumerate(places.values()) for unit in held}
    rows = [(number.get(part, -1), at) for at, unit in enumerate(units) for part in made_of[unit]]
    part, whole = np.array(rows, dtype=np.int64).T
    pairs = np.array(sorted({row for row in rows if row[0] >= 0}), dtype=np.int64).reshape(-1, 2)
    return Overlay(
        places=pd.Index(places, name="place", dtype=object),
        units=units,
        place=pairs[:, 0],
        unit=pairs[:, 1],
        size=np.bincount(pairs[:, 0], minlength=len(places)),
        part=part,
        whole=whole,
    )
