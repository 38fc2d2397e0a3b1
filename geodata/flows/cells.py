"""Cells of a table of flows: numbers, and the marks that publishers put in place of one."""

import re
from typing import Any

import numpy as np
import pandas as pd

from geodata.errors import FileFormatError
from geodata.files.numbers import numbers
from geodata.messages import listed

__all__ = ["read_cells"]

# Statistics Finland: "-" is none, ".." not available, "..." confidential, "." not applicable.
_NONE = frozenset({"-", "–", "—", "−"})
_LEFT_OUT = frozenset({"...", "…", "*", "**", "***", "x", "X"})
_MISSING = frozenset({"", ".", "..", "na", "n/a", "#n/a", "nan", "none", "null"})
_BELOW = re.compile(r"(?:<|alle|under|below|less than)\s*(\d+)", re.IGNORECASE)


def read_cells(
    values: "pd.Series[Any]", where: "pd.Series[str]", what: str, below: float | None
) -> pd.DataFrame:
    """
    Return how many people or things each cell tells of, at least and at most.

    Parameters
    ----------
    values
        Numbers, or text as it stands in the table.
    where
        What a message calls each of the cells.
    what
        What it calls all of them.
    below
        What the publisher leaves out: numbers below this; None where that is not known.

    Returns
    -------
    pandas.DataFrame
        ``low``, ``high`` (missing where nothing bounds it) and ``state``: ``known``, ``zero``,
        ``suppressed`` or ``missing``.

    Raises
    ------
    FileFormatError
        If a cell is no number of 0 or more and no mark; all such cells are listed.

    Examples
    --------
    >>> cells = pd.Series(["12", "-", "<5", ".."], dtype=object)
    >>> read_cells(cells, cells, "people", None).to_numpy().tolist()
    [[12.0, 12.0, 'known'], [0.0, 0.0, 'zero'], [0.0, 4.0, 'suppressed'], [0.0, nan, 'missing']]
    """
    texts = values.map(lambda value: value.strip() if isinstance(value, str) else value)
    missing = texts.isna() | texts.map(lambda v: isinstance(v, str) and v.lower() in _MISSING)
    limits = texts.map(_limit, na_action="ignore").astype(float)
    left_out = limits.notna() | texts.isin(_LEFT_OUT)
    none = texts.isin(_NONE)
    given = ~(missing | left_out | none)
    found = pd.Series(np.nan, index=values.index)
    found[given] = numbers(values[given], what, counts=True)
    bad = given & ~(np.isfinite(found) & (found >= 0))
    if bad.any():
        shown = [f"{place} ({value})" for place, value in zip(where[bad], values[bad], strict=True)]
        raise FileFormatError(
            f"{what}: give numbers of 0 or more, or a mark such as - (none), .. (not available) or "
            f"* (left out), not as in {listed(shown)}"
        )
    found[none] = 0.0
    # Below five is four at most, where all are counted one by one.
    most = limits.fillna(np.nan if below is None else below)
    if (found.dropna() % 1 == 0).all():
        most = most.apply(np.ceil) - 1
    high = found.where(~left_out, most)
    state = pd.Series("known", index=values.index)
    state[none], state[left_out], state[missing] = "zero", "suppressed", "missing"
    return pd.DataFrame({"low": found.fillna(0.0), "high": high, "state": state})


def _limit(value: object) -> float:
    """Return the number that a mark such as "<5" says the cell is below."""
    said = _BELOW.fullmatch(value) if isinstance(value, str) else None
    return float(said[1]) if said else np.nan
