"""Evidence over time: the years in which what is known changes, and the period that it is of."""

from zones.extents.area import Area
from zones.extents.membership import evidence_of, period_of
from zones.model.groups import Network, Zone

__all__ = ["evidence_years", "membership_period"]

_YEAR = slice(4)


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

    Evidence that is weak or of the past does not count; an end is open where that of a row is.

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
    return min(starts, default=None), last
