"""Evidence of memberships: what is known of each unit of an extent, and over time."""

import datetime as dt
import re
from calendar import monthrange

import pandas as pd

from geodata.register.carried import carried
from zones.errors import MeasureError
from zones.extents.area import Area
from zones.model.evidence import Membership
from zones.model.groups import Network, Zone

__all__ = [
    "days_of",
    "evidence_of",
    "evidence_years",
    "membership_period",
    "out_of_time",
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
    index: pd.Index = area.units.index
    return index[index.isin(list(_strong_rows(area)))]


def out_of_time(area: Area) -> dict[str, list[str]]:
    """
    Return those of `with_evidence` for whom all that evidence is of before or of after the year.

    Returns
    -------
    dict
        Units by ``ended`` and ``to_come``.

    Examples
    --------
    >>> import zones
    >>> for year in (2020, 2023, 2024):
    ...     found = out_of_time(zones.area("viitoskaytava", year=year))
    ...     print(len(found["ended"]), len(found["to_come"]))
    0 47
    0 0
    47 0
    """
    found: dict[str, list[str]] = {"ended": [], "to_come": []}
    for unit, rows in _strong_rows(area).items():
        periods = [period_of(row, area.group) for row in rows]
        if all(end and days_of(end)[1].year < area.year for _, end in periods):
            found["ended"].append(unit)
        elif all(start and days_of(start)[0].year > area.year for start, _ in periods):
            found["to_come"].append(unit)
    return found


def _strong_rows(area: Area) -> dict[str, list[Membership]]:
    """Return the rows that are not weak by member, of those who have one."""
    by_unit = rows_by_unit(area.group, area.division)
    strong = {
        unit: [row for row in by_unit.get(unit, ()) if not row.weak] for unit in area.units.index
    }
    return {unit: rows for unit, rows in strong.items() if rows}


def rows_by_unit(group: Zone | Network, division: int) -> dict[str, list[Membership]]:
    """Return the rows of evidence by unit of a division, weak ones too.

    Examples
    --------
    >>> import zones
    >>> [row.role for row in rows_by_unit(zones.get("peramerenkaari"), 2026)["FI_564"]]
    ['host']
    """
    found: dict[str, list[Membership]] = {}
    for row in group.memberships:
        for unit in carried((row.lau_id,), row.division, division):
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
