"""Tables of any kind of source, each row called as its user sees it."""

import json
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from geodata.errors import FileFormatError, IndicatorError, ServiceError
from geodata.files.opening import PARQUET
from geodata.files.parquet import read_parquet
from geodata.files.paths import checked_path
from geodata.files.tables import Sheet, read_sheets
from geodata.messages import listed
from geodata.sources.json_stat import named_json_stat
from geodata.tables.layout import laid_out, year_of
from geodata.tables.marks import are_figures
from geodata.tables.places import share_of_places

__all__ = ["described_columns", "sheets_of"]

_JSON = frozenset({".json", ".json-stat", ".jsonstat"})
_MOST_CELLS = 2_000_000


def sheets_of(
    source: object, sheet: str | None, *, expected: str = "figures by municipality"
) -> tuple[Sheet, ...]:
    """
    Return the tables of a source: one, or the sheets of a workbook.

    Raises
    ------
    FileFormatError
        If it has none.
    """
    if isinstance(source, pd.DataFrame):
        return (Sheet(None, _flat(source)),)
    if not isinstance(source, str | os.PathLike):
        raise FileFormatError(
            f"a {type(source).__name__} is no table; give the path of a file or a DataFrame"
        )
    path = checked_path(source, "CSV, Excel, JSON-stat or Parquet")
    suffix = path.suffix.lower()
    if suffix in PARQUET:
        return (Sheet(None, _flat(pd.DataFrame(read_parquet(path)))),)
    if suffix in _JSON:
        return (_of_json_stat(path),)
    found = read_sheets(path, expected=expected, sheet=sheet)
    return tuple(replace(one, table=_without_numbers(one.table)) for one in found)


def _without_numbers(frame: pd.DataFrame) -> pd.DataFrame:
    """Leave out a first column without a name that numbers the rows, as pandas writes it."""
    if not frame.columns[0] and list(frame.iloc[:, 0]) in (
        [str(at) for at in range(len(frame))],
        list(range(len(frame))),
    ):
        return frame.iloc[:, 1:]
    return frame


def _of_json_stat(path: Path) -> Sheet:
    """Return the cells of a dataset in rows, its dimensions by the names that readers see."""
    try:
        document = json.loads(path.read_text("utf-8-sig"))
        if not isinstance(document, dict):
            raise FileFormatError(f"{path}: a list where a JSON-stat dataset was expected")
        cells, names = named_json_stat(document, most=_MOST_CELLS)
    except (ServiceError, RecursionError, ValueError, OSError) as fault:
        if isinstance(fault, FileFormatError):
            raise
        raise FileFormatError(f"{path}: no JSON-stat dataset ({fault}); save it anew") from fault
    columns: dict[str, pd.Series[Any]] = {}
    for code in names.columns:
        called = str(names.attrs["names"][code])
        if names[code].map(lambda name: year_of(name)[0] is not None).all():
            called = "year"
        elif share_of_places(cells[code]) == 1 and (cells[code] != names[code]).any():
            # A code tells of two municipalities with one name which is meant.
            pairs = zip(cells[code], names[code], strict=True)
            names[code] = [name if name.startswith(of) else f"{of} {name}" for of, name in pairs]
        columns[called if called not in columns else code] = names[code]
    marks = cells["status"].where(cells["value"].isna())
    values = cells["value"].astype(object).where(cells["value"].notna(), marks.replace("", None))
    source = document.get("source")
    return Sheet(
        None,
        pd.DataFrame({**columns, "value": values}),
        title=str(document.get("label", "")),
        source=source if isinstance(source, str) else "",
    )


def _flat(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame with its index as columns where it says something, and one row of names."""
    if frame.empty:
        raise FileFormatError("the table has no rows")
    if isinstance(frame.columns, pd.MultiIndex):
        names = [
            " ".join(dict.fromkeys(str(part) for part in name if str(part)))
            for name in frame.columns.to_flat_index()
        ]
        frame = frame.set_axis(names, axis="columns")
    if frame.columns.has_duplicates:
        twice = listed(map(repr, frame.columns[frame.columns.duplicated()].unique()))
        raise FileFormatError(f"several columns are called {twice}; name each once")
    frame = frame.set_axis([str(name) for name in frame.columns], axis="columns")
    counted = pd.api.types.is_integer_dtype(frame.index.dtype) and frame.index.name is None
    if isinstance(frame.index, pd.MultiIndex) or not counted:
        names = [
            str(name) if name is not None and str(name) not in frame else f"index {at}"
            for at, name in enumerate(frame.index.names)
        ]
        frame = frame.rename_axis(index=names).reset_index()
    if not frame.index.is_unique:
        frame = frame.set_axis(np.arange(len(frame)))
    return pd.DataFrame(frame)


def described_columns(sheets: Sequence[Sheet], source: object) -> str:
    """Say which columns of numbers a source has, for one who has not declared any."""
    named = []
    for sheet in sheets:
        try:
            figures: Sequence[str] = laid_out(sheet.table, (), {}).figures
        except IndicatorError:
            figures = [name for name in sheet.table.columns if are_figures(sheet.table[name])]
        columns = listed(map(repr, figures), most=20)
        named.append(f"{sheet.name!r}: {columns}" if len(sheets) > 1 else columns)
    whose = Path(source).name if isinstance(source, str | os.PathLike) else "the table"
    return f"{whose} has the columns of numbers {listed(named, most=None, mark='; ')}"
