"""Writing files: whole or not at all, with an error that says what to do."""

import os
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from zones.errors import OutputError

__all__ = ["is_special", "make_folder", "put", "visible", "write_text", "write_with"]


# Control characters, and those that turn the direction of text: a terminal obeys them.
_OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    r"""
    Return text with control characters as what they are written like, so that none is obeyed.

    Examples
    --------
    >>> print(visible("\x1b[31mred"))
    \x1b[31mred
    """
    return _OBEYED.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


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
    place = None if is_special(target) else Path(os.path.realpath(target)).parent
    try:
        with tempfile.TemporaryDirectory(dir=place, prefix=".zones-") as scratch:
            draft = Path(scratch) / target.name
            write(draft)
            put(draft, target)
    except OSError as error:
        reason = error.strerror or error
        msg = f"cannot write {str(target)!r} ({reason}): give a path you may write to"
        raise OutputError(msg) from error
    return target


def put(draft: Path, target: Path) -> Path:
    """
    Move a whole file to its place, and return that.

    A link keeps pointing to where it does, and that file is replaced; a device or a pipe is
    written into.
    """
    if is_special(target):
        with draft.open("rb") as whole, target.open("wb") as into:
            shutil.copyfileobj(whole, into)
    else:
        draft.replace(os.path.realpath(target))
    return target


def is_special(target: Path) -> bool:
    """Whether a path is something else than a file: a device, a pipe, a socket, a folder."""
    return target.exists() and not target.is_file()


def write_text(path: "str | os.PathLike[str]", text: str) -> Path:
    """Write a UTF-8 text file with plain line ends, whole or not at all."""
    return write_with(path, lambda draft: draft.write_text(text, encoding="utf-8", newline="\n"))
