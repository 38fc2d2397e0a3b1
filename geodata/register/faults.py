"""What is said of values that are no municipality, and of the rows that hold them."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geodata.errors import IdentifierError
from geodata.messages import COLUMN, did_you_mean, named_rows
from geodata.register.names import label_of

__all__ = ["SHOWN", "Fault", "meant", "not_municipalities", "said", "shown"]

SHOWN = 20
"""Values that a message lists."""


@dataclass(frozen=True)
class Fault:
    """One value that is not a municipality.

    Attributes
    ----------
    rows
        Labels of the rows that hold the value.
    value
        The value as given.
    reason
        What is wrong with it, and what to do.
    suggestions
        `lau_id` of municipalities that may be meant, best first; of a column's first 200 faults.
    """

    rows: tuple[Hashable, ...]
    value: object
    reason: str
    suggestions: tuple[str, ...] = ()


def not_municipalities(
    faults: Sequence[Fault],
    values: "pd.Series[Any]",
    *,
    column: object = None,
    year: int | None = None,
) -> IdentifierError:
    """
    Return the error that says which rows of a column are no municipality.

    Parameters
    ----------
    faults
        What is wrong, by value.
    values
        The whole column, of which the rows are counted and called by the index.
    column
        What it is called.
    year
        The division that was meant, if one was.
    """
    index = values.index
    texts = [
        f"{named_rows(fault.rows, of=index, most=3)}: {said(fault.value, fault.reason)}"
        + meant(fault.suggestions, year)
        for fault in faults[:SHOWN]
    ]
    if len(faults) > SHOWN:
        texts.append(f"and {len(faults) - SHOWN} more values, see find_faults()")
    where = "" if column is None else f"column {column!r}: "
    wrong, each = sum(len(fault.rows) for fault in faults), "rows"
    if index.name == COLUMN:
        where, each = ("" if column is None else f"{column}: "), "columns"
    return IdentifierError(
        f"{where}{wrong} of {len(values)} {each} are not municipalities"
        f"{'' if year is None else f' of {year}'}: {'; '.join(texts)}"
    )


def said(value: object, reason: str) -> str:
    """Return a value and what is wrong with it: as one sentence where that begins with a verb."""
    mark = "" if reason.startswith(("is ", "has ")) else ":"
    return f"{shown(value)}{mark} {reason}"


def shown(value: object) -> str:
    """Return a value as it was given, its beginning if it is long."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def meant(suggestions: tuple[str, ...], year: int | None) -> str:
    """Ask whether one of the suggestions was meant; nothing where there is none."""
    return did_you_mean(label_of(unit, year=year) for unit in suggestions)
