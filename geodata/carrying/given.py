"""What is given to `harmonise`: the table, how its columns are carried, and the weights."""

import math
from collections.abc import Hashable, Mapping
from fractions import Fraction

import pandas as pd

from geodata.carrying.values import exact
from geodata.errors import HarmoniseError, IdentifierError
from geodata.register.identifiers import parse_ids
from geodata.register.names import label_of
from geodata.words import says_mean, says_rate

__all__ = ["check_numbers", "checked_table", "chosen_hows", "exact_weights"]

# How a column is carried; the words of the public argument.
_HOWS = ("sum", "mean", "same")
# Sums of larger numbers could overflow.
_LARGEST = 1e300


def checked_table(
    table: pd.DataFrame | pd.Series, weights: Hashable | pd.Series | None
) -> pd.DataFrame:
    """Return the table as a frame, or raise where table, index or weights are of another kind."""
    if not isinstance(table, pd.DataFrame | pd.Series):
        raise HarmoniseError(
            f"a {type(table).__name__} was given; give a DataFrame or a Series indexed by lau_id"
        )
    if not isinstance(weights, pd.Series) and not pd.api.types.is_hashable(weights):
        raise HarmoniseError(
            f"weights are a {type(weights).__name__}; give a Series by lau_id, or the name of a "
            "column of the table"
        )
    frame = table.to_frame() if isinstance(table, pd.Series) else pd.DataFrame(table)
    if frame.empty or not pd.api.types.is_numeric_dtype(frame.index.dtype):
        return frame
    # Refused before its codes, in a column, are taken for figures.
    raise IdentifierError(
        f"the index holds numbers ({frame.index[0]}, ...) where municipality codes are text such "
        "as '091', with leading zeros; read the codes as text, for instance with "
        "dtype={'code': str}, and make them the index: table.set_index('code')"
    )


def chosen_hows(
    frame: pd.DataFrame,
    how: str | Mapping[Hashable, str] | None,
    weights: Hashable | pd.Series | None,
    *,
    forwards: bool,
) -> dict[Hashable, str]:
    """
    How each column is carried; every fault of the choice is reported together.

    Where nothing says how, columns are added up; those that look like rates or means are refused.
    """
    if not frame.columns.is_unique:
        raise HarmoniseError("the table has two columns of one name; rename one of them")
    by_name = isinstance(weights, Hashable) and weights is not None
    faults = _no_counts(frame) if how is None else []
    hows: dict[Hashable, str] = {}
    for column in frame.columns:
        word = how.get(column) if isinstance(how, Mapping) else how or "sum"
        if word == "mean" and by_name and column == weights:
            word = "sum"
        numeric = pd.api.types.is_numeric_dtype(frame[column].dtype)
        numeric &= not pd.api.types.is_bool_dtype(frame[column].dtype)
        numeric &= not pd.api.types.is_complex_dtype(frame[column].dtype)
        if word is None:
            faults.append(f"column {column!r} is not in how; add it, or drop the column")
        elif word not in _HOWS:
            faults.append(f"how={word!r} of column {column!r} is unknown; give one of {_HOWS}")
        elif word != "same" and not numeric:
            faults.append(
                f"column {column!r} is not of numbers ({frame[column].dtype}) and cannot be "
                f'carried by {word!r}; drop it, or give how={{{column!r}: "same", ...}}'
            )
        elif word == "mean" and forwards and weights is None:
            faults.append(
                f"column {column!r} is a mean, and merged units need weights for it; give "
                "weights= the name of a column of counts, or a series by lau_id"
            )
        hows[column] = word or ""
    if isinstance(how, Mapping):
        strangers = [column for column in how if column not in frame.columns]
        faults += [f"how names {column!r}, which is not a column" for column in strangers]
    if faults:
        raise HarmoniseError("; ".join(faults))
    return hows


def _no_counts(frame: pd.DataFrame) -> list[str]:
    """Say which columns of numbers seem to be none of counts, by their names or what is in them."""
    faults = []
    for name, values in frame.select_dtypes("number").items():
        if says_rate(str(name)) or says_mean(str(name)):
            reason = "is called like a share, rate or mean"
        elif pd.api.types.is_float_dtype(values.dtype) and (values.dropna() % 1 > 0).any():
            reason = "has numbers that are not whole"
        else:
            continue
        faults.append(
            f"column {name!r} {reason}, and a share, rate or mean does not add up; give "
            f'how={{{name!r}: "mean", ...}} with weights=, or "sum" if it is a count'
        )
    return faults


def check_numbers(frame: pd.DataFrame, hows: Mapping[Hashable, str]) -> None:
    """Raise `HarmoniseError` for infinite values, which do not add up."""
    for column, how in hows.items():
        if how != "same" and (frame[column].dropna().astype(float).abs() > _LARGEST).any():
            raise HarmoniseError(
                f"column {column!r} has infinite values, or beyond {_LARGEST:g}, which do not add "
                "up; correct or drop them"
            )


def exact_weights(
    frame: pd.DataFrame, weights: Hashable | pd.Series | None, *, forwards: bool, to_year: int
) -> dict[str, Fraction] | None:
    """Weights by unit as exact fractions, missing ones left out; None if none were given."""
    if weights is None:
        return None
    if isinstance(weights, pd.Series):
        series = weights
    elif weights not in frame.columns:
        raise HarmoniseError(
            f"weights={weights!r} is not a column of the table; give one of its columns or a series"
        )
    elif not forwards:
        raise HarmoniseError(
            f"weights={weights!r} is a column of the table, which cannot split its own rows; give "
            f"a series by lau_id of {to_year}"
        )
    else:
        series = frame[weights]
    units = parse_ids(series.index)
    if units.duplicated().any():
        twice = ", ".join(sorted(set(units[units.duplicated()])))
        raise HarmoniseError(f"weights are given twice for {twice}; give one a unit")
    if not pd.api.types.is_numeric_dtype(series.dtype):
        raise HarmoniseError(f"weights are not numbers ({series.dtype}); give numbers")
    found = {}
    for unit, value in zip(units, series, strict=True):
        if pd.isna(value):
            continue
        if not math.isfinite(value) or value < 0:
            raise HarmoniseError(
                f"weight {value!r} of {label_of(unit)} is not a weight; give a number, 0 or more"
            )
        found[unit] = Fraction(exact(value))
    return found
