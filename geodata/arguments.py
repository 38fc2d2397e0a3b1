"""Arguments that several functions take: metres, and names of columns."""

from collections.abc import Mapping

import numpy as np

from geodata.errors import ArgumentError, FileFormatError
from geodata.messages import listed

__all__ = ["check_each_its_own", "check_metres"]


def check_each_its_own(named: Mapping[str, object], source: str) -> None:
    """Raise `FileFormatError` where two arguments name one column.

    Parameters
    ----------
    named
        Names of columns by argument, of those that were given.
    source
        What the table is called in messages.

    Examples
    --------
    >>> check_each_its_own({"origin": "a", "destination": "a"}, "t.csv")
    Traceback (most recent call last):
    geodata.errors.FileFormatError: t.csv: origin='a', destination='a' name one column twice; give
    each its own
    """
    if len(set(named.values())) < len(named):
        said = listed([f"{what}={column!r}" for what, column in named.items()], most=None)
        raise FileFormatError(f"{source}: {said} name one column twice; give each its own")


def check_metres(**lengths: object) -> None:
    """Raise `ArgumentError` unless each is a number of metres, 0 or more."""
    wrong = [
        f"{name} {metres!r}"
        for name, metres in lengths.items()
        if isinstance(metres, bool)
        or not isinstance(metres, int | float | np.integer | np.floating)
        # Not a number is not below 0 either.
        or not metres >= 0
    ]
    if wrong:
        raise ArgumentError(f"{', '.join(wrong)}: give metres, 0 or more")
