"""What is known of a large grid piece by piece, and can only be judged of the whole."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geodata.errors import FileFormatError
from geodata.files.numbers import stand_in
from geodata.messages import named_rows
from geodata.points.grids import Grid
from geodata.points.locating import check_axes
from geodata.points.sides import Spacing
from geodata.streams.places import Places, places_of

__all__ = ["Facts", "facts_of"]

_Floats = NDArray[np.float64]

# Points of each part by which axes are judged.
_SAMPLE = 500


@dataclass(frozen=True, eq=False)
class Facts:
    """
    What is known of some of the points; of all of them, it adds up.

    Attributes
    ----------
    rows
        How many there are.
    source
        What messages call where they are from.
    places
        Which places of the lattice they take; None where they are no cells.
    most, often, below
        The largest figure, how often it is there, and the next below it.
    where
        The rows of the largest figure, in words.
    sample
        By source, some of the points.
    """

    rows: int
    source: str
    places: Places | None
    most: float
    often: int
    below: float
    where: str
    sample: dict[str, tuple[_Floats, _Floats]]

    def __add__(self, other: "Facts") -> "Facts":
        """Return what is known of both, or raise where a cell is in both."""
        places = self.places
        if places is not None and other.places is not None:
            if (met := places.meet(other.places)) is not None:
                raise RepeatedError(met, other.source)
            places = places + other.places
        top, low = (self, other) if self.most >= other.most else (other, self)
        same = top.most == low.most
        return Facts(
            self.rows + other.rows,
            self.source,
            places,
            top.most,
            top.often + (low.often if same else 0),
            max(top.below, low.below if same else low.most),
            min(top.where, low.where) if same else top.where,
            self.sample | other.sample,
        )

    def check(self, crs: Any, source: str, column: str) -> None:
        """
        Judge the whole: no figure that stands for missing ones, no axes swapped.

        Raises
        ------
        FileFormatError
            If people or coordinates cannot be.
        """
        few = np.array([self.most] * min(self.often, 2) + [self.below])
        few = few[np.isfinite(few)]
        if self.most > 0 and stand_in(few) is not None:
            raise FileFormatError(
                f"{self.where}: column {column!r} is {self.most:.15g}, which looks like a mark of "
                f"a missing figure, and {self.often:,} rows have it; leave these rows out"
            )
        found = [self.sample[name] for name in sorted(self.sample)]
        x, y = (np.concatenate([pair[axis] for pair in found]) for axis in (0, 1))
        check_axes(x, y, crs, source)


class RepeatedError(Exception):
    """A cell that is in two pieces."""

    def __init__(self, place: tuple[int, int], source: str) -> None:
        super().__init__(place, source)
        self.place = place
        self.source = source


def facts_of(grid: Grid, spacing: Spacing | None, source: str) -> Facts:
    """
    Return what is known of a part.

    Parameters
    ----------
    grid
        Its points.
    spacing
        Their lattice, if each place of it may be there once.
    source
        What messages call it.

    Raises
    ------
    FileFormatError
        If a cell is in it twice.
    """
    places = None
    if spacing is not None:
        places, again = places_of(grid.x, grid.y, spacing, grid.code)
        if again is not None:
            raise FileFormatError(
                f"{source}: {named_rows(grid.index[again])} "
                f"{'is' if again.sum() == 1 else 'are'} of a place that is there already: leave "
                "each place once, of several years or sexes the rows of one, or add its rows up "
                "first"
            )
    people = grid.people
    most = float(people.max())
    often, below, where = 1, -np.inf, ""
    if set(f"{most:.15g}") == {"9"}:
        top = people == most
        often, rest = int(top.sum()), people[~top]
        below = float(rest.max()) if len(rest) else -np.inf
        where = f"{source}, {named_rows(grid.index[top][:1])}"
    every = max(1, len(grid) // _SAMPLE)
    sample = {f"{source} {grid.index[0]}": (grid.x[::every].copy(), grid.y[::every].copy())}
    return Facts(len(grid), source, places, most, often, below, where, sample)
