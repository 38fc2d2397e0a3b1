"""Tables as users have them: CSV of any dialect, Excel, Parquet, the table of a spatial file."""

import codecs
import os
import re
import unicodedata
import zipfile
from pathlib import Path

import pandas as pd

from geodata.errors import FileFormatError, MissingPackageError
from geodata.files.spatial import FORMATS, PARQUET, checked_path, read_spatial

__all__ = ["read_points", "read_table"]

_EXCEL = frozenset({".xlsx", ".xlsm"})
_DELIMITERS = ";\t|,"
# Excel writes the delimiter on a line of its own, where a country's is another than the comma.
_SEP_LINE = re.compile(r"\s*\"?sep=(.)\"?\s*", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')
_TOO_LONG = re.compile(r"Expected (\d+) fields in line (\d+), saw (\d+)")
_BYTES_SNIFFED = 65_536


def read_points(path: str | Path, *, layer: str | None = None) -> pd.DataFrame:
    """
    Read a table of points with every column; of CSV and Excel, each value as text.

    Parameters
    ----------
    path
        What `read_table` reads, Parquet with or without geometry, or a spatial file.
    layer
        The layer or sheet, where a file has several.

    Raises
    ------
    FileFormatError
        If there is no such file, or it is no table.
    """
    path = checked_path(path, f"CSV, Excel, {FORMATS}")
    if path.suffix.lower() in _EXCEL | {".csv", ".txt", ".tsv"}:
        return read_table(path, sheet=layer)
    if path.suffix.lower() in PARQUET:
        return _read_parquet(path)
    table: pd.DataFrame = read_spatial(path, layer=layer)
    return table


def read_table(
    path: str | os.PathLike[str], *, expected: str = "a table", sheet: str | None = None
) -> pd.DataFrame:
    """
    Read CSV or Excel with one header row, each value as text as it stands there.

    Semicolons, tabs, bars or commas part the columns, whichever the header has most of. The text
    is UTF-8, UTF-16 with its mark, or else Windows-1252. Names of columns are trimmed and composed
    (a name typed on a Mac is the same as one typed elsewhere); empty values are missing. What the
    numbers are is for `geodata.files.numbers.numbers` to say.

    Parameters
    ----------
    path
        The file; any but an Excel workbook is taken for text.
    expected
        What is in it, for messages.
    sheet
        The sheet, where a workbook has several.

    Raises
    ------
    FileFormatError
        If there is no such file, it is no table, rows have more values than the header has names,
        or a name is there twice.
    """
    path = checked_path(path, f"CSV or Excel with {expected}")
    raw = _of_workbook(path, sheet) if path.suffix.lower() in _EXCEL else _of_text(path)
    names = [unicodedata.normalize("NFC", str(n)).strip() for n in raw.iloc[0].fillna("")]
    table = raw.iloc[1:].reset_index(drop=True).set_axis(names, axis="columns").dropna(how="all")
    nameless = [not name and bool(table.iloc[:, at].isna().all()) for at, name in enumerate(names)]
    table = table.loc[:, [not left_out for left_out in nameless]]
    twice = table.columns[table.columns.duplicated()].unique()
    if len(twice):
        listed = ", ".join(repr(name) for name in twice)
        raise FileFormatError(f"{path}: several columns are called {listed}; name each once")
    return table


def _of_text(path: Path) -> pd.DataFrame:
    try:
        with path.open("rb") as file:
            start = file.read(_BYTES_SNIFFED)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return _parsed(path, "utf-16")
        try:
            return _parsed(path, "utf-8-sig")
        except UnicodeDecodeError:
            return _parsed(path, "cp1252")
    except UnicodeError as fault:
        raise FileFormatError(
            f"{path}: neither UTF-8 nor Windows-1252 ({fault}); save the file as CSV in UTF-8"
        ) from fault
    except OSError as fault:
        raise FileFormatError(f"{path}: cannot be read ({fault.strerror})") from fault
    except pd.errors.EmptyDataError as fault:
        raise FileFormatError(f"{path}: empty; a header row was expected") from fault
    except pd.errors.ParserError as fault:
        raise _no_table(path, str(fault).strip()) from fault


def _parsed(path: Path, encoding: str) -> pd.DataFrame:
    with path.open(encoding=encoding) as file:
        first = file.readline()
        said = _SEP_LINE.fullmatch(first)
        header = _QUOTED.sub("", file.readline() if said else first)
        if not any(mark in header for mark in _DELIMITERS):
            # One column, or a title, which is then a row shorter than the others.
            header = _QUOTED.sub("", file.read(_BYTES_SNIFFED))
    table: pd.DataFrame = pd.read_csv(
        path,
        sep=said[1] if said else max(_DELIMITERS, key=header.count),
        header=None,
        skiprows=1 if said else 0,
        dtype=str,
        encoding=encoding,
        keep_default_na=False,
        na_values=[""],
        skipinitialspace=True,
    )
    return table


def _no_table(path: Path, reason: str) -> FileFormatError:
    found = _TOO_LONG.search(reason)
    if found is None:
        return FileFormatError(f"{path}: not a table with one header row ({reason}); correct it")
    names, line, values = found.groups()
    return FileFormatError(
        f"{path}: line {line} has {values} values, the header {names} names; name every column, "
        "leave out titles above the names, and quote a value that holds the mark between columns"
    )


def _of_workbook(path: Path, sheet: str | None) -> pd.DataFrame:
    try:
        with pd.ExcelFile(path, engine="openpyxl") as book:
            names = [str(name) for name in book.sheet_names]
            if sheet not in names if sheet is not None else len(names) > 1:
                raise FileFormatError(f"{path}: give the sheet, one of {', '.join(names)}")
            table: pd.DataFrame = pd.read_excel(
                book,
                sheet_name=sheet or 0,
                header=None,
                dtype=str,
                keep_default_na=False,
                na_values=[""],
            )
    except ImportError as missing:
        raise MissingPackageError(
            f"{path}: reading Excel needs openpyxl, which is not installed; "
            "install it with: python -m pip install openpyxl"
        ) from missing
    # What a damaged workbook raises depends on which part of it is damaged.
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as fault:
        if isinstance(fault, FileFormatError):
            raise
        raise FileFormatError(f"{path}: no Excel workbook ({fault}); save it anew") from fault
    if table.empty:
        raise FileFormatError(f"{path}: empty; a header row was expected")
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
