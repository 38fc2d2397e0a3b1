"""Coverage: how much of the country an extent is, in which regions, in how many pieces, how compact."""

import math

import geopandas as gpd
import pandas as pd
import shapely

from zones.extents import Area
from zones.measures.rows import BORDER_ERROR_KM, exact, figure, missing
from zones.measures.ties import border_graph
from zones.membership import incidence
from zones.model import Measure, MeasureTable
from zones.texts import Text

__all__ = ["coverage", "dissolved"]

_KM2 = 1e6
_KM = 1e3


def coverage(area: Area) -> MeasureTable:
    """
    Compute what an extent covers.

    Every figure is of the dissolved extent in the division of the year: areas hold land and inland
    water without sea; each country is a coverage of its own, and areas and lengths are added up.
    Bounds of areas are at 90 %: the outer border at 1:4.5 million strays by up to 0.36 km (0.72 km
    assumed for the Swedish layer), and inner borders cancel.

    Parameters
    ----------
    area
        An extent in a year.

    Returns
    -------
    MeasureTable
        `members`, `members_with_evidence`, `area`, `area_share`, `regions_touched`,
        `region_share_area`, `region_share_units`, `region_share_people`, `pieces`, `groups`,
        `holes`, `perimeter`, `inner_border` and `compactness`. A figure that cannot be computed
        has no value and says why.

    Examples
    --------
    >>> import zones
    >>> table = coverage(zones.extent("viitoskaytava", year=2022))
    >>> table.get("members").value
    47
    >>> round(table.get("area_share").value, 1)
    30.6
    """
    rows = [*_members(area), _regions_touched(area)]
    if area.has_boundaries:
        rows += [*_areas(area), *_region_shares(area), *_shape(area)]
    else:
        rows += _without_boundaries(area)
    order = {name: position for position, name in enumerate(_ORDER)}
    return MeasureTable(sorted(rows, key=lambda row: order[row.name]))


_ORDER = {
    "members": "municipalities",
    "members_with_evidence": "municipalities",
    "area": "km2",
    "area_share": "percent",
    "regions_touched": "regions",
    "region_share_area": "percent",
    "region_share_units": "percent",
    "region_share_people": "percent",
    "pieces": "pieces",
    "groups": "groups",
    "holes": "holes",
    "perimeter": "km",
    "inner_border": "km",
    "compactness": "ratio",
}


def dissolved(area: Area, country: str) -> shapely.Geometry:
    """
    Return the union of the members of one country, in EPSG:3067.

    Examples
    --------
    >>> import zones
    >>> dissolved(zones.extent("viitoskaytava"), "FI").geom_type
    'MultiPolygon'
    """
    members = area.units.loc[area.members(country)].geometry
    union = shapely.coverage_union_all(members.to_numpy())
    return shapely.multipolygons([union]) if union.geom_type == "Polygon" else union


def _members(area: Area) -> list[Measure]:
    rows = [
        exact(
            area,
            "members",
            len(units),
            unit="municipalities",
            bases=("membership",),
            key=country,
            items=units,
        )
        for country in (None, "FI", "SE")
        for units in [area.members(country)]
    ]
    table = incidence(area.group, division=area.division)
    seen = area.units.index.intersection(table.index[table["relation"] != "extent"])
    rows.append(
        exact(
            area,
            "members_with_evidence",
            len(seen),
            unit="municipalities",
            bases=("membership",),
            items=seen,
        )
    )
    return rows


def _regions_touched(area: Area) -> Measure:
    regions = area.units[["country", "region"]].drop_duplicates()
    return exact(area, "regions_touched", len(regions), unit="regions", bases=("membership",))


