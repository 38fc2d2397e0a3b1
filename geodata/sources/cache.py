"""What has been fetched, in one SQLite file: an entry is there whole or not at all."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import hashlib
import logging
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import platformdirs

from geodata.errors import ServiceError
from geodata.sources.records import CC_BY_4_0, CachedFile, Fetched, attribution_line, fetched

__all__ = ["cache_folder", "cached", "earlier", "load", "store"]

_log = logging.getLogger(__name__)
T = TypeVar("T")

# The number changes with the table, so that two versions of the library never share a file.
_NAME = "fetched-1.sqlite"
_FIELDS = tuple(field.name for field in dataclasses.fields(CachedFile))
_NUMBERS = frozenset({"year", "division", "size"})
_TABLE = "CREATE TABLE IF NOT EXISTS files ({}, content BLOB NOT NULL, PRIMARY KEY (layer))".format(
    ", ".join(f"{name} {'INTEGER' if name in _NUMBERS else 'TEXT'} NOT NULL" for name in _FIELDS)
)
_BUSY_SECONDS = 30


def cache_folder() -> Path:
    """Return the user's cache folder for fetched files; it need not exist."""
    return platformdirs.user_cache_path("development-zones") / "fetched"


def store(
    content: bytes,
    *,
    dataset: str,
    layer: str,
    year: int,
    division: int,
    title: str,
    url: str,
    fetched_at: dt.datetime | None = None,
    folder: str | Path | None = None,
) -> CachedFile:
    """Put a file into the cache, in place of what was there under the same layer.

    It was fetched now unless ``fetched_at`` says when; the rest is as in `CachedFile`.
    """
    moment = fetched_at or dt.datetime.now(dt.UTC).replace(microsecond=0)
    entry = CachedFile(
        dataset=dataset,
        layer=layer,
        year=year,
        division=division,
        title=title,
        url=url,
        fetched_at=moment,
        licence=CC_BY_4_0,
        line=attribution_line(title, moment),
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
    )
    record = dataclasses.asdict(entry) | {"fetched_at": moment.isoformat()}
    places = ", ".join("?" * (len(record) + 1))
    with _database(folder, write=True) as database:
        insert = f"INSERT OR REPLACE INTO files VALUES ({places})"  # noqa: S608  question marks
        database.execute(insert, (*record.values(), content))
    return entry


def load(layer: str, *, folder: str | Path | None = None) -> tuple[bytes, CachedFile] | None:
    """Read what is stored under a layer; None where nothing is, or its checksum disagrees."""
    for content, entry in _rows(folder, "content", "WHERE layer = ?", layer):
        if hashlib.sha256(content).hexdigest() == entry.sha256:
            return content, entry
        _log.warning("%s in the cache does not agree with its checksum and is not used", layer)
    return None


def earlier(
    layer: str,
    year: int,
    read: Callable[[bytes, int], T],
    *,
    refresh: bool,
    folder: str | Path | None,
) -> Fetched[T] | None:
    """Return what was fetched of a layer earlier; None where there is none, or it is not wanted.

    ``year`` is that asked for; ``read`` makes the table from the content and its own year.
    """
    if refresh or (hit := load(layer, folder=folder)) is None:
        return None
    content, entry = hit
    return fetched(read(content, entry.year), year, entry)


def cached(folder: str | Path | None = None) -> tuple[CachedFile, ...]:
    """List what has been fetched earlier, by layer.

    Parameters
    ----------
    folder
        Default: `cache_folder`.
    """
    return tuple(entry for _, entry in _rows(folder, "NULL", "ORDER BY layer"))


def _rows(
    folder: str | Path | None, content: str, choice: str, *values: str
) -> list[tuple[Any, CachedFile]]:
    if not _path(folder).exists():
        return []
    with _database(folder, write=False) as database:
        # A writer that was stopped at its very beginning leaves a file without the table.
        if not database.execute("PRAGMA table_info(files)").fetchone():
            return []
        query = f"SELECT {content}, {', '.join(_FIELDS)} FROM files {choice}"  # noqa: S608  own names
        rows = database.execute(query, values).fetchall()
        return [(body, _entry(dict(zip(_FIELDS, rest, strict=True)))) for body, *rest in rows]


def _entry(record: dict[str, Any]) -> CachedFile:
    return CachedFile(**record | {"fetched_at": dt.datetime.fromisoformat(record["fetched_at"])})


def _path(folder: str | Path | None) -> Path:
    return (cache_folder() if folder is None else Path(folder)).absolute() / _NAME


@contextlib.contextmanager
def _database(folder: str | Path | None, *, write: bool) -> Iterator[sqlite3.Connection]:
    """Open the cache for one transaction.

    SQLite reads a file that is read-only in mode ``rw`` too, and in that mode alone undoes what a
    writer left that was stopped.
    """
    path = _path(folder)
    try:
        if write:
            path.parent.mkdir(parents=True, exist_ok=True)
        address = f"{path.as_uri()}?mode={'rwc' if write else 'rw'}"
        connection = sqlite3.connect(address, uri=True, timeout=_BUSY_SECONDS)
        with contextlib.closing(connection), connection:
            if write:
                connection.execute(_TABLE)
            yield connection
    except (OSError, ValueError, sqlite3.Error) as fault:
        done = "written" if write else "read"
        raise ServiceError(
            f"The cache {path} cannot be {done} ({fault}); free it, delete it where it is damaged, "
            "or name another folder"
        ) from fault
