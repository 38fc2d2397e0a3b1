"""What a service gave: the data, and everything one needs to cite and to check them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import Generic, TypeVar

__all__ = ["CC_BY_4_0", "CachedFile", "Fetched", "attribution_line", "fetched"]

T = TypeVar("T")

CC_BY_4_0 = "CC BY 4.0"


@dataclass(frozen=True, kw_only=True)
class CachedFile:
    """What the cache says of a file that was fetched earlier.

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


@dataclass(frozen=True, kw_only=True, eq=False)
class Fetched(CachedFile, Generic[T]):
    """Data from a service, with what was asked, what was given, and how to cite it.

    Attributes
    ----------
    data
        The table.
    requested_year
        The year that was asked for. A new year's layer comes months late, and until then ``year``
        is the year before.
    """

    data: T
    requested_year: int

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
    return Fetched(**dataclasses.asdict(entry), data=data, requested_year=requested_year)
