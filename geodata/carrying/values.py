"""Carrying the values of one merger: added up, averaged, split, or kept where they agree."""

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from geodata.errors import HarmoniseError
from geodata.register.divisions import TEXT
from geodata.register.names import label_of

__all__ = [
    "Group",
    "Unmappable",
    "assemble",
    "carry_mean",
    "carry_same",
    "carry_sum",
    "exact",
    "split_whole",
    "verify_totals",
]


class Unmappable(Exception):  # noqa: N818 - not an error of the caller: the row is handed back
    """Why the rows of a group cannot be carried."""


@dataclass(frozen=True)
class Group:
    """The units of a merger on either side: several into one, or backwards one into several.

    Attributes
    ----------
    sources
        Units of the division that the table is in.
    targets
        Units of the division that it is carried to.
    """

    sources: tuple[str, ...]
    targets: tuple[str, ...]

    @property
    def forwards(self) -> bool:
        """Whether units are merged, not split."""
        return len(self.targets) == 1


def carry_sum(
    group: Group, values: Mapping[str, Any], weight: Mapping[str, Fraction] | None
) -> dict[str, object]:
    """Add up the counts of the sources, or split the one count by weight."""
    missing = _missing(values)
    if len(missing) == len(values):
        return dict.fromkeys(group.targets, np.nan if _plain(values) else pd.NA)
    if missing:
        raise Unmappable(f"the value of {_labels(missing)} is missing; add it")
    if group.forwards:
        whole = all(isinstance(value, int | np.integer) for value in values.values())
        total = sum(map(int, values.values())) if whole else math.fsum(values.values())
        if whole and abs(total) >= 2**63:
            raise Unmappable("the sum is too large for a whole number of 64 bits; give floats")
        return {group.targets[0]: total}
    (count,) = values.values()
    if count == 0:
        return dict.fromkeys(group.targets, count)
    shares = _shares(group, group.targets, weight)
    if isinstance(count, int | np.integer):
        return dict(split_whole(int(count), shares))
    return {unit: float(count) * float(share) for unit, share in shares.items()}


def carry_mean(
    group: Group, values: Mapping[str, Any], weight: Mapping[str, Fraction] | None
) -> dict[str, object]:
    """Average the rates of the sources by weight, or give each part the rate of the whole."""
    missing = _missing(values)
    if len(missing) == len(values):
        return dict.fromkeys(group.targets, np.nan if _plain(values) else pd.NA)
    if not group.forwards:
        return dict.fromkeys(group.targets, float(next(iter(values.values()))))
    if missing:
        raise Unmappable(f"the value of {_labels(missing)} is missing; add it")
    shares = _shares(group, group.sources, weight)
    mean = sum(Fraction(exact(values[unit])) * share for unit, share in shares.items())
    return {group.targets[0]: float(mean)}


def carry_same(
    group: Group,
    values: Mapping[str, Any],
    weight: Mapping[str, Fraction] | None,  # noqa: ARG001 - the three are called alike
) -> dict[str, object]:
    """Keep a value that all sources share, else a missing one."""
    first, *others = values.values()
    agree = all(other is first or (pd.notna(other) and other == first) for other in others)
    return dict.fromkeys(group.targets, first if agree else None)


def split_whole(count: int, shares: Mapping[str, Fraction]) -> dict[str, int]:
    """Split a whole number in proportion, by largest remainder: the parts add up to it.

    Parameters
    ----------
    count
        Whole number, may be negative.
    shares
        Share of each part, adding up to 1.

    Returns
    -------
    dict
        Whole number of each part, each less than 1 off its exact share; of equal remainders the
        first gets the unit left over.

    Examples
    --------
    >>> split_whole(10, {"a": Fraction(2, 3), "b": Fraction(1, 3)})
    {'a': 7, 'b': 3}
    """
    size, sign = abs(count), -1 if count < 0 else 1
    exact = {part: size * share for part, share in shares.items()}
    whole = {part: math.floor(value) for part, value in exact.items()}
    order = sorted(exact, key=lambda part: whole[part] - exact[part])
    for part in order[: size - sum(whole.values())]:
        whole[part] += 1
    return {part: sign * value for part, value in whole.items()}


