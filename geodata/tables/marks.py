"""Cells of a column: numbers, and the marks that publishers put where there is none.

The marks are those of PX files, as Statistics Finland and Statistics Sweden write them: ``-`` is
magnitude nil, ``.`` a figure that cannot occur, ``..`` one that is not available or too uncertain,
``...`` one that is confidential, and ``*`` behind a number says that it is preliminary. Others in
use are ``<5``, ``1-4``, ``x`` and ``*`` alone for what is left out.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from geodata.errors import FileFormatError
from geodata.files.numbers import numbers, stand_in
from geodata.messages import listed
from geodata.tables.indicator import Indicator
from geodata.tables.notes import Note
from geodata.tables.table import CELL

__all__ = ["Cells", "are_figures", "cells_of", "is_figure"]

_NIL = frozenset({"-", "–", "—", "−"})
_HIDDEN = frozenset({"...", "…", "*", "**", "x", "X", "(x)"})
_ABSENT = frozenset({"", ".", "..", ":", "na", "n/a", "nan", "#n/a", "null", "none", "<na>"})
_BELOW = re.compile(
    r"(?:<|alle|under|below|less than)\s*(\d+(?:[ \u00a0\u202f.,]\d+)*)", re.IGNORECASE
)
_SPAN = re.compile(r"(\d+)\s*[-–]\s*(\d+)")
# "123*" is preliminary, "123 1)" and "123²" have a note below the table.
_MARKED = re.compile(r"([-+]?\d.*?\d|[-+]?\d)(?:\s*[*²³¹⁴⁵⁶⁷⁸⁹]+|\s+\d{1,2}\))")
_PERCENT = re.compile(r"(.*\d)\s*%")
_SENTINEL = re.compile(r"-9{2,6}")
_FEWEST_SHARES = 2
# Shares of one may be above it, such as jobs by employed people; so many show that they are such.
_SHARES_ABOVE_ONE = 5
_MOST_OF_SHARES = 2
# Above this, a float no longer holds each whole number.
_LARGEST = 2.0**53


@dataclass(frozen=True, slots=True)
class Cells:
    """
    A column as cells, with the decimals seen, what is wrong with it, and what was found.

    Faults name rows; notes say what was left out.
    """

    cells: pd.DataFrame
    digits: int
    faults: tuple[str, ...]
    notes: tuple[str, ...]


def is_figure(value: object) -> bool:
    """
    Whether a value is a number as people write it, or stands where one is missing.

    Examples
    --------
    >>> [is_figure(text) for text in ("1 200", "12,5*", "..", "<5", "Helsinki", "3:15")]
    [True, True, True, True, False, False]
    """
    text = str(value).strip()
    if text in _NIL | _HIDDEN or text.casefold() in _ABSENT or _BELOW.fullmatch(text):
        return True
    plain = _plain(text)
    return bool(
        re.fullmatch(r"[-+]?(\d[\d\s.,'’\u00a0\u202f]*|[.,]\d+)(e[-+]?\d+)?", plain, re.IGNORECASE)
    )


def are_figures(values: "pd.Series[Any]") -> bool:
    """Whether a column holds numbers, and besides them marks of missing ones at most."""
    if pd.api.types.is_numeric_dtype(values.dtype):
        return bool(values.notna().any())
    texts = [str(value) for value in values.dropna().unique()]
    return all(map(is_figure, texts)) and any(any(map(str.isdigit, text)) for text in texts)


def cells_of(
    values: "pd.Series[Any]", one: Indicator, rows: Sequence[str], *, decimal: str | None = None
) -> Cells:
    """
    Return the cells of a declared column.

    ``-`` is zero in a count or rate, and missing elsewhere. What is suppressed is at least 0 in a
    count without negative numbers, and at most what the mark or ``suppressed_below`` says: ``<5``
    is 4 where the counts are whole. What is missing is at least 0 in such a count, no more is said.

    Parameters
    ----------
    values
        Numbers, or text as it stands in the table.
    one
        What the column is.
    rows
        What each row is called in messages.
    decimal
        The decimal mark, where the column does not tell.
    """
    blank, what = pd.DataFrame(np.nan, values.index, CELL), repr(one.column)
    if fault := _no_numbers(values):
        return Cells(blank, 0, (f"{what} {fault}",), ())
    texts = values.map(lambda value: "" if pd.isna(value) else str(value).strip())
    plain = texts.map(_plain)
    notes = [
        Note("marked_figures", column=what, count=count, example=repr(marked))
        for count, marked in _marked(texts, plain)
    ]
    below: pd.Series[Any] = texts.str.extract(f"^{_BELOW.pattern}$", flags=re.IGNORECASE)[0]
    spans = texts.str.extract(f"^{_SPAN.pattern}$").astype(float)
    spans = spans.where(spans[0] < spans[1])
    nil, hidden = texts.isin(_NIL), texts.isin(_HIDDEN) | below.notna() | spans[0].notna()
    absent = texts.str.casefold().isin(_ABSENT) | (nil & (one.kind in ("mean", "other")))
    marks = nil | hidden | absent
    try:
        # A number is what it is; only text can be read in two ways.
        given = plain.mask(marks).astype(object)
        typed = ~values.map(lambda value: isinstance(value, str)) & ~marks
        given[typed] = values[typed].astype(object)
        # A threshold has the same thousands and decimals as the numbers beside it.
        both = pd.concat([given, below.where(below.notna(), None).astype(object)])
        read = pd.Series(numbers(both, what, counts=True, decimal=decimal), both.index)
        figures, limits = read.iloc[: len(values)], read.iloc[len(values) :]
    except FileFormatError as fault:
        return Cells(blank, 0, (f"{fault}; or say what the decimal mark is, decimal=','",), ())
    faults = _faults(
        figures, texts, marks, rows, what, counts=one.kind == "count" and not one.signed
    )
    faults += _per_cents(texts, marks, one, what)
    digits = _digits(figures)
    negative = bool((figures < 0).any())
    floor = 0.0 if one.kind == "count" and not negative and not one.signed else np.nan
    high = _ceilings(limits, one, whole=digits == 0).fillna(spans[1])
    cells = pd.DataFrame({"value": figures, "low": figures, "high": figures, "state": "known"})
    for name in CELL[:3]:
        cells[name] = cells[name].mask(nil & ~absent, 0.0)
    cells["state"] = cells["state"].mask(nil, "zero").mask(hidden, "suppressed")
    cells["state"] = cells["state"].mask(absent, "missing")
    cells["low"] = cells["low"].mask(hidden, spans[0].fillna(floor)).mask(absent, floor)
    cells["high"] = cells["high"].mask(hidden, high)
    faults += _fractions(cells, one, what)
    return Cells(cells, digits, tuple(faults), tuple(notes))


def _no_numbers(values: "pd.Series[Any]") -> str | None:
    """Say what a column of a frame holds, where that is no number and no text."""
    kinds = pd.api.types
    dtype = values.dtype
    known = kinds.is_numeric_dtype(dtype) and not kinds.is_bool_dtype(dtype)
    if known and not kinds.is_complex_dtype(dtype):
        return None
    mixed = kinds.is_object_dtype(dtype)
    strange = [value for value in values if not _is_number_or_text(value)] if mixed else []
    if mixed or isinstance(dtype, pd.StringDtype | pd.CategoricalDtype):
        return f"holds a {type(strange[0]).__name__}, which is no number" if strange else None
    return f"holds values of type {dtype}, which are no numbers; give numbers"


def _is_number_or_text(value: object) -> bool:
    if isinstance(value, bool | np.bool_):
        return False
    return isinstance(value, str | int | float | np.number) or value is None or value is pd.NA


def _plain(text: str) -> str:
    """Return a number without its mark or per cent sign, its minus as Python has it."""
    text = re.sub(r"^[−–](?=\d)", "-", text)
    marked = _MARKED.fullmatch(text) or _PERCENT.fullmatch(text)
    return marked[1] if marked else text


def _marked(texts: "pd.Series[str]", plain: "pd.Series[str]") -> list[tuple[int, str]]:
    changed = texts[(texts != plain) & texts.str.fullmatch(_MARKED)]
    return [(len(changed), changed.iloc[0])] if len(changed) else []


def _faults(
    figures: "pd.Series[float]",
    texts: "pd.Series[str]",
    marks: "pd.Series[bool]",
    rows: Sequence[str],
    what: str,
    *,
    counts: bool,
) -> list[str]:
    named = pd.Series(rows, figures.index)
    faults = []
    wrong = ~marks & ~np.isfinite(figures)
    if wrong.any():
        shown = [f"{text!r} ({row})" for text, row in zip(texts[wrong], named[wrong], strict=True)]
        faults.append(
            f"{what} has {listed(shown)}, neither a number nor a mark of a missing one; correct "
            "them, or leave the column out"
        )
    large = figures.abs().between(_LARGEST, np.inf, inclusive="left")
    if large.any():
        shown = [f"{text!r} ({row})" for text, row in zip(texts[large], named[large], strict=True)]
        faults.append(f"{what} has {listed(shown)}, larger than any figure; correct them")
    mark = stand_in(np.asarray(figures, dtype=np.float64)) if counts else _repeated_nines(figures)
    if mark is not None:
        held = named[figures == mark]
        real = "; declare middle=0 if it is a figure" if mark < 0 else ""
        faults.append(
            f"{what} has {mark:.15g} in {len(held)} rows ({listed(held)}), which looks like a mark "
            f"of a missing figure; write .. there{real}"
        )
    return faults


def _repeated_nines(figures: "pd.Series[float]") -> float | None:
    negative = figures[figures < 0]
    if len(negative) < 2 or len(set(negative)) > 1:
        return None
    first = float(negative.iloc[0])
    return first if _SENTINEL.fullmatch(f"{first:g}") else None


def _digits(figures: "pd.Series[float]") -> int:
    """Return the most decimals that a column has, as far as a person reads them."""
    known = figures[np.isfinite(figures)]
    return next((n for n in range(6) if np.allclose(known, known.round(n), rtol=0, atol=1e-9)), 6)


def _ceilings(limit: "pd.Series[float]", one: Indicator, *, whole: bool) -> "pd.Series[float]":
    """Return the most that a suppressed figure can be, missing where nothing says it."""
    if one.suppressed_below is not None:
        limit = limit.fillna(one.suppressed_below)
    if one.kind != "count" or not whole:
        return limit
    return limit.map(lambda most: math.ceil(most) - 1.0, na_action="ignore")


def _per_cents(
    texts: "pd.Series[str]", marks: "pd.Series[bool]", one: Indicator, what: str
) -> list[str]:
    """Say that numbers have per cent signs where the declaration does not, or some alone have."""
    signed = texts.str.fullmatch(_PERCENT)
    if not signed.any():
        return []
    example = f"{what} has per cents, such as {texts[signed].iloc[0]!r}"
    if one.kind == "count":
        return [
            f"{example}, which cannot be added up; give counts, or declare a rate with its base"
        ]
    if one.kind == "rate" and one.factor != 100:
        return [f"{example}, and factor={one.factor:g}; give factor=100"]
    if (bare := ~signed & ~marks).any():
        other = repr(texts[bare].iloc[0])
        return [f"{example}, and numbers without the sign, such as {other}; write all in one way"]
    return []


def _fractions(cells: pd.DataFrame, one: Indicator, what: str) -> list[str]:
    """Say that per cents are fractions of one, where they are declared as per cent."""
    known = cells.loc[cells["state"] == "known", "value"].dropna()
    shares = known[known > 0]
    # With its numerator, a rate is held against its counts.
    bare = one.numerator is None and not (one.unit or one.unit_names)
    of_hundred = one.kind == "rate" and one.factor == 100 and bare
    if one.kind == "count" or not (one.unit in ("percent", "%") or of_hundred):
        return []
    most = 1 if len(shares) < _SHARES_ABOVE_ONE else _MOST_OF_SHARES
    if len(shares) < _FEWEST_SHARES or not known.between(0, most).all():
        return []
    example = f"such as {shares.iloc[0]:g}"
    shares_of_one = "give factor=1 and another unit if they are shares of one"
    small = "unit_names={'en': '%'} in place of the unit where they are per cents indeed"
    top = 1 if known.max() <= 1 else most
    found = f"{what} is declared as per cent, and all its values are between 0 and {top}, {example}"
    return [f"{found}; multiply them by 100, or {shares_of_one} ({small})"]
