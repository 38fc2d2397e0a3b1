"""Writing files: whole or not at all, with an error that says what to do."""

import os
import re
import secrets
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from zones.errors import OutputError

__all__ = [
    "OBEYED",
    "check_target",
    "drafts",
    "make_folder",
    "put",
    "sweep",
    "visible",
    "write_text",
    "write_with",
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


def visible(text: str) -> str:
    r"""
    Return text with control characters as what they are written like, so that none is obeyed.

    Examples
    --------
    >>> print(visible("\x1b[31mred"))
    \x1b[31mred
    """
    return OBEYED.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


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
    target = Path(path)
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


def write_text(path: "str | os.PathLike[str]", text: str) -> Path:
    """Write a UTF-8 text file with plain line ends, whole or not at all."""
    return write_with(path, lambda draft: draft.write_text(text, encoding="utf-8", newline="\n"))
