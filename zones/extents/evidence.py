"""Evidence of memberships: what is known of each unit of an extent, and over time."""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Callable

import pandas as pd

from geodata.register.carried import carried
from zones.errors import MeasureError
from zones.extents.area import Area
from zones.model.evidence import Membership
from zones.model.groups import Network, Zone

__all__ = [
    "days_of",
    "ended",
    "evidence_of",
    "evidence_years",
    "membership_period",
    "not_begun",
    "period_of",
    "rows_by_unit",
    "with_evidence",
]

_YEAR = slice(4)


def days_of(at: str | int | dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and last day of a year, month or day."""
    if isinstance(at, dt.date):
        return at, at
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", str(at))
    year, month, day = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
    try:
        first = dt.date(year, month or 1, day or 1)
    except ValueError:
        raise MeasureError(
            f"{at!r} is not a date: give a year (2021), a month ('2021-11') or a day ('2021-11-30')"
        ) from None
    last_month = month or 12
    return first, dt.date(year, last_month, day or monthrange(year, last_month)[1])


def period_of(row: Membership, group: Zone | Network) -> tuple[str | None, str | None]:
    """Return from when to when a row holds: its own dates, or those of its network."""
    if isinstance(group, Network):
        return row.valid_from or group.valid_from, row.valid_to or group.valid_to
    return row.valid_from, row.valid_to


def evidence_of(area: Area, *, known: int | None = None, outside: bool = False) -> "pd.Series[str]":
    """Return what is known of each unit of an extent: whether its membership is documented.

    ``documented``: by a row of evidence that is neither weak nor of the past, and begins no later
    than the year; what has ended since is documented with its period. ``former``: by rows of
    the past alone. ``extent``: the unit is in a documented extent, with no evidence of its own.

    Parameters
    ----------
    area
        An extent in a year.
    known
        Only what had begun by the end of this year counts; of the area's year where not given.
    outside
        Whether to return units outside the extent that evidence ties to the group, too.

    Examples
    --------
    >>> import zones
    >>> corridor = zones.area("suomen-kasvukaytava")
    >>> evidence_of(corridor).value_counts().to_dict()
    {'extent': 70, 'documented': 8}
    >>> evidence_of(corridor, known=2016).value_counts().to_dict()
    {'extent': 75, 'documented': 3}
    """
    found = dict.fromkeys(map(str, area.units.index), "extent")
    _, last_day = days_of(known or area.year)
    # What documents a membership has the last word.
    for row in sorted(area.group.memberships, key=lambda row: not row.former):
        start, _ = period_of(row, area.group)
        if row.weak or (start is not None and days_of(start)[0] > last_day):
            continue
        for unit in carried((row.lau_id,), row.division, area.division):
            if outside or unit in found:
                found[unit] = "former" if row.former else "documented"
    return pd.Series(found, name="evidence", dtype=object).rename_axis(area.units.index.name)


def with_evidence(area: Area) -> pd.Index:
    """Return the members of an extent with evidence of their own that is not weak.

    Examples
    --------
    >>> import zones
    >>> len(with_evidence(zones.area("suomen-kasvukaytava")))
    8
    """
    seen = {u for u, rows in rows_by_unit(area).items() if any(not row.weak for row in rows)}
    index: pd.Index = area.units.index
    return index[index.isin(seen)]


def ended(area: Area) -> pd.Index:
    """
    Return those of `with_evidence` for whom all that evidence ends before the area's year.

    Examples
    --------
    >>> import zones
    >>> [len(ended(zones.area("viitoskaytava", year=year))) for year in (2023, 2024)]
    [0, 47]
    """

    def is_past(row: Membership) -> bool:
        end = period_of(row, area.group)[1]
        return end is not None and days_of(end)[1].year < area.year

    return _where_all(area, is_past)


def not_begun(area: Area) -> pd.Index:
    """
    Return those of `with_evidence` for whom all that evidence begins after the area's year.

    Examples
    --------
    >>> import zones
    >>> [len(not_begun(zones.area("viitoskaytava", year=year))) for year in (2020, 2023)]
    [47, 0]
    """

    def is_to_come(row: Membership) -> bool:
        start = period_of(row, area.group)[0]
        return start is not None and days_of(start)[0].year > area.year

    return _where_all(area, is_to_come)


def _where_all(area: Area, holds: Callable[[Membership], bool]) -> pd.Index:
    by_unit, seen = rows_by_unit(area), with_evidence(area)
    return seen[[all(holds(row) for row in by_unit[unit] if not row.weak) for unit in seen]]


def rows_by_unit(area: Area) -> dict[str, list[Membership]]:
    """Return the rows of evidence by unit of the area's division, weak ones too.

    Examples
    --------
    >>> import zones
    >>> [row.role for row in rows_by_unit(zones.area("peramerenkaari"))["FI_564"]]
    ['host']
    """
    found: dict[str, list[Membership]] = {}
    for row in area.group.memberships:
        for unit in carried((row.lau_id,), row.division, area.division):
            found.setdefault(unit, []).append(row)
    return found


def evidence_years(area: Area) -> tuple[int, ...]:
    """
    Return the years, up to that of the area, at whose end more is known than a year before.

    Examples
    --------
    >>> import zones
    >>> evidence_years(zones.area("viitoskaytava"))
    (2021, 2023)
    """
    starts = {start for row in area.group.memberships if (start := period_of(row, area.group)[0])}
    years = sorted({int(start[_YEAR]) for start in starts})
    return tuple(
        year
        for year in years
        if year <= area.year
        and not evidence_of(area, known=year, outside=True).equals(
            evidence_of(area, known=year - 1, outside=True)
        )
    )


def membership_period(group: Zone | Network) -> tuple[str | None, str | None]:
    """
    Return the first and the last year that the evidence of memberships speaks of.

    Evidence that is weak or of the past does not count; an end is open where that of a row is, and
    the beginning where most rows have none.

    Examples
    --------
    >>> import zones
    >>> [membership_period(zones.get(name)) for name in ("viitoskaytava", "suomen-kasvukaytava")]
    [('2021', '2023'), ('2013', None)]
    """
    rows = [row for row in group.memberships if not row.weak and not row.former]
    periods = [period_of(row, group) for row in rows]
    starts = [start[_YEAR] for start, _ in periods if start]
    ends = [end[_YEAR] for _, end in periods if end]
    last = max(ends) if ends and len(ends) == len(periods) else None
    # Where most rows have no date, those of a few are not the zone's.
    first = min(starts) if 2 * len(starts) > len(periods) else None
    return first, last
