"""Paths that people give: a file that is there, and is no folder, device, pipe or address."""

import os
import re
import stat
from pathlib import Path

from geodata.errors import FileFormatError

__all__ = ["check_file", "checked_path"]

# "https://...", and what GDAL would take for a source of its own: "/vsicurl/...", "PG:dbname=x".
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:(?:/|\S+=).*|[\\/]+vsi\w+[\\/].*", re.IGNORECASE)
_KINDS = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISSOCK, "a socket"),
)


def checked_path(path: object, expected: str) -> Path:
    """
    Return the path of a file that is there, links followed.

    Parameters
    ----------
    path
        What was given.
    expected
        What the file should hold, for messages.

    Raises
    ------
    FileFormatError
        If it is no path, nothing is there, or it is a folder, an address, a pipe or a device.
    """
    if not isinstance(path, str | os.PathLike):
        raise FileFormatError(f"{path!r} is no path; give that of a file: {expected}")
    given = os.fspath(path)
    if isinstance(given, str) and _ADDRESS.fullmatch(given) and not Path(given).exists():
        raise FileFormatError(
            f"{given} is an address and no file: nothing is fetched; save it and give the file"
        )
    found = Path(os.fsdecode(given))
    check_file(found, expected)
    return found


def check_file(path: Path, expected: str) -> None:
    """Raise `FileFormatError` unless a file is at the path, or a folder that is a geodatabase."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):  # a null in the name is a ValueError
        raise FileFormatError(f"{path}: no such file; {expected} was expected") from None
    for is_kind, called in _KINDS:
        if is_kind(mode):
            raise FileFormatError(
                f"{path} is {called} and no file: what is in it cannot be looked at twice; save it "
                "to a file and give that"
            )
    if stat.S_ISDIR(mode) and path.suffix.lower() != ".gdb":
        raise FileFormatError(f"{path} is a folder; give a file: {expected}")
