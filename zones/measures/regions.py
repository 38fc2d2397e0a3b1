"""Regions: which ones an extent touches, and how much of each is in it."""

import pandas as pd

from zones.extents import Area
from zones.measures.rows import exact, figure, missing
from zones.model import Measure
from zones.texts import Text

__all__ = ["REGION_UNITS", "region_shares", "regions_touched"]

REGION_UNITS = {
    "regions_touched": "regions",
    "region_share_area": "percent",
    "region_share_units": "percent",
    "region_share_people": "percent",
}


def regions_touched(area: Area) -> Measure:
    """Count the regions with a member; in Sweden counties."""
    regions = area.units[["country", "region"]].drop_duplicates()
    return exact(area, "regions_touched", len(regions), unit="regions", bases=("membership",))


def region_shares(area: Area) -> list[Measure]:
    """
    Compute how much of each region with a member is in: of its area, municipalities and people.

    Keys are the country and the code of the region, ``FI_17`` or ``SE_25``.

    Parameters
    ----------
    area
        An extent in a year.

    Examples
    --------
    >>> import zones
    >>> rows = region_shares(zones.extent("suomen-kasvukaytava"))
    >>> {row.key: row.value for row in rows if row.name == "region_share_units"}
    {'FI_01': 100.0, 'FI_05': 100.0, 'FI_06': 100.0, 'FI_14': 100.0}
    """
    rows = []
    for country in area.countries:
        frame = area.municipalities[country]
        people, year = _people_of_all(area, country)
        inside = frame.index.isin(area.units.index)
        for region in sorted(area.units.loc[area.members(country), "region"].unique()):
            here = (frame["region"] == region).to_numpy()
            key = f"{country}_{region}"
            both = frame.index[here & inside]
            shares = {
                "region_share_area": _percent(frame.geometry.area, inside, here),
                "region_share_units": 100 * len(both) / int(here.sum()),
            }
            rows.append(
                figure(
                    area,
                    "region_share_area",
                    shares["region_share_area"],
                    unit="percent",
                    bases=("boundaries",),
                    key=key,
                    country=country,
                    notes=(Text.of("measures.note.no_region_bounds"),),
                )
            )
            rows.append(
                exact(
                    area,
                    "region_share_units",
                    shares["region_share_units"],
                    unit="percent",
                    bases=("membership",),
                    key=key,
                    items=both,
                )
            )
            if people is None:
                reason = Text.of("measures.note.no_common_year")
                rows.append(
                    missing(
                        area,
                        "region_share_people",
                        unit="percent",
                        bases=("people",),
                        key=key,
                        reason=reason,
                    )
                )
            else:
                rows.append(
                    exact(
                        area,
                        "region_share_people",
                        _percent(people, inside, here),
                        unit="percent",
                        bases=("people",),
                        key=key,
                        year=year,
                        country=country,
                    )
                )
    return rows


def _percent(values: pd.Series, inside: pd.Series, here: pd.Series) -> float:
    return float(100 * values[here & inside].sum() / values[here].sum())


def _people_of_all(area: Area, country: str) -> tuple[pd.Series | None, int | None]:
    """Return the newest figures that every unit of the country has."""
    figures = area.people[country].drop(columns="figure_unit")
    complete = [
        int(year)
        for year in figures.columns[figures.notna().all()]
        if int(year) <= area.people_until
    ]
    if not complete:
        return None, None
    return figures[max(complete)].astype("int64"), max(complete)
