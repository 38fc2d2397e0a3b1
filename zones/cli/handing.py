"""A command's table as programs take it: printed as JSON or CSV, or written to a file."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from zones.cli.console import write_csv, write_json, write_line
from zones.cli.options import Shown
from zones.output import Sheet, write_text, write_with, write_workbook
from zones.texts import Language
from zones.wording.formats import csv_text, json_text

__all__ = ["Data", "hand_over"]


@dataclass(frozen=True, kw_only=True)
class Data:
    """
    What a command has for programs; each form is made when it is asked for.

    Attributes
    ----------
    content
        The whole in English, for JSON.
    rows
        Columns and rows in a language, for CSV and Parquet.
    sheets
        Sheets for readers in a language: names and words in it, numbers with their decimals.
    """

    content: Callable[[], object]
    rows: Callable[[Language], tuple[Sequence[str], Iterable[Sequence[Any]]]]
    sheets: Callable[[Language], Sequence[Sheet]]


def hand_over(data: Data, shown: Shown) -> bool:
    """Print or write a table as the options ask for it; False where that is for people."""
    if shown.output is not None:
        path = _write(data, shown, shown.output)
        write_line(shown.voice.phrase("cli.wrote", path=str(path)))
        return True
    if shown.as_json:
        write_json(data.content())
    elif shown.as_csv:
        write_csv(*data.rows(shown.language), shown)
    return shown.as_json or shown.as_csv


def _write(data: Data, shown: Shown, path: Path) -> Path:
    suffix, lang = path.suffix.lower(), shown.language
    if suffix == ".json":
        return write_text(path, json_text(data.content()))
    if suffix == ".csv":
        return write_text(path, csv_text(*data.rows(lang), lang=lang, excel=shown.excel))
    if suffix == ".parquet":
        return _write_parquet(path, *data.rows(lang))
    return write_workbook(path, data.sheets(lang))


def _write_parquet(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Path:
    frame = pd.DataFrame([list(row) for row in rows], columns=list(columns)).convert_dtypes()
    return write_with(path, lambda draft: frame.to_parquet(draft, index=False))
