"""Travel times as people have them: numbers of minutes, or durations."""

import datetime as dt
import re
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.files.numbers import numbers

__all__ = ["minutes_of"]

_SECONDS = 60
# As pandas writes a duration into a file; hours and minutes alone could be minutes and seconds.
_WRITTEN = re.compile(r"\s*(?:-?\d+ days? ?,? ?)?-?\d{1,3}:\d{2}:\d{2}(?:\.\d+)?\s*")


def minutes_of(values: Any, what: str) -> NDArray[np.float64]:
    """
    Return travel times as minutes; not-a-number where a value is none.

    Durations (of Python, numpy or pandas, or written as ``0 days 00:25:00``) are turned into
    minutes.

    Parameters
    ----------
    values
        A column of times.
    what
        What it is called in messages.

    Raises
    ------
    FileFormatError
        If they are dates, truth values or complex numbers, or can be read in two ways.

    Examples
    --------
    >>> minutes_of(pd.to_timedelta(["00:25:00", None]), "minutes").tolist()
    [25.0, nan]
    >>> minutes_of(["0 days 00:07:30", "12,5"], "minutes").tolist()
    [7.5, 12.5]
    """
    column = pd.Series(values)
    if column.dtype.kind in "biufcM":
        return numbers(column, what)
    if column.dtype.kind != "m":
        column = column.astype(object)
        durations = column.map(_is_duration)
        if not durations.any():
            return numbers(column, what)
        taken = column.where(~durations)
        found = numbers(taken, what)
        found[durations] = _in_minutes(column[durations])
        return found
    return _in_minutes(column)


def _in_minutes(column: pd.Series) -> NDArray[np.float64]:
    seconds = pd.to_timedelta(column).dt.total_seconds()
    return seconds.to_numpy(dtype=float) / _SECONDS


def _is_duration(value: object) -> bool:
    if isinstance(value, str):
        return bool(_WRITTEN.fullmatch(value))
    return isinstance(value, np.timedelta64 | dt.timedelta)
