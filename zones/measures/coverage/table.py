"""Coverage: how much of the country an extent is, where, in what shape, and along which axis."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from geodata.units import M2_PER_KM2
from zones.extents.area import Area, Subject
from zones.extents.evidence import with_evidence
from zones.extents.resolving import as_area
from zones.measures.coverage.overlaps import OVERLAPS, overlaps
from zones.measures.coverage.regions import REGION_SHARES, region_shares, regions_touched
from zones.measures.coverage.shape import SHAPE, dissolved, shape
from zones.measures.coverage.spine import SPINE, spine_coverage
from zones.measures.figure import (
    exact,
    figure_of_surface,
    in_order,
    notes_on_evidence,
    without_boundaries,
)
from zones.measures.methods import share_method
from zones.measures.parts import Graphs, Part, rows_of
from zones.measures.surfaces import surfaces
from zones.model.figures import Measure, MeasureTable

__all__ = ["areas", "coverage", "coverage_parts", "dissolved", "member_counts"]


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
    return in_order(rows_of(coverage_parts(as_area(area), others=others)))


def coverage_parts(
    area: Area,
    *,
    others: Subject | Iterable[Subject] | None = None,
    graphs: Graphs | None = None,
) -> list[Part]:
    """Return what makes the figures of `coverage`.

    Parameters
    ----------
    area
        An extent in a year.
    others
        As in `coverage`.
    graphs
        Its border graphs, where others need them too.
    """
    return [
        Part(("members", "members_with_evidence"), lambda: member_counts(area)),
        Part(("regions_touched",), lambda: [regions_touched(area)]),
        Part(("area", "area_share"), lambda: areas(area)),
        Part(REGION_SHARES, lambda: region_shares(area)),
        Part(SHAPE, lambda: shape(area, graphs=graphs)),
        Part(SPINE, lambda: spine_coverage(area)),
        Part(OVERLAPS, lambda: overlaps(area, others=others)),
    ]


def member_counts(area: Area) -> list[Measure]:
    """Return `members`, whole and by country, and `members_with_evidence`."""
    rows = [
        exact(area, "members", len(units), key=country, items=units)
        for country in area.keys
        for units in [area.members(country)]
    ]
    seen = with_evidence(area)
    notes = notes_on_evidence(area)
    rows.append(exact(area, "members_with_evidence", len(seen), items=seen, notes=notes))
    return rows


def areas(area: Area, keys: Sequence[str | None] | None = None) -> list[Measure]:
    """Return `area`, whole and by country, and `area_share`, with their bounds.

    Parameters
    ----------
    area
        An extent in a year.
    keys
        Only `area` of these countries, None for the whole.
    """
    wanted = area.keys if keys is None else keys
    if not area.has_boundaries:
        keyed = [without_boundaries(area, "area", key=key) for key in wanted]
        return keyed if keys is not None else [*keyed, without_boundaries(area, "area_share")]
    members = {key: area.members(key) for key in dict.fromkeys((*wanted, area.home))}
    found = surfaces(area, members)
    rows = [figure_of_surface(area, "area", found[k], members[k], key=k) for k in wanted]
    if keys is None:
        of = area.home
        per_km2 = 100 * M2_PER_KM2 / float(area.municipalities[of].geometry.area.sum())
        of_home = figure_of_surface(area, "area_share", found[of], members[of], per_km2=per_km2)
        method = share_method(area, "area_share")
        rows.append(of_home if method is None else replace(of_home, method=method))
    return rows
