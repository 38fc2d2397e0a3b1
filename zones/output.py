"""Writing files: whole or not at all, with an error that says what to do."""

import datetime as dt
import importlib.util
import io
import logging
import os
import re
import secrets
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from zones.errors import MissingPackageError, OutputError

__all__ = [
    "OBEYED",
    "Rounded",
    "Sheet",
    "check_packages",
    "check_target",
    "drafts",
    "make_folder",
    "path_of",
    "put",
    "sweep",
    "visible",
    "write_text",
    "write_with",
    "write_workbook",
]

# Control characters, and marks that turn the direction of text, which a terminal obeys; separators
# of lines that are none elsewhere; halves of characters, and what XML forbids.
OBEYED = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f"
    r"\ud800-\udfff\ufff9-\ufffb\ufffe\uffff]"
)
"""Characters of data that are never written raw."""

# Folders of drafts; a stop may come between the making of one and its end.
_DRAFTS: set[Path] = set()
_logger = logging.getLogger(__name__)

# What a format needs beyond what is always installed: the package, and the extra that brings it.
_PACKAGES = {".xlsx": ("openpyxl", "excel"), ".parquet": ("pyarrow", "parquet")}


def visible(text: str) -> str:
    r"""
    Return text with control characters as what they are written like, so that none is obeyed.

    Examples
    --------
    >>> print(visible("\x1b[31mred"))
    \x1b[31mred
    """
    return OBEYED.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def path_of(path: "str | os.PathLike[str]", what: str = "a file") -> Path:
    """
    Return a path to write to, of a file or of `what`.

    Raises
    ------
    OutputError
        If it is none.
    """
    if not isinstance(path, str | os.PathLike):
        raise OutputError(f"{path!r} is no path: give that of {what} to write, as text or a Path")
    return Path(path)


