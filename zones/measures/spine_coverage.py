"""The spine and the extent: how long the axis is, how much runs inside, whom it crosses outside."""

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd
import shapely

import geodata
from zones.extents import Area
from zones.measures.rows import BORDER_ERROR_KM, Basis, exact, figure, missing
from zones.model import Measure
from zones.spine import has_spine, spine_points
from zones.texts import Text

__all__ = ["SPINE_UNITS", "legs", "passes", "spine_coverage"]

_KM = 1e3

SPINE_UNITS = {
    "spine_length": "km",
    "spine_inside_share": "percent",
    "spine_gaps": "municipalities",
}


@dataclass(frozen=True, eq=False)
class _Leg:
    """A straight piece of the axis between two centres, and the countries it runs through."""

    line: shapely.LineString
    countries: tuple[str, ...]


def spine_coverage(area: Area) -> list[Measure]:
    """
    Compute the spine's length, the share of it inside the extent, and whom it crosses outside.

    The axis is a straight line from centre to centre. Each country is looked at by itself: a leg
    between two centres of one country is inside where it runs through members of that country,
    and only municipalities of that country count as crossed. A leg between two countries counts
    in the whole and in neither country. Sea is outside.

    The bounds of the share are those of the extent drawn in and out by the error of its outer
    border (0.36 km; 0.72 km assumed in Sweden).

    Parameters
    ----------
    area
        An extent in a year.

    Returns
    -------
    list of Measure
        `spine_length`, `spine_inside_share`, `spine_gaps` with keys null, ``FI`` and ``SE``.

    Examples
    --------
    >>> import zones
    >>> rows = spine_coverage(zones.extent("peramerenkaari"))
    >>> [(row.key, round(row.value, 1)) for row in rows if row.name == "spine_length"]
    [(None, 448.6), ('FI', 236.3), ('SE', 210.8)]
    """
    if not has_spine(area.group):
        reason = Text.of("measures.note.no_spine")
        return [
            missing(area, name, unit=unit, bases=("centres",), reason=reason)
            for name, unit in SPINE_UNITS.items()
        ]
    pieces = legs(area)
    rows = []
    for key in (None, "FI", "SE"):
        chosen = [leg for leg in pieces if key is None or leg.countries == (key,)]
        length = float(sum(leg.line.length for leg in chosen)) / _KM
        rows.append(exact(area, "spine_length", length, unit="km", bases=("centres",), key=key))
        rows.append(_share(area, chosen, length, key))
        rows.append(_gaps(area, chosen, key))
    return rows


def legs(area: Area) -> list[_Leg]:
    """Return the pieces of a zone's axis in order, without its branches."""
    points = spine_points(area.group)
    axis = points[points["branch"].isna()]
    geometry, countries = axis.geometry.to_list(), axis.index.str[:2].to_list()
    return [
        _Leg(
            shapely.LineString([geometry[i], geometry[i + 1]]),
            tuple(sorted({countries[i], countries[i + 1]})),
        )
        for i in range(len(geometry) - 1)
    ]


def passes(area: Area) -> pd.Index:
    """
    Return the municipalities that the spine passes, each country by itself, in order of code.

    Examples
    --------
    >>> import zones
    >>> area = zones.extent("peramerenkaari")
    >>> passes(area).difference(area.units.index).tolist()
    ['FI_241', 'FI_436', 'FI_625', 'FI_748']
    """
    return _crossed(area, legs(area))


def _frame(area: Area, country: str) -> gpd.GeoDataFrame:
    """Return all units of a country; the axis may run through one where the extent has nobody."""
    if country in area.municipalities:
        return area.municipalities[country]
    return geodata.municipalities(area.division, country=country)


def _crossed(area: Area, pieces: list[_Leg]) -> pd.Index:
    found: set[str] = set()
    for country in sorted({part for leg in pieces for part in leg.countries}):
        frame = _frame(area, country)
        polygons = frame.geometry.to_numpy()
        lines = [leg.line for leg in pieces if country in leg.countries]
        which, units = shapely.STRtree(polygons).query(lines, predicate="intersects")
        # A line that meets a municipality in a point of its border does not cross it.
        shared = shapely.length(shapely.intersection(polygons[units], [lines[i] for i in which]))
        found |= set(frame.index[units[shared > 0]])
    return pd.Index(sorted(found), name="lau_id")


def _share(area: Area, pieces: list[_Leg], length: float, key: str | None) -> Measure:
    name = "spine_inside_share"
    bases: tuple[Basis, ...] = ("centres", "boundaries")
    reason = None
    if not length:
        reason = Text.of("measures.note.no_spine_in_country")
    elif not area.has_boundaries:
        reason = Text.of("measures.note.no_geometry", division=str(area.division))
    if reason is not None:
        return missing(area, name, unit="percent", bases=bases, key=key, reason=reason)
    shapes = {
        country: shapely.coverage_union_all(
            area.units.loc[area.members(country)].geometry.to_numpy()
        )
        for country in area.countries
    }
    value = 100 * _inside_km(pieces, shapes) / length
    low: float | None = None
    high: float | None = None
    notes = [Text.of("measures.note.unknown_scale")]
    if not area.own_boundaries:
        low, high = (
            100 * _inside_km(pieces, _strayed(shapes, side)) / length for side in (-_KM, _KM)
        )
        notes = [Text.of("measures.note.assumed_bounds")] if "SE" in shapes and key != "FI" else []
    return figure(
        area,
        name,
        value,
        unit="percent",
        bases=bases,
        key=key,
        low=low,
        high=high,
        notes=notes,
        country=key,
    )


def _inside_km(pieces: list[_Leg], shapes: dict[str, shapely.Geometry]) -> float:
    total = 0.0
    for leg in pieces:
        inside = [
            shapely.intersection(leg.line, shapes[country])
            for country in leg.countries
            if country in shapes
        ]
        # The two layers overlap a little at the border: what is in both is inside once.
        total += shapely.length(shapely.union_all(inside))
    return total / _KM


def _strayed(shapes: dict[str, shapely.Geometry], side: float) -> dict[str, shapely.Geometry]:
    return {
        country: shapely.buffer(shape, side * BORDER_ERROR_KM[country])
        for country, shape in shapes.items()
    }


def _gaps(area: Area, pieces: list[_Leg], key: str | None) -> Measure:
    name, unit = "spine_gaps", "municipalities"
    bases: tuple[Basis, ...] = ("centres", "boundaries", "membership")
    if not area.has_boundaries:
        reason = Text.of("measures.note.no_geometry", division=str(area.division))
        return missing(area, name, unit=unit, bases=bases, key=key, reason=reason)
    outside = _crossed(area, pieces).difference(area.units.index)
    return exact(
        area, name, len(outside), unit=unit, bases=bases, key=key, items=outside, country=key
    )
