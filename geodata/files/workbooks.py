"""Sheets of an Excel workbook as they stand there."""

import zipfile
from pathlib import Path

import pandas as pd

from geodata.errors import FileFormatError, MissingPackageError
from geodata.files.unpacking import check_packed

__all__ = ["read_workbook"]


def read_workbook(path: Path, sheet: str | None) -> list[tuple[str, pd.DataFrame]]:
    """Return the sheets that hold anything, or the one asked for."""
    try:
        with zipfile.ZipFile(path) as packed:
            check_packed(path, packed.infolist())
        with pd.ExcelFile(path, engine="openpyxl") as book:
            names = [str(name) for name in book.sheet_names]
            if sheet is not None and sheet not in names:
                raise FileFormatError(f"{path}: give the sheet, one of {', '.join(names)}")
            found = [
                (
                    name,
                    pd.read_excel(
                        book,
                        sheet_name=name,
                        header=None,
                        dtype=object,
                        keep_default_na=False,
                        na_values=[""],
                    ),
                )
                for name in (names if sheet is None else [sheet])
            ]
    except ImportError as missing:
        raise MissingPackageError(
            f"{path}: reading Excel needs openpyxl, which is not installed; "
            "install it with: python -m pip install 'development-zones[excel]'"
        ) from missing
    # What a damaged workbook raises depends on which part of it is damaged.
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as fault:
        if isinstance(fault, FileFormatError):
            raise
        raise FileFormatError(f"{path}: no Excel workbook ({fault}); save it anew") from fault
    found = [(name, table) for name, table in found if not table.empty]
    if not found:
        raise FileFormatError(f"{path}: empty; a header row was expected")
    return found
