"""Coverage: how much of the country an extent is, where, in what shape, and along which axis."""

from collections.abc import Iterable
from dataclasses import replace

from geodata.units import M2_PER_KM2
from zones.extents.area import Area, Subject
from zones.extents.membership import incidence
from zones.extents.resolving import as_area
from zones.measures.coverage.overlaps import overlaps
from zones.measures.coverage.regions import region_shares, regions_touched
from zones.measures.coverage.shape import dissolved, shape
from zones.measures.coverage.spine import spine_coverage
from zones.measures.figure import (
    exact,
    figure_of_surface,
    in_order,
    share_method,
    without_boundaries,
)
from zones.model.figures import Measure, MeasureTable

__all__ = ["areas", "coverage", "dissolved", "member_counts"]


def coverage(area: Subject, *, others: Subject | Iterable[Subject] | None = None) -> MeasureTable:
    """Compute what an extent covers.

    Every figure is of the dissolved extent in the division of the year: areas hold land and inland
    water without sea; each country is a coverage of its own, and areas and lengths are added up.
    Bounds of areas are at 90 %: the outer border at 1:4.5 million strays by up to 0.36 km (0.72 km
    assumed for the Swedish layer), and inner borders cancel.

    Parameters
    ----------
    area
        An extent in a year, or a zone in any form that `zones.area` takes.
    others
        Groups to look for overlaps with besides those of the catalogue: a user's own zones.

    Returns
    -------
    MeasureTable
        `members`, `members_with_evidence`, `area`, `area_share`, `regions_touched`,
        `region_share_area`, `region_share_units`, `region_share_people`, `pieces`, `components`,
        `holes`, `perimeter`, `inner_border`, `compactness`, `spine_length`, `spine_inside_share`,
        `spine_gaps`, and `overlap_units`, `overlap_area`, `overlap_people`, `overlap_jaccard` (a
        row another group that shares a unit). A figure that cannot be computed has no value and
        says why.

    Examples
    --------
    >>> import zones
    >>> table = coverage(zones.area("viitoskaytava", year=2022))
    >>> table.get("members").value
    47
    >>> round(table.get("area_share").value, 1)
    30.6
    """
    area = as_area(area)
    return in_order(
        [
            *member_counts(area),
            regions_touched(area),
            *areas(area),
            *region_shares(area),
            *shape(area),
            *spine_coverage(area),
            *overlaps(area, others=others),
        ]
    )


def member_counts(area: Area) -> list[Measure]:
    """Return `members`, whole and by country, and `members_with_evidence`."""
    rows = [
        exact(area, "members", len(units), key=country, items=units)
        for country in area.keys
        for units in [area.members(country)]
    ]
    table = incidence(area.group, division=area.division, former=True)
    seen = area.units.index.intersection(table.index[table["relation"] != "extent"])
    rows.append(exact(area, "members_with_evidence", len(seen), items=seen))
    return rows


def areas(area: Area) -> list[Measure]:
    """Return `area`, whole and by country, and `area_share`, with their bounds."""
    if not area.has_boundaries:
        keyed = [without_boundaries(area, "area", key=key) for key in area.keys]
        return [*keyed, without_boundaries(area, "area_share")]
    rows = []
    for key in area.keys:
        members = area.members(key)
        value = float(area.units.loc[members].geometry.area.sum()) / M2_PER_KM2
        rows.append(figure_of_surface(area, "area", value, members, key=key))
    members = area.members(area.home)
    per_km2 = 100 * M2_PER_KM2 / float(area.municipalities[area.home].geometry.area.sum())
    share = per_km2 * float(area.units.loc[members].geometry.area.sum()) / M2_PER_KM2
    of_home = figure_of_surface(area, "area_share", share, members, per_km2=per_km2)
    method = share_method(area, "area_share")
    rows.append(of_home if method is None else replace(of_home, method=method))
    return rows
