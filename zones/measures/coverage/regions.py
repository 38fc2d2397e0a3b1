"""Regions: which ones an extent touches, and how much of each is in it."""

import pandas as pd

from geodata import countries
from zones.extents.area import Area
from zones.measures.figure import (
    exact,
    figure,
    missing,
    no_common_year,
    scale_notes,
    without_boundaries,
)
from zones.measures.surfaces import Surface, surfaces
from zones.model.figures import Measure
from zones.model.keys import country_name
from zones.texts import Text

__all__ = ["REGION_SHARES", "region_shares", "regions_touched", "without_regions"]

REGION_SHARES = ("region_share_area", "region_share_units", "region_share_people")


def without_regions(area: Area) -> Text | None:
    """Return the reason why regions cannot be counted: countries where they are not known."""
    lacking = area.units.index[area.units["region"].isna()]
    if not len(lacking):
        return None
    named = tuple(country_name(code) for code in countries.in_order(lacking))
    return Text.of("abroad.note.no_regions", countries=named)


def regions_touched(area: Area) -> Measure:
    """Count the regions with a member; in Sweden counties."""
    if unknown := without_regions(area):
        return missing(area, "regions_touched", reason=unknown)
    regions = area.units[["country", "region"]].drop_duplicates()
    return exact(area, "regions_touched", len(regions))


def region_shares(area: Area) -> list[Measure]:
    """Compute how much of each region with a member is in: of its area, municipalities and people.

    Keys are the country and the code of the region, ``FI_17`` or ``SE_25``. The bounds of the share
    of area come from the error of the borders: that between the part inside and the rest counts in
    full, the rest of the region's border by what it changes; a whole region is 100 %.

    Parameters
    ----------
    area
        An extent in a year.

    Examples
    --------
    >>> import zones
    >>> rows = region_shares(zones.area("suomen-kasvukaytava"))
    >>> {row.key: row.value for row in rows if row.name == "region_share_units"}
    {'FI_01': 100.0, 'FI_05': 100.0, 'FI_06': 100.0, 'FI_14': 100.0}
    """
    if not area.has_boundaries:
        return [without_boundaries(area, name) for name in REGION_SHARES]
    rows = []
    for country in area.countries:
        frame = area.municipalities[country]
        people, year = _people_of_all(area, country)
        held = area.units.loc[area.members(country), "region"].dropna()
        found = {
            str(region): frame.index[frame["region"] == region] for region in sorted(held.unique())
        }
        parts = {}
        for region, whole in found.items():
            member = whole.isin(area.units.index)
            parts[region, "inside"], parts[region, "rest"] = whole[member], whole[~member]
            parts[region, "whole"] = whole
        ground = surfaces(area, parts)
        for region, whole in found.items():
            inside = parts[region, "inside"]
            held = [ground[region, part] for part in ("inside", "rest", "whole")]
            key = f"{country}_{region}"
            percent = 100 * len(inside) / len(whole)
            rows += [
                _area_share(area, key, *held),
                exact(area, "region_share_units", percent, key=key, items=inside),
                _people_share(area, key, inside, whole, people=people, year=year),
            ]
    return rows


def _area_share(area: Area, key: str, inside: Surface, rest: Surface, whole: Surface) -> Measure:
    country = key[:2]
    share = inside.km2 / whole.km2
    border = area.border_error_km[country]
    low = high = None
    if border is not None:
        error = border * _share_error(inside, rest, whole)
        low, high = 100 * max(share - error, 0.0), 100 * min(share + error, 1.0)
    return figure(
        area,
        "region_share_area",
        100 * share,
        key=key,
        low=low,
        high=high,
        country=country,
        notes=scale_notes(area, [country]),
    )


def _share_error(inside: Surface, rest: Surface, whole: Surface) -> float:
    """Return how far a share of area strays for each km that borders stray.

    With areas *A* inside and *B* not, the share is A / (A + B). A border between the two moves
    area from one to the other; the rest of the region's outer border changes A or B alone.
    """
    if not rest.km2:
        return 0.0
    between = (inside.outer_km + rest.outer_km - whole.outer_km) / 2
    ours, theirs = inside.outer_km - between, rest.outer_km - between
    return (whole.km2 * between + rest.km2 * ours + inside.km2 * theirs) / whole.km2**2


def _people_share(
    area: Area,
    key: str,
    inside: pd.Index,
    whole: pd.Index,
    *,
    people: pd.Series | None,
    year: int | None,
) -> Measure:
    name = "region_share_people"
    if people is None:
        return missing(area, name, key=key, reason=no_common_year(area, key[:2]))
    percent = float(100 * people[inside].sum() / people[whole].sum())
    return exact(area, name, percent, key=key, year=year, country=key[:2])


def _people_of_all(area: Area, country: str) -> tuple[pd.Series | None, int | None]:
    """Return the newest figures that every unit of the country has."""
    figures = area.people[country].drop(columns="figure_unit")
    complete = map(int, figures.columns[figures.notna().all()])
    year = max((year for year in complete if year <= area.people_until), default=None)
    return (None if year is None else figures[year].astype("int64")), year
