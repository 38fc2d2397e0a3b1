"""Cells left blank below the one that says it, as where cells are merged."""

import pandas as pd

__all__ = ["said_once"]


def said_once(column: "pd.Series[str]", *, even: bool = False) -> bool:
    """
    Whether each value of a column plainly holds for the rows below it that are blank.

    Each value stands once, at the head of at least two rows, and the first row has one: as merged
    cells are. In a column that says a value in each row, a blank is a cell left out.

    Parameters
    ----------
    column
        Text, missing where it is blank.
    even
        Whether each value has to stand above as many rows.

    Examples
    --------
    >>> said_once(pd.Series(["a", None, "b", None, None]))
    True
    >>> said_once(pd.Series(["a", "a", None])), said_once(pd.Series(["a", "b", None]))
    (False, False)
    """
    stated = column.notna()
    if not len(column) or not stated.iloc[0] or column[stated].duplicated().any():
        return False
    runs = stated.cumsum().value_counts()
    return bool(runs.min() > 1 and (not even or runs.min() == runs.max()))
