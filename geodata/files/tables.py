"""Files of points with people: text, Parquet with or without geometry, what GDAL reads."""

import warnings
from pathlib import Path

import pandas as pd

from geodata.errors import FileFormatError
from geodata.files.spatial import FORMATS, PARQUET, checked_path, read_spatial

__all__ = ["read_points"]

_TEXT_FILES = frozenset({".csv", ".txt", ".tsv"})


def read_points(path: str | Path, *, layer: str | None = None) -> pd.DataFrame:
    """
    Read a table of points with every column; of text files, each value as text.

    Parameters
    ----------
    path
        CSV (commas, semicolons or tabs), Parquet, or a spatial file.
    layer
        The layer, where a file has several.

    Raises
    ------
    FileFormatError
        If there is no such file, or it is no table.
    """
    path = checked_path(path, f"CSV, {FORMATS}")
    if path.suffix.lower() in _TEXT_FILES:
        return _read_text(path)
    if path.suffix.lower() in PARQUET:
        return _read_parquet(path)
    table: pd.DataFrame = read_spatial(path, layer=layer)
    return table


def _read_text(path: Path) -> pd.DataFrame:
    try:
        with path.open(encoding="utf-8-sig") as file:
            header = file.readline()
        separator = max(";\t,", key=header.count)
        with warnings.catch_warnings():
            # Without this, values beyond the header shift all columns, or are cut off.
            warnings.simplefilter("error", pd.errors.ParserWarning)
            table: pd.DataFrame = pd.read_csv(
                path, sep=separator, dtype=str, encoding="utf-8-sig", index_col=False
            )
    except OSError as fault:
        raise FileFormatError(f"{path}: cannot be read ({fault.strerror})") from fault
    except UnicodeDecodeError as fault:
        raise FileFormatError(
            f"{path}: not UTF-8 (byte {fault.start}); save the file as UTF-8"
        ) from fault
    except pd.errors.ParserWarning as fault:
        raise FileFormatError(
            f"{path}: its rows have more values than the header has names; name every column"
        ) from fault
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as fault:
        reason = str(fault).strip()
        raise FileFormatError(
            f"{path}: not a table with one header row ({reason}); correct it"
        ) from fault
    if separator == ";":
        # Where semicolons part the columns, commas part the decimals.
        for name in table.columns:
            table[name] = table[name].str.replace(",", ".", regex=False)
    return table


def _read_parquet(path: Path) -> pd.DataFrame:
    """Read points with geometry, or a plain table with coordinates in columns."""
    try:
        frame: pd.DataFrame = read_spatial(path)
    except FileFormatError as fault:
        if "geo metadata" not in str(fault):
            raise
        frame = pd.read_parquet(path)
    return frame
