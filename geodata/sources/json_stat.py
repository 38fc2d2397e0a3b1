"""JSON-stat, as PxWeb gives tables: a cube of cells with a code for each dimension."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geodata.errors import ServiceError
from geodata.sources.answers import shaped

__all__ = ["MOST_CELLS", "named_json_stat", "read_json_stat"]

MOST_CELLS = 120_000
"""What a service gives at a time."""


@dataclass(frozen=True)
class _Category:
    index: dict[str, int] | list[str] | None = None
    label: dict[str, str] | None = None

    def named(self, code: str) -> str:
        return (self.label or {}).get(code, code)

    @property
    def codes(self) -> list[str]:
        """The codes in their order; one code alone needs no index."""
        if isinstance(self.index, dict):
            return sorted(self.index, key=self.index.__getitem__)
        return list(self.label or {}) if self.index is None else self.index


@dataclass(frozen=True)
class _Dimension:
    category: _Category
    label: str | None = None


@dataclass(frozen=True)
class _Dataset:
    """A json-stat2 dataset, as far as it is read."""

    id: list[str]
    size: list[int]
    dimension: dict[str, _Dimension]
    value: list[float | None] | dict[str, float | None]
    status: list[str | None] | dict[str, str] | str | None = None

    def cells(self, values: Any, count: int) -> list[Any]:
        """Return a value a cell, of a list or of a table by position."""
        if isinstance(values, dict):
            return [values.get(str(position)) for position in range(count)]
        return values if isinstance(values, list) else [values] * count


def read_json_stat(document: dict[str, Any], *, most: int = MOST_CELLS) -> pd.DataFrame:
    """Read a json-stat2 dataset into one row a cell.

    A column of codes for each dimension comes first, by its code, then ``value`` (Float64; hidden
    cells are NA) and ``status``. What is no such dataset raises `ServiceError`, and so do more
    cells than the ``most``.

    Examples
    --------
    >>> read_json_stat({
    ...     "class": "dataset", "id": ["area", "year"], "size": [2, 1],
    ...     "dimension": {
    ...         "area": {"category": {"index": {"KU005": 1, "SSS": 0}}},
    ...         "year": {"category": {"index": ["2025"]}},
    ...     },
    ...     "value": [30, None], "status": {"1": "..."},
    ... })
        area  year  value status
    0    SSS  2025   30.0
    1  KU005  2025   <NA>    ...
    """
    return _cells(shaped(document, _Dataset, "not a json-stat2 dataset"), most)


def named_json_stat(document: dict[str, Any], *, most: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """
    Read a dataset, json-stat 2 or 1, as its readers see it.

    Returns
    -------
    tuple of pandas.DataFrame
        Cells as `read_json_stat` gives them; and for each dimension, in a column by its code, the
        names of the cells, with what the dimension itself is called in ``attrs["names"]``.

    Raises
    ------
    ServiceError
        If it is no such dataset, or has more cells than the ``most``.
    """
    dataset = shaped(_modern(document), _Dataset, "not a json-stat dataset")
    cells = _cells(dataset, most)
    labels = {code: cells[code].map(dataset.dimension[code].category.named) for code in dataset.id}
    names = pd.DataFrame(labels)
    names.attrs["names"] = {code: dataset.dimension[code].label or code for code in dataset.id}
    return cells, names


def _modern(document: dict[str, Any]) -> dict[str, Any]:
    """Return json-stat 1, which lies in an object and has the ids among its dimensions, as 2."""
    if "class" in document or not document:
        return document
    inner = document.get("dataset", next(iter(document.values())))
    dimension = inner.get("dimension") if isinstance(inner, dict) else None
    if not isinstance(dimension, dict) or "id" not in dimension:
        return document
    rest = {key: dimension[key] for key in ("id", "size", "role") if key in dimension}
    kept = {key: of for key, of in dimension.items() if key not in rest}
    return {"class": "dataset", **inner, **rest, "dimension": kept}


def _cells(dataset: _Dataset, most: int) -> pd.DataFrame:
    axes = [
        dataset.dimension[name].category.codes for name in dataset.id if name in dataset.dimension
    ]
    sizes = [len(axis) for axis in axes]
    if sizes != dataset.size or len(set(dataset.id)) != len(sizes):
        raise ServiceError(f"json-stat2: size says {dataset.size}, the categories are {sizes}")
    count = math.prod(sizes)
    if count > most:
        raise ServiceError(
            f"json-stat2: {count:,} cells came, at most {most:,} are given at a time"
        )
    values = dataset.cells(dataset.value, count)
    states = dataset.cells(dataset.status, count)
    if differing := {len(values), len(states)} - {count}:
        raise ServiceError(f"json-stat2: {count} values were expected, {min(differing)} came")
    # Row-major: the last dimension runs fastest. The same code may stand in two dimensions, so
    # cells are known by their position and never by their codes.
    table = pd.DataFrame(list(itertools.product(*axes)), columns=dataset.id)
    table["value"] = pd.array(values, dtype="Float64")
    table["status"] = [state or "" for state in states]
    return table
