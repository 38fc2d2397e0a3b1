"""Coverage: how much of the country an extent is, where, in what shape, and along which axis."""

from collections.abc import Iterable

from geodata.units import M2_PER_KM2
from zones.extents.area import Area, Subject
from zones.extents.membership import incidence
from zones.extents.resolving import as_area
from zones.measures.coverage.overlaps import overlaps
from zones.measures.coverage.regions import region_shares, regions_touched
from zones.measures.coverage.shape import dissolved, shape
from zones.measures.coverage.spine import spine_coverage
from zones.measures.figure import (
    assumed_bounds,
    border_error,
    exact,
    figure,
    in_order,
    without_boundaries,
)
from zones.model.figures import Measure, MeasureTable
from zones.texts import Text

__all__ = ["areas", "coverage", "dissolved", "member_counts"]


def coverage(area: Subject, *, others: Subject | Iterable[Subject] | None = None) -> MeasureTable:
    """
    Compute what an extent covers.

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
        exact(
            area,
            "members",
            len(units),
            key=country,
            items=units,
        )
        for country in area.keys
        for units in [area.members(country)]
    ]
    table = incidence(area.group, division=area.division)
    seen = area.units.index.intersection(table.index[table["relation"] != "extent"])
    rows.append(
        exact(
            area,
            "members_with_evidence",
            len(seen),
            items=seen,
        )
    )
    return rows


def areas(area: Area) -> list[Measure]:
    """Return `area`, whole and by country, and `area_share`, with their bounds."""
    if not area.has_boundaries:
        keyed = [without_boundaries(area, "area", key=key) for key in area.keys]
        return [*keyed, without_boundaries(area, "area_share")]
    values: dict[str, float] = {}
    errors: dict[str, float] = {}
    for country in area.beside:
        members = area.members(country)
        values[country] = float(area.units.loc[members].geometry.area.sum()) / M2_PER_KM2
        errors[country] = border_error(area, country, members)
    rows = []
    for key in area.keys:
        parts = area.countries if key is None else (key,)
        value, error = (sum(of[part] for part in parts) for of in (values, errors))
        rows.append(_bounded(area, "area", value, error, key=key, parts=parts))
    home = area.home
    whole = float(area.municipalities[home].geometry.area.sum()) / M2_PER_KM2
    share, error = 100 * values[home] / whole, 100 * errors[home] / whole
    rows.append(_bounded(area, "area_share", share, error, parts=(home,)))
    return rows


def _bounded(
    area: Area,
    name: str,
    value: float,
    error: float,
    *,
    parts: tuple[str, ...],
    key: str | None = None,
) -> Measure:
    notes = []
    low: float | None = max(value - error, 0.0)
    high: float | None = value + error
    if area.own_boundaries:
        low = high = None
        notes.append(Text.of("measures.note.unknown_scale"))
    elif value:
        notes += assumed_bounds(parts)
    return figure(
        area,
        name,
        value,
        key=key,
        low=low,
        high=high,
        notes=notes,
        country=parts[0] if len(parts) == 1 else None,
    )
