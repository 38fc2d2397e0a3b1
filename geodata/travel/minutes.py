"""Minutes as tables have them: numbers, durations, and nothing where there is no way."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.errors import FileFormatError
from geodata.files.numbers import numbers
from geodata.messages import listed
from geodata.register.names import fold

__all__ = ["FROM", "MINUTES", "TO", "check_one_of_minutes", "minutes_of", "named_columns"]

FROM = ("from", "from_id", "origin", "origin_id", "mistä", "lähtö", "lähtökunta", "från")
TO = (
    *("to", "to_id", "destination", "destination_id"),
    *("mihin", "minne", "kohde", "kohdekunta", "till"),
)
MINUTES = (
    *("minutes", "travel_time", "time", "duration"),
    *("minuutit", "minuuttia", "matka-aika", "kesto", "minuter", "restid"),
)

# "0:25:00", and "0 days 00:25:00" as pandas writes it; 12:30 may be of hours or of minutes.
_DURATION = re.compile(r"(?:(\d+) days? )?(\d{1,3}):([0-5]\d):([0-5]\d(?:\.\d+)?)")
_SECONDS = 60.0


def named_columns(table: pd.DataFrame) -> dict[str, object]:
    """
    Return which columns of a table are ``from``, ``to`` and ``minutes``, by the usual names.

    Examples
    --------
    >>> named_columns(pd.DataFrame(columns=["from_id", "to_id", "travel_time"]))
    {'from': 'from_id', 'to': 'to_id', 'minutes': 'travel_time'}
    """
    folded = {fold(str(name)): name for name in reversed(list(table.columns))}
    found: dict[str, object] = {}
    for what, names in (("from", FROM), ("to", TO), ("minutes", MINUTES)):
        named = next((name for name in map(fold, names) if name in folded), None)
        if named is not None:
            found[what] = folded[named]
    return found


def check_one_of_minutes(table: pd.DataFrame, source: str, *, fix: str) -> None:
    """
    Raise `FileFormatError` where several columns are called minutes, and hold others.

    Parameters
    ----------
    table
        A row a pair.
    source
        What the table is called in messages.
    fix
        What to do, beside leaving columns out.

    Examples
    --------
    >>> table = pd.DataFrame({"minutes": [25.0], "travel_time": [30.0], "time": ["morning"]})
    >>> check_one_of_minutes(table, "t.csv", fix="")
    Traceback (most recent call last):
    geodata.errors.FileFormatError: t.csv: the minutes of 'minutes' and 'travel_time' differ; keep
    one of them
    """
    called = set(map(fold, MINUTES))
    names = [name for name in table.columns if fold(str(name)) in called]
    if len(names) < 2:
        return
    read = {name: minutes_of(table[name], str(name), str) for name in names}
    times = {name: values for name, (values, wrong) in read.items() if not wrong}
    columns = list(times.values())
    if any(not np.array_equal(columns[0], other, equal_nan=True) for other in columns[1:]):
        both = " and ".join(repr(str(name)) for name in times)
        raise FileFormatError(f"{source}: the minutes of {both} differ; keep one of them{fix}")


def minutes_of(
    values: "pd.Series[Any]", what: str, called: Callable[[int], str], *, missing: bool = True
) -> tuple[NDArray[np.float64], list[FileFormatError]]:
    """
    Return minutes as numbers, not-a-number where there are none; and what is wrong with them.

    Durations are turned into minutes. A truth value, a date or a complex number is no time.

    Parameters
    ----------
    values
        Numbers, text or durations.
    what
        What they are called in messages.
    called
        What the value at a position is called.
    missing
        Whether there may be none.

    Examples
    --------
    >>> minutes_of(pd.Series(["12,5", "0:25:00", None]), "minutes", str)[0].tolist()
    [12.5, 25.0, nan]
    """
    if values.dtype.kind == "m":
        values = pd.Series(values.dt.total_seconds() / _SECONDS, index=values.index)
    given = values if pd.api.types.is_numeric_dtype(values.dtype) else values.map(_plain)
    absent = given.isna().to_numpy(dtype=bool)
    try:
        found = numbers(given, what)
    except FileFormatError as fault:
        return np.full(len(values), np.nan), [fault]
    bad = ~absent & ~(np.isfinite(found) & (found >= 0))
    if not missing:
        bad |= absent
    if not bad.any():
        return found, []
    shown = [f"{_shown(values.iloc[at])} ({called(at)})" for at in map(int, np.flatnonzero(bad))]
    rest = "; leave it empty where there is no way" if missing else ""
    return found, [
        FileFormatError(f"{what} has {listed(shown)}, and minutes are numbers of 0 or more{rest}")
    ]


def _plain(value: object) -> object:
    """Return a duration as its minutes, missing as None, and what is no time as its text."""
    if isinstance(value, str):
        text = value.strip()
        if match := _DURATION.fullmatch(text):
            days, hours, minutes, seconds = (float(part or 0) for part in match.groups())
            return (days * 24 + hours) * 60 + minutes + seconds / _SECONDS
        return text or None
    if value is None or value is pd.NA or value is pd.NaT or value != value:  # noqa: PLR0124  NaN
        return None
    if isinstance(value, np.timedelta64):
        value = pd.Timedelta(value)
    if isinstance(value, dt.timedelta):
        return value.total_seconds() / _SECONDS
    number = isinstance(value, int | float | np.integer | np.floating)
    return value if number and not isinstance(value, bool) else "no time"


def _shown(value: object) -> str:
    # NumPy's numbers call their type besides.
    text = f"{value:g}" if isinstance(value, float | np.floating) else repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
