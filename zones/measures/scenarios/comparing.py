"""Comparing: two zones, extents or years side by side, and an area with other members."""

from collections.abc import Iterable
from dataclasses import replace

from geodata.countries import codes
from geodata.units import M2_PER_KM2
from zones.extents import resolving
from zones.extents.area import Area, Subject
from zones.measures.everything import all_measures
from zones.measures.indicators.given import Data, as_table
from zones.measures.scenarios.differences import (
    Comparison,
    Difference,
    Kind,
    differences,
    paired,
    years_differ,
)
from zones.measures.scenarios.merged import brought_in, changed_units
from zones.measures.surfaces import surfaces
from zones.model.figures import Measure
from zones.model.groups import Extent
from zones.texts import Text

__all__ = ["compare", "compared", "with_units"]


def compare(before: Subject, after: Subject, *, data: Data | None = None) -> Comparison:
    """
    Set two areas side by side: two zones, two extents of one, or two years.

    Figures of different years are never compared in silence. Where both areas are of the same
    year and their newest figures differ, people are taken at the newest year that both have; where
    the years asked for differ, or no year is common, the row's note says which two are compared.

    Parameters
    ----------
    before, after
        Areas, as `zones.area` gives them, or zones in any form (their default extents in the
        newest division).
    data
        A table of the user's, as `zones.indicators` takes it, whose figures of the area are
        compared too; those of single members are not.

    Returns
    -------
    Comparison
        A row a figure: `before`, `after` and their `difference` (after less before) with bounds.

    Examples
    --------
    >>> import zones
    >>> wide = zones.area("peramerenkaari", extent="wide-2010s")
    >>> compare(zones.area("peramerenkaari"), wide).get("members").difference
    22
    """
    sides = resolving.as_area(before), resolving.as_area(after)
    return compared(*sides, kind="compare", data=data)


def compared(
    before: Area,
    after: Area,
    *,
    kind: Kind,
    notes: Iterable[Text] = (),
    data: Data | None = None,
) -> Comparison:
    """
    Compute every figure of two areas and the differences.

    Parameters
    ----------
    before, after
        The two areas.
    kind
        Why they are compared.
    notes
        What to say of the comparison as a whole.
    data
        A table whose figures are compared too.
    """
    data = None if data is None else as_table(data)
    pairs = paired(all_measures(before, data=data), all_measures(after, data=data))
    said = [*notes, *before.notes, *after.notes]
    merged = tuple(brought_in(before, after))
    if before.year == after.year:
        pairs, years = _in_common_years(before, after, pairs, data)
        said += [Text.of("scenarios.note.common_year", year=str(year)) for year in years]
    rows = differences(pairs)
    if not {*before.own_countries, *after.own_countries}:
        rows = tuple(_with_bounds_of_change(row, before, after) for row in rows)
    if merged:  # they say by name, and with people, who was brought in
        said = [*merged, *_without_codes(said)]
        rows = tuple(replace(row, notes=tuple(_without_codes(row.notes))) for row in rows)
    same = before.units.index.equals(after.units.index)
    if same and all(row.before.value == row.after.value for row in rows):
        said.append(Text.of("scenarios.note.nothing_differs"))
    return Comparison(
        kind=kind,
        before=before,
        after=after,
        rows=rows,
        added=tuple(sorted(after.units.index.difference(before.units.index))),
        removed=tuple(sorted(before.units.index.difference(after.units.index))),
        notes=tuple(dict.fromkeys(said)),
    )


def _without_codes(notes: Iterable[Text]) -> list[Text]:
    return [note for note in notes if note.key != "measures.note.brought_in"]


def _in_common_years(
    before: Area, after: Area, pairs: list[tuple[Measure, Measure]], data: Data | None
) -> tuple[list[tuple[Measure, Measure]], tuple[int, ...]]:
    """Take what is of different years from the newest year that both have; say which years."""
    tables: dict[int, dict[tuple[str, str | None], tuple[Measure, Measure]]] = {}
    aligned = []
    for one, two in pairs:
        if not years_differ(one, two):
            aligned.append((one, two))
            continue
        key = one.key if one.key in codes() else None
        common = set(before.years_with_people(key)) & set(after.years_with_people(key))
        if not common:
            aligned.append((one, two))
            continue
        year = max(common)
        if year not in tables:
            sides = (
                all_measures(with_units(a, a.units.index, data_year=year), data=data)
                for a in (before, after)
            )
            tables[year] = {(m.name, m.key): (m, n) for m, n in paired(*sides)}
        aligned.append(tables[year].get((one.name, one.key), (one, two)))
    return aligned, tuple(sorted(tables))


def _with_bounds_of_change(row: Difference, before: Area, after: Area) -> Difference:
    """
    Give an area's difference the bounds of what changes.

    The borders that both have err in the same way and cancel, so that only the outer borders of
    the units added and of those removed count.
    """
    if row.name not in ("area", "area_share") or row.low is None or row.difference is None:
        return row
    known = {country for area in (before, after) for country in area.municipalities}
    counted = (after.home,) if row.name == "area_share" else (row.key,) if row.key else known
    older, added, removed = changed_units(before, after)
    error = 0.0
    for country in known.intersection(counted):
        side = next(a for a in (older, before, after) if country in a.municipalities)
        units = {n: c[c.str.startswith(f"{country}_")] for n, c in enumerate((added, removed))}
        error += sum(found.error_km2 or 0.0 for found in surfaces(side, units).values())
    if row.name == "area_share":
        error *= 100 / (float(after.municipalities[after.home].geometry.area.sum()) / M2_PER_KM2)
    note = (Text.of("scenarios.note.bounds_of_change"),) if error else ()
    return replace(
        row, low=row.difference - error, high=row.difference + error, notes=(*note, *row.notes)
    )


def with_units(
    area: Area, units: Iterable[str], *, called: Extent | None = None, data_year: int | None = None
) -> Area:
    """
    Return an area with other members: same group, division, years and boundaries.

    Parameters
    ----------
    area
        The area to start from.
    units
        All members, ``lau_id`` of the area's division.
    called
        An extent that says what they make up; that of the area where not given.
    data_year
        Newest year of figures; that of the area where not given.
    """
    if data_year is None and area.people_until != area.year:
        data_year = area.people_until
    changed = replace(
        called or area.extent,
        division=area.division,
        units=tuple(sorted(units)),
        default=True,
    )
    resolved = resolving.area(
        area.group.with_default(changed),
        year=area.year,
        division=area.division,
        data_year=data_year,
        **resolving.data_of(area),
    )
    return replace(resolved, notes=area.notes)
