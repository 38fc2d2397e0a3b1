"""Overlaps: what an extent has in common with other zones, networks and users' own zones."""

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from geodata.register.carried import carried
from geodata.units import M2_PER_KM2
from zones.catalogue.finding import groups_of
from zones.catalogue.names import all_groups
from zones.extents.area import Area, Subject
from zones.measures.figure import (
    exact,
    figure_of_surface,
    group_text,
    missing,
    without_boundaries,
)
from zones.model.figures import Measure
from zones.model.groups import Network, Zone
from zones.texts import Text

__all__ = ["overlaps"]


def overlaps(area: Area, *, others: Subject | Iterable[Subject] | None = None) -> list[Measure]:
    r"""Compute what an extent has in common with each other group that shares a unit with it.

    The other group is its default extent, carried to the division of the area. Similarity is the
    Jaccard index of the two sets of units, :math:`|A \cap B| / |A \cup B|` (Jaccard 1901).

    Parameters
    ----------
    area
        An extent in a year.
    others
        Groups to compare with besides those of the catalogue: a user's own zones.

    Returns
    -------
    list of Measure
        `overlap_units`, `overlap_area`, `overlap_people` and `overlap_jaccard`, a row another
        group. People are those of the newest year that all shared units have.

    Examples
    --------
    >>> import zones
    >>> rows = overlaps(zones.area("peramerenkaari"))
    >>> sorted(row.key for row in rows if row.name == "overlap_units")[-1]
    'ydinkeskustan-kestava-tulevaisuus'
    """
    rows: list[Measure] = []
    for group in _others(area, others):
        extent = group.default_extent
        theirs = set(carried(extent.units, extent.division, area.division))
        both = area.units.index[area.units.index.isin(theirs)]
        if len(both):
            found = _overlap(area, group.id, both, len(theirs | set(area.units.index)))
            rows += [replace(row, of=group_text(group)) for row in found]
    return rows


def _others(area: Area, others: Subject | Iterable[Subject] | None) -> list[Zone | Network]:
    """Return the groups to compare with, those of the catalogue first, each once."""
    given = () if others is None else groups_of(others)
    groups = {group.id: group for group in (*all_groups(), *given)}
    return [group for group in groups.values() if group.id != area.group.id and group.extents]


def _overlap(area: Area, key: str, both: pd.Index, either: int) -> list[Measure]:
    return [
        exact(area, "overlap_units", len(both), key=key, items=both),
        _area(area, key, both),
        _people(area, key, both),
        exact(area, "overlap_jaccard", len(both) / either, key=key),
    ]


def _area(area: Area, key: str, both: pd.Index) -> Measure:
    name = "overlap_area"
    if not area.has_boundaries:
        return without_boundaries(area, name, key=key)
    value = float(area.units.loc[both].geometry.area.sum()) / M2_PER_KM2
    return figure_of_surface(area, name, value, both, key=key)


def _people(area: Area, key: str, both: pd.Index) -> Measure:
    name = "overlap_people"
    shared = area.only(both)
    year = max(shared.years_with_people(), default=None)
    people = None if year is None else shared.population_in(year)
    if people is None:
        return missing(area, name, key=key, reason=Text.of("measures.note.no_common_year"))
    return exact(area, name, people, key=key, year=year)
