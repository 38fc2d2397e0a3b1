"""What a service gave: the data, and everything one needs to cite and to check them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

__all__ = ["CC_BY_4_0", "CachedFile", "Fetched", "attribution_line", "fetched"]

T = TypeVar("T")

CC_BY_4_0 = "CC BY 4.0"


@dataclass(frozen=True, slots=True)
class CachedFile:
    """A file that was fetched earlier, with its sidecar's record.

    Attributes
    ----------
    dataset
        ``boundaries-fi``, ``population-fi`` or ``population-grid-fi``.
    layer
        The service's own name of what was fetched, with the year.
    year
        The year that the data are of.
    division
        The year of the division that the data's units belong to.
    title
        One line for people.
    url
        The address that gave it.
    fetched_at
        When, in UTC.
    licence, line
        The licence, and the line to carry wherever the data are shown.
    sha256, size
        Checksum and length of the file.
    path
        Where the file is.
    """

    dataset: str
    layer: str
    year: int
    division: int
    title: str
    url: str
    fetched_at: dt.datetime
    licence: str
    line: str
    sha256: str
    size: int
    path: Path


@dataclass(frozen=True, slots=True)
class Fetched(Generic[T]):
    """Data from a service, with what was asked, what was given, and how to cite it.

    Attributes
    ----------
    data
        The table.
    requested_year
        The year that was asked for.
    year
        The year that the data are of: a new year's layer comes months late, and until then
        the year before is given.
    url, fetched_at, licence, line, sha256
        As in `CachedFile`.
    division
        The year of the division that the data's units belong to.
    path
        The cached file that the data were read from.
    """

    data: T
    requested_year: int
    year: int
    url: str
    fetched_at: dt.datetime
    licence: str
    line: str
    sha256: str
    division: int
    path: Path

    @property
    def is_older(self) -> bool:
        """Whether the data are of an earlier year than was asked for."""
        return self.year < self.requested_year

    def __repr__(self) -> str:
        """Say what it is in one line, without the table."""
        late = f" (asked for {self.requested_year})" if self.is_older else ""
        return f"<Fetched {self.year}{late}, {self.fetched_at:%Y-%m-%d}: {self.line}>"


def attribution_line(what: str, fetched_at: dt.datetime) -> str:
    """Return the line that the publisher asks for: source, title, day, licence.

    Examples
    --------
    >>> attribution_line("population grid 2025", dt.datetime(2026, 9, 1))
    'Source: Statistics Finland, population grid 2025, retrieved 2026-09-01. Licence: CC BY 4.0'
    """
    return (
        f"Source: Statistics Finland, {what}, retrieved {fetched_at:%Y-%m-%d}. Licence: {CC_BY_4_0}"
    )


def fetched(data: T, requested_year: int, entry: CachedFile) -> Fetched[T]:
    """Join a table with the record of the file that it was read from."""
    return Fetched(
        data=data,
        requested_year=requested_year,
        year=entry.year,
        url=entry.url,
        fetched_at=entry.fetched_at,
        licence=entry.licence,
        line=entry.line,
        sha256=entry.sha256,
        division=entry.division,
        path=entry.path,
    )
