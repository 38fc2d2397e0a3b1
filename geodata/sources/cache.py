"""The folder of fetched files: written whole or not at all, each with a sidecar that vouches.

An entry is a data file and a sidecar. The sidecar is the commit: it is moved into place last,
names its data file, and carries its checksum. Every writer writes a data file of its own, so
two processes can fetch the same layer at once and a reader always sees one complete entry.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import hashlib
import json
import logging
import os
import re
import secrets
import time
from pathlib import Path
from typing import Any

import platformdirs

from geodata.errors import ServiceError
from geodata.sources.records import CachedFile

__all__ = ["cache_folder", "cached", "drop", "load", "store"]

_log = logging.getLogger(__name__)

# Files nobody refers to are left by a writer that was stopped; a writer at work is younger.
_LEFTOVER_SECONDS = 24 * 3600
# The folder may be the user's own and hold other things: only names as given here are swept.
_OURS = re.compile(r"\.?[\w-]+\.[0-9a-f]{8}\.(geojson|json)(\.[0-9a-f]{8}\.part)?")
_SIDECAR = ".sidecar.json"


def cache_folder() -> Path:
    """Return the user's cache folder for fetched files; it need not exist."""
    return platformdirs.user_cache_path("development-zones") / "fetched"


def store(
    content: bytes,
    *,
    dataset: str,
    layer: str,
    suffix: str,
    year: int,
    division: int,
    title: str,
    url: str,
    fetched_at: dt.datetime,
    licence: str,
    line: str,
    folder: str | Path | None = None,
) -> CachedFile:
    """Put a file into the cache, whole, in place of what was there under the same layer.

    Parameters
    ----------
    content
        The bytes of the file.
    suffix
        The file's ending, with its dot.
    folder
        Default: `cache_folder`.
    dataset, layer, year, division, title, url, fetched_at, licence, line
        What the sidecar says; see `CachedFile`.
    """
    folder = cache_folder() if folder is None else Path(folder)
    stem = _stem(layer)
    entry = CachedFile(
        dataset=dataset,
        layer=layer,
        year=year,
        division=division,
        title=title,
        url=url,
        fetched_at=fetched_at,
        licence=licence,
        line=line,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        path=folder / f"{stem}.{secrets.token_hex(4)}{suffix}",
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        before = _read_sidecar(folder / f"{stem}{_SIDECAR}")
        _write_whole(entry.path, content)
        try:
            _write_whole(folder / f"{stem}{_SIDECAR}", _dump(entry))
        except BaseException:
            entry.path.unlink(missing_ok=True)
            raise
        if before is not None:
            before.path.unlink(missing_ok=True)
        _sweep(folder)
    except OSError as fault:
        message = f"The cache folder {folder} cannot be written ({fault}); free it or name another"
        raise ServiceError(message) from fault
    return entry


def load(layer: str, *, folder: str | Path | None = None) -> tuple[bytes, CachedFile] | None:
    """Read a cached file whose checksum agrees; None where there is none such.

    Parameters
    ----------
    layer
        The name under which it was stored.
    folder
        Default: `cache_folder`.
    """
    folder = cache_folder() if folder is None else Path(folder)
    sidecar = folder / f"{_stem(layer)}{_SIDECAR}"
    # Between reading the sidecar and its file another process may have put a newer pair there.
    for _ in range(3):
        entry = _read_sidecar(sidecar)
        if entry is None:
            return None
        try:
            content = entry.path.read_bytes()
        except OSError:
            continue
        if hashlib.sha256(content).hexdigest() == entry.sha256:
            return content, entry
    _log.warning("%s does not agree with its checksum and is not used", sidecar)
    return None


def cached(folder: str | Path | None = None) -> tuple[CachedFile, ...]:
    """List what has been fetched earlier, by layer.

    Parameters
    ----------
    folder
        Default: `cache_folder`.
    """
    folder = cache_folder() if folder is None else Path(folder)
    entries = (_read_sidecar(path) for path in sorted(folder.glob(f"*{_SIDECAR}")))
    return tuple(entry for entry in entries if entry is not None and entry.path.is_file())


def drop(layer: str, *, folder: str | Path | None = None) -> bool:
    """Remove one entry; return whether there was one.

    Parameters
    ----------
    layer
        The name under which it was stored.
    folder
        Default: `cache_folder`.
    """
    folder = cache_folder() if folder is None else Path(folder)
    sidecar = folder / f"{_stem(layer)}{_SIDECAR}"
    entry = _read_sidecar(sidecar)
    try:
        sidecar.unlink(missing_ok=True)
        if entry is not None:
            entry.path.unlink(missing_ok=True)
    except OSError as fault:
        message = f"The cache folder {folder} cannot be written ({fault}); free it or name another"
        raise ServiceError(message) from fault
    return entry is not None


def _stem(layer: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]+", "-", layer).strip("-")


def _dump(entry: CachedFile) -> bytes:
    record: dict[str, Any] = dataclasses.asdict(entry)
    record["fetched_at"] = entry.fetched_at.isoformat()
    # Only the name: the folder may be moved.
    record["file"] = entry.path.name
    del record["path"]
    return json.dumps(record, ensure_ascii=False, indent=2).encode()


def _read_sidecar(path: Path) -> CachedFile | None:
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        name = str(record.pop("file"))
        if Path(name).name != name:
            raise ValueError(name)  # noqa: TRY301  a sidecar may not point out of its folder
        record["fetched_at"] = dt.datetime.fromisoformat(record["fetched_at"])
        entry = CachedFile(**record, path=path.parent / name)
        numbers = (entry.year, entry.division, entry.size)
        texts = (entry.dataset, entry.layer, entry.title, entry.url, entry.line, entry.licence)
        if not all(isinstance(value, int) for value in numbers) or not all(
            isinstance(text, str) for text in texts
        ):
            raise TypeError("a field of another kind")  # noqa: TRY301
        return entry  # noqa: TRY300
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        _log.warning("%s is not a sidecar (%s) and is not used", path, fault)
        return None


def _write_whole(path: Path, content: bytes) -> None:
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _sweep(folder: Path) -> None:
    kept = {entry.path.name for entry in cached(folder)}
    for path in folder.iterdir():
        if path.name in kept or not _OURS.fullmatch(path.name):
            continue
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _LEFTOVER_SECONDS:
                path.unlink()
