"""Numbers as people write them: decimal commas, thousands apart, and what can be read two ways."""

import datetime as dt
import re
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.errors import FileFormatError

__all__ = ["numbers", "stand_in"]

# Spaces of any width, and the apostrophe of Switzerland, part thousands and nothing else.
_SPACED = re.compile(r"[-+]?\d{1,3}([ \u00a0\u2009\u202f'’]\d{3})+([.,]\d+)?")
_SPACES = re.compile(r"[ \u00a0\u2009\u202f'’]")
_MARKED = re.compile(r"[-+]?(\d*)([.,])(\d+)")
_MANY_GROUPS = re.compile(r"[-+]?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})+")
_BOTH = re.compile(r"[-+]?\d{1,3}(?:([.,])\d{3})+(?!\1)[.,]\d+")
# Figures that tables have in place of one that is missing: -9, -999, 99999.
_NINES_BELOW, _NINES = re.compile(r"-9+"), re.compile(r"9{4,}")
_TIMES = 10
_EITHER = re.compile(r"[-+]?[1-9]\d{0,2}[.,]\d{3}")


def numbers(
    values: Any, what: str, *, counts: bool = False, decimal: str | None = None
) -> NDArray[np.float64]:
    """
    Return a column as numbers; not-a-number where a value is none.

    Thousands may be apart by spaces, and by points or commas where the column tells which of the
    two is the decimal mark: by a value with both, with several groups, or with decimals that are
    not three digits.

    Parameters
    ----------
    values
        Numbers, or text: a column, or anything that makes one.
    what
        What the column is called in messages.
    counts
        Whether these are counts, whose thousands people set apart. Then a column that has 1.200
        and the like alone is refused, since it may mean 1200; otherwise it has three decimals.
    decimal
        The decimal mark, comma or point, where it is known.

    Raises
    ------
    FileFormatError
        If values can be read in two ways (both are shown), or are of another kind: durations,
        dates, truth values or complex numbers.

    Examples
    --------
    >>> numbers(["1 200", "12,5", ".."], "people").tolist()
    [1200.0, 12.5, nan]
    >>> numbers(["1,200", "950"], "people", counts=True)
    Traceback (most recent call last):
    geodata.errors.FileFormatError: people: '1,200' may be 1200 or 1.2; write 1200, or 1.2
    """
    column = pd.Series(values)
    _check_types(column, what)
    if pd.api.types.is_numeric_dtype(column.dtype):
        return column.to_numpy(dtype=float, na_value=np.nan, copy=True)
    at, distinct = pd.factorize(column, use_na_sentinel=False)
    texts = [value.strip() if isinstance(value, str) else value for value in distinct]
    if decimal is None:
        written = [text for text in texts if isinstance(text, str)]
        decimal = _decimal_mark(written, what, counts=counts)
    plain = [_plain(text, decimal) if isinstance(text, str) else text for text in texts]
    parsed = pd.to_numeric(pd.Series(plain, dtype=object), errors="coerce")
    found: NDArray[np.float64] = parsed.to_numpy(dtype=float, na_value=np.nan)[at]
    return found


def stand_in(counts: NDArray[np.float64]) -> float | None:
    """
    Return the number of nines that stands for missing figures in a column of counts, if one does.

    It is the only one below 0, or repeats and is ten times any other.

    Examples
    --------
    >>> stand_in(np.array([5, -99, 12.0])), stand_in(np.array([5, 99999, 99999.0]))
    (-99.0, 99999.0)
    >>> stand_in(np.array([99999, 99998, -5.0])) is None
    True
    """
    known = counts[np.isfinite(counts)]
    below = np.unique(known[known < 0])
    if len(below) == 1 and _NINES_BELOW.fullmatch(f"{below[0]:.15g}"):
        often = int((known == below[0]).sum())
        if often > 1 or below[0] < -_TIMES:
            return float(below[0])
    if not len(known):
        return None
    most = known.max()
    rest = known[known != most]
    repeats = len(known) - len(rest) > 1 and len(rest) > 0
    if repeats and _NINES.fullmatch(f"{most:.15g}") and most > _TIMES * rest.max():
        return float(most)
    return None


_KINDS: tuple[tuple[Any, str], ...] = (
    ((bool, np.bool_), "a truth value"),
    ((complex, np.complexfloating), "a complex number"),
    ((dt.timedelta, np.timedelta64), "a duration"),
    ((dt.date, np.datetime64, pd.Period), "a date"),
    (dt.time, "a time of day"),
)


def _check_types(column: pd.Series, what: str) -> None:
    """Refuse what pandas would turn into a number, though it is none."""
    dtype = column.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        dtype = dtype.categories.dtype
    if pd.api.types.is_object_dtype(dtype):
        values = list({type(value): value for value in column if not _is_missing(value)}.values())
    elif dtype.kind in "bcmM" or isinstance(dtype, pd.PeriodDtype):
        values = column.dropna().head(1).tolist()
    else:
        return
    for value in values:
        for kinds, name in _KINDS:
            if isinstance(value, kinds):
                raise FileFormatError(f"{what}: {value!r} is {name}; numbers were expected")


def _is_missing(value: object) -> bool:
    return value is None or value is pd.NaT or value is pd.NA


def _decimal_mark(texts: list[str], what: str, *, counts: bool) -> str | None:
    """Return the mark before decimals that a column tells of, if it does, or None for either."""
    found: set[str] = set()
    unclear = []
    for text in texts:
        if both := _BOTH.fullmatch(text):
            found.add(_other(both[1]))
        elif many := _MANY_GROUPS.fullmatch(text):
            found.add(_other(many[1]))
        elif spaced := _SPACED.fullmatch(text):
            found.update((spaced[2] or "")[:1])
        elif _EITHER.fullmatch(text):
            unclear.append(text)
        elif one := _MARKED.fullmatch(text):
            found.add(one[2])
    if len(found) == 1:
        return found.pop()
    if unclear and (counts or found):
        mark = "," if "," in unclear[0] else "."
        whole, parts = unclear[0].replace(mark, ""), float(unclear[0].replace(mark, "."))
        raise FileFormatError(
            f"{what}: {unclear[0]!r} may be {whole} or {parts:g}; write {whole}, or {parts:g}"
        )
    return None


def _other(mark: str) -> str:
    return "." if mark == "," else ","


def _plain(text: str, decimal: str | None) -> str:
    """Return a number as Python writes it, or the text as it is."""
    if _SPACED.fullmatch(text):
        text = _SPACES.sub("", text)
    if decimal and (
        _EITHER.fullmatch(text) or _MANY_GROUPS.fullmatch(text) or _BOTH.fullmatch(text)
    ):
        text = text.replace(_other(decimal), "")
    return text.replace(",", ".") if _MARKED.fullmatch(text) else text
