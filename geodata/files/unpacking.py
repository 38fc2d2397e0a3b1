"""Taking one file out of a zip, within limits: what is packed may be a thousand times larger."""

import lzma
import shutil
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from geodata.errors import FileFormatError
from geodata.messages import listed

__all__ = ["MOST_BYTES", "MOST_RATIO", "check_packed", "unpacked"]

MOST_BYTES = 4 * 2**30
"""Bytes that are unpacked at most."""

MOST_RATIO = 200
"""Times its packed size that a large file may be unpacked; of map data it is rarely above 20."""

_ALWAYS_FINE = 50 * 2**20
# What a damaged zip raises depends on how it was packed, and where it is damaged.
_DAMAGED = (zipfile.BadZipFile, RuntimeError, EOFError, ValueError, zlib.error, lzma.LZMAError)


@contextmanager
def unpacked(
    path: Path, folder: Path, endings: Collection[str], layer: str | None
) -> Iterator[tuple[Path, str | None]]:
    """
    Unpack the one file of these endings in a zip, with those of the same name beside it.

    Yields the file and the layer that is left to choose in it: none if `layer` named the file.

    Raises
    ------
    FileFormatError
        If it is no zip, or damaged or locked; holds no such file, or several and `layer` names
        none of them; or unpacks to more than `MOST_BYTES` or `MOST_RATIO` times its size.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            inside = [one for one in archive.infolist() if not one.filename.startswith("__MACOSX")]
            chosen, named = _chosen(path, inside, endings, layer)
            place = PurePosixPath(chosen)
            parts = [
                one
                for one in inside
                if not one.is_dir() and _beside(PurePosixPath(one.filename), place)
            ]
            check_packed(path, parts)
            for part in parts:
                target = folder / PurePosixPath(part.filename).name
                # No more is read than the size that was checked.
                with archive.open(part) as packed, target.open("wb") as file:
                    shutil.copyfileobj(packed, file)
    except _DAMAGED as fault:
        if isinstance(fault, FileFormatError):
            raise
        raise FileFormatError(f"{path}: not a zip file, damaged or locked ({fault})") from fault
    except OSError as fault:
        raise FileFormatError(f"{path}: cannot be unpacked ({fault.strerror or fault})") from fault
    yield folder / place.name, None if layer is None or named else layer


def check_packed(path: Path, parts: Collection[zipfile.ZipInfo]) -> None:
    """Raise `FileFormatError` if files in a zip say that they unpack beyond the limits."""
    size = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    if size > MOST_BYTES or (size > _ALWAYS_FINE and size / packed > MOST_RATIO):
        raise _too_large(path)


def _too_large(path: Path) -> FileFormatError:
    return FileFormatError(
        f"{path}: unpacks to more than {MOST_BYTES // 2**30} GiB, or more than {MOST_RATIO} times "
        "its size: such a zip is not opened; unpack it yourself and give the file in it"
    )


def _chosen(
    path: Path, inside: list[zipfile.ZipInfo], endings: Collection[str], layer: str | None
) -> tuple[str, bool]:
    """Return the one spatial file in a zip, and whether ``layer`` named it."""
    names = [one.filename for one in inside]
    fitting = [name for name in names if PurePosixPath(name).suffix.lower() in endings]
    if not fitting:
        parts = [part for name in names for part in PurePosixPath(name).parts]
        if bases := list(dict.fromkeys(one for one in parts if one.lower().endswith(".gdb"))):
            raise FileFormatError(
                f"{path}: a geodatabase is a folder: unpack the zip and give {listed(bases)}"
            )
        raise FileFormatError(f"{path}: no spatial file in the zip (found {listed(names)})")
    named = [
        name
        for name in fitting
        if layer in (name, PurePosixPath(name).name, PurePosixPath(name).stem)
    ]
    if len(fitting) > 1 and len(named) != 1:
        choice = listed((PurePosixPath(name).stem for name in fitting), most=20)
        raise FileFormatError(f"{path}: several files in the zip; give layer= one of {choice}")
    return (named if len(named) == 1 else fitting)[0], len(named) == 1


def _beside(name: PurePosixPath, place: PurePosixPath) -> bool:
    """Whether a file is part of another, as a Shapefile's table is, or that itself."""
    return name == place or (
        place.suffix.lower() == ".shp"
        and name.parent == place.parent
        and name.stem.casefold() == place.stem.casefold()
    )
