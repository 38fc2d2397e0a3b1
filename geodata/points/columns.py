"""Which columns of a table of points are what, and their numbers; rows that have none are named."""

import re
import unicodedata
from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.errors import FileFormatError
from geodata.files.numbers import numbers
from geodata.messages import listed, named_rows

__all__ = ["column_numbers", "named_column", "refuse"]

# People may be of a year, as in "TOT_P_2018".
_OF_A_YEAR = re.compile(r"[ _]?(?:19|20)\d\d$")


def named_column(
    table: pd.DataFrame, given: str | None, usual: Iterable[str], what: str, source: str
) -> str:
    """Return the name of a column: the one given, or the first of the usual ones that is there."""
    found = ", ".join(str(name) for name in table.columns)
    if given is not None:
        composed = unicodedata.normalize("NFC", given)
        if fitting := [name for name in (given, composed) if name in list(table.columns)]:
            return fitting[0]
        raise FileFormatError(f"{source}: no column {given!r}; it has {found}")
    called = {str(name): str(name).casefold() for name in table.columns}
    if what == "people":
        called = {name: _OF_A_YEAR.sub("", words) for name, words in called.items()}
    if fitting := [name for one in usual for name, words in called.items() if words == one]:
        # Places are given twice, in metres and degrees, and stay what they are; people do not.
        other = [name for name in fitting[1:] if not table[name].equals(table[fitting[0]])]
        if other and what == "people":
            both = listed([fitting[0], *other], most=None)
            raise FileFormatError(
                f"{source}: {both} may each be the {what}: name one, for instance "
                f"{what}={fitting[0]!r}"
            )
        return fitting[0]
    raise FileFormatError(
        f"{source}: no column for {what} among {found}; name it, for instance {what}={'...'!r}"
    )


def column_numbers(
    table: pd.DataFrame,
    name: str,
    source: str,
    *,
    counts: bool = False,
    decimal: str | None = None,
) -> NDArray[np.float64]:
    """Return a column as numbers; where a value is none, its rows are refused."""
    what = f"{source}: column {name!r}"
    found = numbers(table[name], what, counts=counts, decimal=decimal)
    bad = ~np.isfinite(found)
    first = table[name].iloc[int(np.argmax(bad))]
    value = f" ({first!r})" if isinstance(first, str) else ""
    advice = f"{value}; correct or leave out these rows"
    refuse(table, bad, f"{source}: column {name!r} holds no number", advice)
    return found


def refuse(table: pd.DataFrame, bad: NDArray[np.bool_], what: str, advice: str = "") -> None:
    """Raise where rows are bad, with which they are."""
    if bad.any():
        raise FileFormatError(f"{what} in {named_rows(table.index[bad])}{advice}")
