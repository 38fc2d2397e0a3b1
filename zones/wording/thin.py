"""Figures of extents whose members are mostly without evidence: the least that is sure."""

from zones.model.contract import THIN_EVIDENCE
from zones.model.figures import MeasureTable

__all__ = ["least_people", "least_share"]


def least_people(table: MeasureTable) -> float | None:
    """
    Return the people of the members with evidence, where those are few; nothing elsewhere.

    Examples
    --------
    >>> import zones
    >>> area = zones.area("suomen-kasvukaytava")
    >>> least_people(zones.coverage(area) + zones.reach(area))
    1170951
    """
    members, seen = table.get("members").value, table.get("members_with_evidence").value
    people = table.get("population_with_evidence").value
    thin = (seen or 0) < THIN_EVIDENCE * (members or 0)
    return people if thin and people else None


def least_share(table: MeasureTable) -> float | None:
    """
    Return the share that `least_people` are, where it is of the same people in the same year.

    Examples
    --------
    >>> import zones
    >>> area = zones.area("suomen-kasvukaytava")
    >>> round(least_share(zones.coverage(area) + zones.reach(area)), 1)
    20.7
    """
    share, people, least = (
        table.get("population_share"),
        table.get("population"),
        least_people(table),
    )
    if not least or not people.value or share.value is None or share.year != people.year:
        return None
    if any(row.name == "population" and row.key and row.value not in (0, None, people.value)
           for row in table):  # fmt: skip
        return None
    return share.value * least / people.value
