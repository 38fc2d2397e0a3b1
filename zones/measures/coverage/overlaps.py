"""Overlaps: what an extent has in common with other zones, networks and users' own zones."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeAlias

import numpy as np
import pandas as pd

from geodata.register.carried import carried
from zones.catalogue.finding import groups_of
from zones.catalogue.names import all_groups
from zones.extents.area import Area, Subject
from zones.measures.figure import (
    exact,
    figure_of_surface,
    group_text,
    missing,
    no_common_year,
    without_boundaries,
)
from zones.measures.surfaces import surfaces
from zones.model.figures import Measure
from zones.model.groups import Group, Network, Zone

__all__ = ["OVERLAPS", "overlaps"]

OVERLAPS = ("overlap_units", "overlap_area", "overlap_people", "overlap_jaccard")

_Shared: TypeAlias = Mapping[Group, pd.Index]
"""The units that an extent has in common with each of several groups."""


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
    inside = set(area.units.index)
    groups, either = {}, {}
    for group in _others(area, others):
        extent = group.default_extent
        theirs = set(carried(extent.units, extent.division, area.division))
        if not theirs.isdisjoint(inside):
            groups[group] = area.units.index[area.units.index.isin(theirs)]
            either[group] = len(theirs | inside)
    ground = _ground(area, groups)
    people = _people(area, groups)
    rows = []
    for group, both in groups.items():
        found = [
            exact(area, "overlap_units", len(both), key=group.id, items=both),
            ground[group],
            people[group],
            exact(area, "overlap_jaccard", len(both) / either[group], key=group.id),
        ]
        rows += [replace(row, of=group_text(group)) for row in found]
    return rows


def _others(area: Area, others: Subject | Iterable[Subject] | None) -> list[Zone | Network]:
    """Return the groups to compare with, those of the catalogue first, each once."""
    given = () if others is None else groups_of(others)
    groups = {group.id: group for group in (*all_groups(), *given)}
    return [group for group in groups.values() if group.id != area.group.id and group.extents]


def _ground(area: Area, groups: _Shared) -> dict[Group, Measure]:
    name = "overlap_area"
    if not area.has_boundaries:
        return {group: without_boundaries(area, name, key=group.id) for group in groups}
    found = surfaces(area, {group.id: both for group, both in groups.items()})
    return {
        group: figure_of_surface(area, name, found[group.id], both, key=group.id)
        for group, both in groups.items()
    }


def _people(area: Area, groups: _Shared) -> dict[Group, Measure]:
    """Count the people of what is shared in the newest year that all of its units have."""
    name = "overlap_people"
    table = area.people_of({group.id: both for group, both in groups.items()})
    years = [int(year) for year in table.columns]
    people_by_group = {
        key: dict(zip(years, row, strict=True))
        for key, row in zip(table.index, table.to_numpy(), strict=True)
    }
    found = {}
    for group in groups:
        row = people_by_group[group.id]
        known = [year for year, people in row.items() if not np.isnan(people)]
        if not known:
            reason = no_common_year(area)
            found[group] = missing(area, name, key=group.id, reason=reason)
        else:
            year = known[-1]
            found[group] = exact(area, name, int(row[year]), key=group.id, year=year)
    return found
