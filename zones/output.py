"""Writing files: whole or not at all, with an error that says what to do."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from zones.errors import OutputError

__all__ = ["make_folder", "write_text", "write_with"]


def make_folder(path: "str | os.PathLike[str]") -> Path:
    """
    Make a folder that can be written to, with its parents.

    Raises
    ------
    OutputError
        If it cannot be made or written to.
    """
    folder = Path(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        reason = error.strerror or error
        msg = f"cannot write to folder {str(folder)!r} ({reason}): give a folder you may write to"
        raise OutputError(msg) from error
    return folder


def write_with(path: "str | os.PathLike[str]", write: Callable[[Path], object]) -> Path:
    """
    Let a function write a file beside its place, then move it there.

    Parameters
    ----------
    path
        Where the file ends up; an older file is replaced only once the new one is whole.
    write
        Called with the temporary path, which has the same suffix.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    target = Path(path)
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".zones-") as scratch:
            draft = Path(scratch) / target.name
            write(draft)
            draft.replace(target)
    except OSError as error:
        reason = error.strerror or error
        msg = f"cannot write {str(target)!r} ({reason}): give a path you may write to"
        raise OutputError(msg) from error
    return target


def write_text(path: "str | os.PathLike[str]", text: str) -> Path:
    """Write a UTF-8 text file with plain line ends, whole or not at all."""
    return write_with(path, lambda draft: draft.write_text(text, encoding="utf-8", newline="\n"))