def make_folder(path: "str | os.PathLike[str]") -> Path:
    """
    Make a folder that can be written to, with its parents.

    Raises
    ------
    OutputError
        If it cannot be made or written to.
    """
    folder = path_of(path, "a folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except (OSError, ValueError) as error:  # a null in the name is a ValueError
        reason = getattr(error, "strerror", None) or error
        msg = f"cannot write to folder {str(folder)!r} ({reason}): give a folder you may write to"
        raise OutputError(msg) from error
    return folder


@contextmanager
def drafts(place: "str | os.PathLike[str]") -> Iterator[Path]:
    """Make a folder for drafts in a folder, so that whole files can be moved from it at once."""
    folder = Path(place) / f".zones-{secrets.token_hex(8)}"
    _DRAFTS.add(folder)
    try:
        folder.mkdir(mode=0o700)
        yield folder
    finally:
        _remove(folder)


def sweep() -> None:
    """Remove the drafts that are left."""
    for folder in tuple(_DRAFTS):
        _remove(folder)


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    _DRAFTS.discard(folder)


def write_with(path: "str | os.PathLike[str]", write: Callable[[Path], object]) -> Path:
    """
    Let a function write a file beside its place, then move it there.

    Parameters
    ----------
    path
        Where the file ends up; an older file is replaced only once the new one is whole. A link
        keeps pointing to where it does, and that file is replaced.
    write
        Called with the temporary path, which has the same suffix.

    Raises
    ------
    OutputError
        If the file cannot be written, or the path is a folder, a device or a pipe.
    """
    target = path_of(path)
    check_target(target)
    try:
        with drafts(Path(os.path.realpath(target)).parent) as scratch:
            draft = scratch / target.name
            write(draft)
            put(draft, target)
    except (OSError, ValueError) as error:  # a null in the name is a ValueError
        reason = getattr(error, "strerror", None) or error
        msg = f"cannot write {str(target)!r} ({reason}): give a path you may write to"
        raise OutputError(msg) from error
    return target


def put(draft: Path, target: Path) -> Path:
    """Move a whole file to its place, or where the link there points, and return that."""
    draft.replace(os.path.realpath(target))
    return target


def check_target(target: Path) -> None:
    """
    Refuse to write to what is no file, before anything is computed.

    Raises
    ------
    OutputError
        If a folder, a device, a pipe or a socket is there: a file would take its place.
    """
    try:
        mode = target.stat().st_mode
    except (OSError, ValueError):
        return  # Nothing is there, or nothing can be; writing says which.
    if not stat.S_ISREG(mode):
        kind = "a folder" if stat.S_ISDIR(mode) else "a device or a pipe"
        msg = f"cannot write {str(target)!r}, which is {kind}: give the path of a file"
        raise OutputError(msg)


def check_packages(path: "str | os.PathLike[str]") -> None:
    """
    Refuse a file whose format needs a package that is not installed, before anything is computed.

    Raises
    ------
    MissingPackageError
        With how to install it.
    """
    suffix = Path(path).suffix.lower()
    package, extra = _PACKAGES.get(suffix, ("", ""))
    if package and importlib.util.find_spec(package) is None:
        raise MissingPackageError(
            f"writing {suffix} needs {package}, which is not installed; "
            f"install it with: python -m pip install 'development-zones[{extra}]'"
        )


def write_text(path: "str | os.PathLike[str]", text: str) -> Path:
    """Write a UTF-8 text file with plain line ends, whole or not at all."""
    return write_with(path, lambda draft: draft.write_text(text, encoding="utf-8", newline="\n"))


class Rounded(NamedTuple):
    """A number of a sheet, kept whole and shown with some decimals, and with what follows it."""

    value: float
    digits: int
    suffix: str = ""


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook: its name, headings and rows of texts, numbers and lists."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


# The earliest day that a zip archive can tell: a file of the same figures is the same bytes.
_DAY = (1980, 1, 1, 0, 0, 0)
_WIDEST, _NARROWEST = 60, 8
# Characters that a cell of Excel holds.
_MOST = 32_767


def write_workbook(path: "str | os.PathLike[str]", sheets: Sequence[Sheet]) -> Path:
    """
    Write an Excel workbook: numbers as numbers, text as text and never as a formula.

    What is longer than a cell of Excel holds is cut, ends in an ellipsis, and is warned of in the
    log.

    Raises
    ------
    OutputError
        If the path does not end in ``.xlsx``, or cannot be written.
    MissingPackageError
        If openpyxl is not installed.
    """
    if path_of(path).suffix.lower() != ".xlsx":
        raise OutputError(f"{os.fspath(path)!r} is no workbook: give a path that ends in .xlsx")
    check_packages(path)
    import openpyxl  # noqa: PLC0415 - an optional package
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415 - an optional package
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - an optional package

    book = openpyxl.Workbook()
    book.remove(book.active)
    book.properties.created = book.properties.modified = dt.datetime(*_DAY[:3], tzinfo=None)  # noqa: DTZ001 - as the format has it
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        for column, heading in enumerate(sheet.columns, start=1):
            values = [row[column - 1] for row in sheet.rows]
            longest = max((len(_cell(value)) for value in (heading, *values)), default=0)
            width = min(max(longest + 2, _NARROWEST), _WIDEST)
            page.column_dimensions[get_column_letter(column)].width = width
            for line, value in enumerate((heading, *values), start=1):
                cell = page.cell(line, column)
                _fill(cell, value, heading)
                cell.alignment = Alignment(vertical="top", wrap_text=longest > _WIDEST)
                if line == 1:
                    cell.font = Font(bold=True)
        page.freeze_panes = "A2"
    return write_with(path, lambda draft: _save(book, draft))


def _fill(cell: Any, value: Any, heading: str) -> None:
    """Put a value into a cell: a number with its decimals, a truth, anything else as text."""
    if isinstance(value, Rounded):
        cell.value = value.value
        follows = f'"{value.suffix}"' if value.suffix else ""
        cell.number_format = f"#,##0{'.' + '0' * value.digits if value.digits else ''}{follows}"
    elif isinstance(value, int | float):
        cell.value = value
    elif value is not None:
        text = _cell(value)
        if len(text) > _MOST:
            _logger.warning(
                "cell %s (%s): text of %s characters cut to the %s that Excel holds",
                *(cell.coordinate, heading, f"{len(text):,}", f"{_MOST:,}"),
            )
            text = text[: _MOST - 1] + "…"
        cell.value = text
        # Text that begins with = is none of its own formulas.
        cell.data_type = "s"


def _cell(value: Any) -> str:
    if isinstance(value, Rounded):
        return f"{value.value:,.{value.digits}f}"
    if isinstance(value, list | tuple):
        value = " | ".join(map(str, value))
    return "" if value is None else OBEYED.sub("\ufffd", str(value))


def _save(book: Any, draft: Path) -> None:
    """Save a workbook with one day on all that is in it, so that the same figures are one file."""
    from openpyxl.writer.excel import ExcelWriter  # noqa: PLC0415 - an optional package

    written = io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(written, "w")).save()
    with zipfile.ZipFile(written) as made, zipfile.ZipFile(draft, "w") as whole:
        for name in made.namelist():
            entry = zipfile.ZipInfo(name, _DAY)
            whole.writestr(entry, made.read(name), compress_type=zipfile.ZIP_DEFLATED)