def assemble(
    kept: pd.DataFrame,
    changed: Mapping[Hashable, Mapping[str, object]],
    hows: Mapping[Hashable, str],
    given: pd.DataFrame,
) -> pd.DataFrame:
    """Join the rows that stay as they are with those that were merged or split."""
    added = next(iter(changed.values()), {})
    index = pd.Index([*kept.index, *added], name="lau_id", dtype=TEXT)
    columns = {}
    for column, values in changed.items():
        joined = [*kept[column].astype(object), *values.values()]
        dtype = given[column].dtype
        if hows[column] == "same":
            columns[column] = pd.Series(joined, index=index, dtype=object)
            if pd.api.types.is_string_dtype(dtype) or None not in values.values():
                columns[column] = columns[column].astype(dtype)
            continue
        nullable = isinstance(dtype, pd.api.extensions.ExtensionDtype)
        # Sums may outgrow a narrow type; nullable ones stay nullable.
        wide: Any
        if hows[column] == "sum" and pd.api.types.is_integer_dtype(dtype):
            wide = "Int64" if nullable else "int64"
        else:
            wide = "Float64" if nullable else "float64"
        columns[column] = pd.Series(joined, index=index, dtype=object).astype(wide)
    return pd.DataFrame(columns, index=index, columns=given.columns).sort_index()


def verify_totals(
    given: pd.DataFrame,
    result: pd.DataFrame,
    unmapped: pd.DataFrame,
    hows: Mapping[Hashable, str],
) -> None:
    """Raise `HarmoniseError` unless every count adds up to what was given."""
    for column in (column for column, how in hows.items() if how == "sum"):
        before = _total(given[column])
        after = _total(result[column]) + _total(unmapped[column])
        scale = float(given[column].dropna().astype(float).abs().sum())
        exact = pd.api.types.is_integer_dtype(given[column].dtype)
        if before != after and (exact or abs(before - after) > max(1e-9 * scale, 1e-300)):
            raise HarmoniseError(
                f"column {column!r} adds up to {before} before and {after} after; the table "
                "cannot be carried without loss, report it with the table"
            )


def _total(column: pd.Series) -> float:
    values = column.dropna()
    if pd.api.types.is_integer_dtype(values.dtype):
        return sum(int(value) for value in values)
    return math.fsum(values)


def _shares(
    group: Group, units: tuple[str, ...], weight: Mapping[str, Fraction] | None
) -> dict[str, Fraction]:
    known = weight or {}
    lacking = [unit for unit in units if unit not in known]
    if lacking:
        doing = (
            f"{_labels(group.sources)} merge into {_labels(group.targets)}"
            if group.forwards
            else f"{_labels(group.sources)} has to be split into {_labels(group.targets)}"
        )
        raise Unmappable(
            f"{doing}, and the weight of {_labels(lacking)} is missing; give weights= a series by "
            f"lau_id with {' and '.join(units)}"
        )
    total = sum((known[unit] for unit in units), start=Fraction(0))
    if total == 0:
        raise Unmappable(f"the weights of {_labels(units)} add up to 0; give one above 0")
    return {unit: known[unit] / total for unit in units}


def _missing(values: Mapping[str, Any]) -> list[str]:
    return [unit for unit, value in values.items() if pd.isna(value)]


def _plain(values: Mapping[str, Any]) -> bool:
    return all(value is not pd.NA for value in values.values())


def exact(value: Any) -> int | float:
    """Return a number as Python's own, whole ones unrounded."""
    return int(value) if isinstance(value, int | np.integer) else float(value)


def _labels(units: tuple[str, ...] | list[str]) -> str:
    return " and ".join(label_of(unit) for unit in units)
