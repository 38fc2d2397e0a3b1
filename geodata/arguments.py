"""Arguments that several functions take: metres."""

import numpy as np

from geodata.errors import ArgumentError

__all__ = ["check_metres"]


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
