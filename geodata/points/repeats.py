"""Places that a table of points has more than once, which a sum would count twice."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.errors import FileFormatError
from geodata.messages import listed, named_rows

__all__ = ["check_repeats"]

_MOST_CLASSES = 200
# Classes of one thing repeat nearly every place; people of one house do not.
_MOSTLY = 0.5


def check_repeats(
    table: pd.DataFrame,
    place: NDArray[np.int64],
    code: NDArray[np.object_] | None,
    used: Sequence[str],
    source: str,
    *,
    cells: bool,
) -> None:
    """
    Raise where rows are of the same place, and so would count its people more than once.

    The same cell may have a row for each municipality that it lies in.

    Parameters
    ----------
    table
        The table as read.
    place
        Number of the place of each row.
    code
        Municipality of each row, or None.
    used
        Columns that say place, people and municipality.
    source
        What the table is called in messages.
    cells
        Whether the places are cells, each of which is there once; people of one house may have a
        row each, unless a column sets most of them apart.

    Raises
    ------
    FileFormatError
        With the column that sets the rows of a place apart, such as a year or a sex, and what it
        holds; or with the rows that are there twice.
    """
    keys = pd.DataFrame({"place": place})
    if code is not None:
        keys["code"] = code
    twice = keys.duplicated(keep=False).to_numpy()
    if not twice.any() or (not cells and twice.mean() < _MOSTLY):
        return
    for name in table.columns:
        if name in used or name == getattr(table, "_geometry_column_name", None):
            continue
        classes = table[name]
        if classes.nunique(dropna=False) > _MOST_CLASSES or classes[twice].nunique() < 2:
            continue
        apart = keys.assign(of=pd.factorize(classes)[0]).duplicated().to_numpy()
        if not apart.any():
            held = listed(dict.fromkeys(map(str, classes)), most=4)
            raise FileFormatError(
                f"{source}: {twice.sum():,} rows are of a place that other rows are of too, one "
                f"for each {name!r} ({held}): leave the rows of one of them, or people count "
                "several times"
            )
    if not cells:
        return
    again = keys.duplicated().to_numpy()
    raise FileFormatError(
        f"{source}: {named_rows(table.index[again])} "
        f"{'is' if again.sum() == 1 else 'are'} of a place that is there already: leave each place "
        "once, or add its rows up first"
    )
