"""Tables as users have them: CSV of any dialect, Excel, Parquet, the table of a spatial file."""

import codecs
import itertools
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from geodata.errors import FileFormatError
from geodata.files.parquet import read_parquet
from geodata.files.spatial import FORMATS, PARQUET, checked_path, read_spatial
from geodata.files.workbooks import read_workbook
from geodata.messages import ROW

__all__ = ["TEXTS", "Sheet", "read_points", "read_sheets", "read_table", "text_pieces"]

TEXTS = frozenset({".csv", ".txt", ".tsv"})
"""Endings of tables of text."""

_EXCEL = frozenset({".xlsx", ".xlsm"})
# As text they would be noise.
_SPATIAL = frozenset({".gpkg", ".fgb", ".shp", ".zip", ".gdb"})
_DELIMITERS = ";\t|,"
# Excel writes the delimiter on a line of its own, where a country's is another than the comma.
_SEP_LINE = re.compile(r"\s*\"?sep=(.)\"?\s*", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')
_TOO_LONG = re.compile(r"Expected (\d+) fields in line (\d+), saw (\d+)")
_BYTES_SNIFFED = 65_536
# Lines in which the names of columns are looked for, and those below that are compared.
_TITLES = 12
_LINES_COMPARED = 20
# The type of a column of text: `str` from pandas 3 on, `object` before.
_TEXT = pd.Series(["text"]).dtype
_AS_TEXT: dict[str, Any] = {
    "header": None,
    "dtype": str,
    "keep_default_na": False,
    "na_values": [""],
    "skipinitialspace": True,
    "skip_blank_lines": False,
}
_NUMBER = re.compile(r"(?!(?:19|20)\d\d$)[-+]?\d[\d\s.,]*")


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
    expected = f"CSV, Excel, {FORMATS}"
    path = checked_path(path, expected)
    if path.suffix.lower() in _EXCEL | TEXTS:
        return read_table(path, sheet=layer)
    if path.suffix.lower() in PARQUET:
        return read_parquet(path)
    table: pd.DataFrame = read_spatial(path, layer=layer, expected=expected)
    return table


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    A table as it stands in a file.

    Attributes
    ----------
    name
        The sheet of a workbook; None of any other file.
    table
        Its columns by name, each row by its number in the file.
    title
        What stands above the names of the columns.
    notes
        What stands below the table, after an empty row.
    source
        What the file says is its source.
    """

    name: str | None
    table: pd.DataFrame
    title: str = ""
    notes: tuple[str, ...] = ()
    source: str = ""


def read_table(
    path: str | os.PathLike[str], *, expected: str = "a table", sheet: str | None = None
) -> pd.DataFrame:
    """
    Read CSV or Excel, each value as text as it stands there.

    Semicolons, tabs, bars or commas part the columns, whichever the header has most of. The text
    is UTF-8, UTF-16 with its mark, or else Windows-1252. Names of columns are trimmed and composed
    (a name typed on a Mac is the same as one typed elsewhere); those that stand in several rows,
    with cells merged across, are joined. A title above and notes below are left out. Empty values
    are missing; the index has the rows' numbers in the file. What the numbers are is for
    `geodata.files.numbers.numbers` to say.

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
    found = read_sheets(path, expected=expected, sheet=sheet)
    if len(found) > 1:
        names = ", ".join(str(one.name) for one in found)
        raise FileFormatError(f"{path}: give the sheet, one of {names}")
    return found[0].table.map(str, na_action="ignore").astype(_TEXT)


def read_sheets(
    path: str | os.PathLike[str], *, expected: str = "a table", sheet: str | None = None
) -> tuple[Sheet, ...]:
    """
    Read each sheet of Excel that has a table, numbers as numbers; of CSV its one table, as text.

    Raises
    ------
    FileFormatError
        As `read_table` does; of several sheets only if none is a table.
    """
    path = checked_path(path, f"CSV or Excel with {expected}")
    if path.suffix.lower() in _SPATIAL:
        raise FileFormatError(
            f"{path}: a layer of shapes; CSV or Excel with {expected} was expected: save its table "
            "as CSV, in QGIS by Export, Save Features As"
        )
    if path.suffix.lower() not in _EXCEL:
        return (_sheet(path, None, *_of_text(path)),)
    found, faults = [], []
    for name, raw in read_workbook(path, sheet):
        try:
            found.append(_sheet(path, name, raw, ()))
        except FileFormatError as fault:
            faults.append(fault)
    if not found:
        raise faults[0]
    return tuple(found)


def _sheet(path: Path, name: str | None, raw: pd.DataFrame, above: Sequence[str]) -> Sheet:
    """Tell the names of the columns from what stands above and below the table."""
    raw = raw.set_axis(pd.RangeIndex(len(above) + 1, len(above) + 1 + len(raw), name=ROW))
    blank = raw.map(lambda value: isinstance(value, str) and not value.strip())
    # Whole numbers beside empty cells stay whole.
    raw = raw.astype(object).mask(blank.astype(bool))
    filled = raw.notna()
    start = 0
    rows = [at for at, some in enumerate(filled.any(axis="columns")) if some]
    if not rows:
        raise FileFormatError(f"{path}: empty; a header row was expected")
    # A title has one value, and names follow it.
    titles = 0
    while (
        titles + 1 < len(rows)
        and filled.iloc[rows[titles]].sum() == 1
        and filled.iloc[rows[titles], 0]
    ):
        titles += 1
    below = raw.iloc[rows[titles]]
    if below.notna().sum() > 1 and _are_names(below):
        start = titles
    titles_above = [line.strip().strip('"') for line in above if not _SEP_LINE.fullmatch(line)]
    titles_above += [str(raw.iloc[row].dropna().iloc[0]) for row in rows[:start]]
    title = " ".join(filter(None, titles_above))
    names, depth = _header(raw.iloc[rows[start:]])
    body = raw.iloc[rows[start + depth - 1] + 1 :].set_axis(names, axis="columns")
    body, notes = _without_notes(body)
    table = body.dropna(how="all")
    nameless = [not name and bool(table.iloc[:, at].isna().all()) for at, name in enumerate(names)]
    table = table.loc[:, [not left_out for left_out in nameless]]
    twice = table.columns[table.columns.duplicated()].unique()
    if len(twice):
        listed = ", ".join(repr(name) for name in twice)
        raise FileFormatError(f"{path}: several columns are called {listed}; name each once")
    return Sheet(name, table, title, notes)


def _header(rows: pd.DataFrame) -> tuple[list[str], int]:
    """
    Return the names of the columns, and how many rows they stand in.

    A name over several columns, as merged cells are, leaves those right of it empty, and names
    below fill them.
    """
    names, depth = [_name(value) for value in rows.iloc[0]], 1
    while depth < len(rows):
        lower = rows.iloc[depth]
        below = [_name(value) for value in lower]
        first = next((at for at, name in enumerate(names) if name), len(names))
        parted = any(not names[at] and below[at] for at in range(first + 1, len(names)))
        if not parted or not _are_names(lower):
            break
        over = ""
        for at, name in enumerate(names):
            over = name or over
            if name or below[at]:
                names[at] = " ".join(dict.fromkeys(part for part in (over, below[at]) if part))
        depth += 1
    return names, depth


def _are_names(row: "pd.Series[Any]") -> bool:
    """Whether a row names columns: it has no number that is not a year."""
    return not any(_NUMBER.fullmatch(_name(value)) for value in row.dropna())


def _name(value: Any) -> str:
    return "" if pd.isna(value) else " ".join(unicodedata.normalize("NFC", str(value)).split())


def _without_notes(body: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Part the table from notes below it: rows of one text each after an empty one."""
    filled = body.notna()
    empty = [at for at, some in enumerate(filled.any(axis="columns")) if not some]
    for at in empty:
        below = body.iloc[at:].dropna(how="all")
        texts = below.notna().sum(axis="columns") == 1
        if at and len(below) and texts.all() and below.iloc[:, 0].notna().all():
            return body.iloc[:at], tuple(map(str, below.iloc[:, 0]))
    return body, ()


def _of_text(path: Path) -> tuple[pd.DataFrame, list[str]]:
    try:
        with path.open("rb") as file:
            start = file.read(_BYTES_SNIFFED)
        wide = start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE))
        marked = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        # Half of the bytes of Latin letters are null in UTF-16.
        if wide or (not marked and start.count(0) > len(start) // 4):
            raise FileFormatError(
                f"{path}: in {'UTF-32' if wide else 'UTF-16 without its mark'}, or no text; save "
                "the file as CSV in UTF-8"
            )
        if marked:
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


def _parsed(path: Path, encoding: str) -> tuple[pd.DataFrame, list[str]]:
    """Return the rows from the header on, or a title as wide, and the lines above them."""
    with path.open(encoding=encoding) as file:
        lines = file.read(_BYTES_SNIFFED).splitlines()
    said = _SEP_LINE.fullmatch(lines[0]) if lines else None
    header, mark = _header_line([_QUOTED.sub("", line) for line in lines[bool(said) :]])
    skipped = header + bool(said)
    table: pd.DataFrame = pd.read_csv(
        path,
        sep=said[1] if said else mark,
        skiprows=skipped,
        encoding=encoding,
        **_AS_TEXT,
    )
    return table, lines[:skipped]


def text_pieces(path: Path, rows: int) -> Iterator[pd.DataFrame]:
    """
    Yield a long table of text in UTF-8 some rows at a time, and raise, as `read_table` does.

    Names are told from the beginning; notes below the table are rows like others.
    """
    try:
        with path.open("rb") as file:
            start = file.read(_BYTES_SNIFFED)
            start += file.readline()
        with tempfile.TemporaryDirectory(prefix="geodata-") as folder:
            beginning = Path(folder) / path.name
            beginning.write_bytes(start)
            raw, above = _parsed(beginning, "utf-8-sig")
        head = _sheet(path, None, raw, above).table
        if len(head.columns) < raw.shape[1] or not len(head):
            raise FileFormatError(f"{path}: name every column, and leave no row empty below")
        said = _SEP_LINE.fullmatch(above[0]) if above else None
        lines = [_QUOTED.sub("", line) for line in start.decode("utf-8-sig").splitlines()]
        mark = said[1] if said else _header_line(lines)[1]
        first = int(head.index[0])
        with pd.read_csv(
            path,
            sep=mark,
            names=list(head.columns),
            skiprows=first - 1,
            chunksize=rows,
            encoding="utf-8-sig",
            **_AS_TEXT,
        ) as pieces:
            for piece in pieces:
                ends = first + len(piece)
                yield piece.set_axis(pd.RangeIndex(first, ends, name=ROW)).dropna(how="all")
                first = ends
    except UnicodeError as fault:
        raise FileFormatError(f"{path}: not UTF-8 ({fault}); save it as CSV in UTF-8") from fault
    except OSError as fault:
        raise FileFormatError(f"{path}: cannot be read ({fault.strerror})") from fault
    except pd.errors.EmptyDataError as fault:
        raise FileFormatError(f"{path}: empty; a header row was expected") from fault
    except pd.errors.ParserError as fault:
        raise _no_table(path, str(fault).strip()) from fault


def _header_line(lines: list[str]) -> tuple[int, str]:
    """Return which line has the names, and what parts the columns."""
    for at, line in enumerate(lines[:_TITLES]):
        mark = max(_DELIMITERS, key=line.count)
        rest = lines[at + 1 : at + 1 + _LINES_COMPARED]
        # Notes stand below an empty line; where one follows, all below is compared.
        block = list(itertools.takewhile(str.strip, rest))
        enough = 0.5 if block else 1.0
        rest = block or [below for below in rest if below.strip()]
        alike = sum(below.count(mark) == line.count(mark) for below in rest)
        # A title has no mark between columns, or an empty line below.
        titles = [above for above in lines[:at] if above.strip()]
        parted = not any(mark in above for above in titles) or not lines[at - 1].strip()
        if mark in line and alike >= enough * len(rest) > 0 and parted:
            return at, mark
    header = next((line for line in lines if line.strip()), "")
    if not any(mark in header for mark in _DELIMITERS):
        header = "".join(lines)
    return 0, max(_DELIMITERS, key=header.count)


def _no_table(path: Path, reason: str) -> FileFormatError:
    found = _TOO_LONG.search(reason)
    if found is None:
        return FileFormatError(f"{path}: not a table with one header row ({reason}); correct it")
    names, line, values = found.groups()
    return FileFormatError(
        f"{path}: line {line} has {values} values, the header {names} names; name every column, "
        "leave out titles above the names, and quote a value that holds the mark between columns"
    )