def _areas(area: Area) -> list[Measure]:
    values: dict[str, float] = {}
    errors: dict[str, float] = {}
    for country in ("FI", "SE"):
        members = area.members(country)
        values[country] = float(area.units.loc[members].geometry.area.sum()) / _KM2
        outer = area.borders[country].outer_border_m(members) / _KM if len(members) else 0.0
        errors[country] = BORDER_ERROR_KM[country] * outer
    rows = []
    for key in (None, "FI", "SE"):
        parts = area.countries if key is None else (key,)
        value, error = (sum(of[part] for part in parts) for of in (values, errors))
        rows.append(_bounded(area, "area", value, error, unit="km2", key=key, parts=parts))
    finland = float(area.municipalities["FI"].geometry.area.sum()) / _KM2
    share, error = 100 * values["FI"] / finland, 100 * errors["FI"] / finland
    rows.append(_bounded(area, "area_share", share, error, unit="percent", parts=("FI",)))
    return rows


def _bounded(
    area: Area,
    name: str,
    value: float,
    error: float,
    *,
    unit: str,
    parts: tuple[str, ...],
    key: str | None = None,
) -> Measure:
    notes = []
    low: float | None = max(value - error, 0.0)
    high: float | None = value + error
    if area.own_boundaries:
        low = high = None
        notes.append(Text.of("measures.note.unknown_scale"))
    elif "SE" in parts and value:
        notes.append(Text.of("measures.note.assumed_bounds"))
    return figure(
        area,
        name,
        value,
        unit=unit,
        bases=("boundaries",),
        key=key,
        low=low,
        high=high,
        notes=notes,
        country=parts[0] if len(parts) == 1 else None,
    )


def _region_shares(area: Area) -> list[Measure]:
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
        year for year in figures.columns[figures.notna().all()] if year <= area.people_until
    ]
    if not complete:
        return None, None
    return figures[max(complete)].astype("int64"), int(max(complete))


def _shape(area: Area) -> list[Measure]:
    outer = inner = total_area = 0.0
    pieces = holes = 0
    groups = len(border_graph(area).components())
    enclosed: set[str] = set()
    for country in area.countries:
        members, borders = area.members(country), area.borders[country]
        outer += borders.outer_border_m(members) / _KM
        inner += borders.inner_border_m(members) / _KM
        shape = dissolved(area, country)
        total_area += shape.area / _KM2
        pieces += int(shapely.get_num_geometries(shape))
        rings = [
            shapely.Polygon(ring) for part in shapely.get_parts(shape) for ring in part.interiors
        ]
        holes += len(rings)
        enclosed |= _enclosed(area.municipalities[country], members, rings)
    compactness = 4 * math.pi * total_area / outer**2
    no_bounds = (Text.of("measures.note.no_bounds_length"),)
    return [
        exact(area, "pieces", pieces, unit="pieces", bases=("boundaries",)),
        exact(area, "groups", groups, unit="groups", bases=("boundaries",)),
        exact(area, "holes", holes, unit="holes", bases=("boundaries",), items=enclosed),
        figure(area, "perimeter", outer, unit="km", bases=("boundaries",), notes=no_bounds),
        figure(area, "inner_border", inner, unit="km", bases=("boundaries",), notes=no_bounds),
        figure(area, "compactness", compactness, unit="ratio", bases=("boundaries",), notes=no_bounds),
    ]


def _enclosed(frame: gpd.GeoDataFrame, members: pd.Index, rings: list[shapely.Polygon]) -> set[str]:
    """Return the non-members inside the rings."""
    outside = frame.loc[~frame.index.isin(members)]
    points = outside.geometry.representative_point().to_numpy()
    tree = shapely.STRtree(points)
    return {
        str(outside.index[position]) for ring in rings for position in tree.query(ring, "contains")
    }


def _without_boundaries(area: Area) -> list[Measure]:
    reason = Text.of("measures.note.no_geometry", division=str(area.division))
    present = {"members", "members_with_evidence", "regions_touched"}
    return [
        missing(area, name, unit=unit, bases=("boundaries",), reason=reason, key=key)
        for name, unit in _ORDER.items()
        if name not in present
        for key in ((None, "FI", "SE") if name == "area" else (None,))
    ]
