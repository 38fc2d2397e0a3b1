"""The spine and the extent: how long the axis is, how much runs inside, whom it crosses outside."""

from collections.abc import Mapping

import shapely
from shapely.geometry.base import BaseGeometry

import geodata
from geodata.units import M_PER_KM
from zones.extents.area import Area
from zones.extents.corridors import Leg, crossed, spine_legs
from zones.extents.spine import centres_of, has_spine, spine_points
from zones.measures.figure import (
    exact,
    figure,
    missing,
    scale_notes,
    stand_ins,
    without_boundaries,
)
from zones.model.figures import Measure
from zones.texts import Text

__all__ = ["SPINE", "spine_coverage"]

SPINE = ("spine_length", "spine_inside_share", "spine_gaps")


def spine_coverage(area: Area) -> list[Measure]:
    """Compute the spine's length, the share of it inside the extent, and whom it crosses outside.

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
    >>> rows = spine_coverage(zones.area("peramerenkaari"))
    >>> [(row.key, round(row.value, 1)) for row in rows if row.name == "spine_length"]
    [(None, 448.6), ('FI', 236.3), ('SE', 210.8)]
    """
    if not has_spine(area.group):
        reason = Text.of("measures.note.no_spine")
        return [missing(area, name, reason=reason) for name in SPINE]
    pieces = spine_legs(area)
    points = spine_points(area)
    inside = stand_ins(centres_of(area.countries, area.division, area.crs).reindex(points.index))
    rows = []
    for key in area.keys:
        chosen = [leg for leg in pieces if key is None or leg.countries == (key,)]
        length = float(sum(leg.line.length for leg in chosen)) / M_PER_KM
        rows += [
            exact(area, "spine_length", length, key=key, notes=inside),
            _share(area, chosen, length, key),
            _gaps(area, chosen, key),
        ]
    return rows


def _share(area: Area, pieces: list[Leg], length: float, key: str | None) -> Measure:
    name = "spine_inside_share"
    if not length:
        return missing(area, name, key=key, reason=Text.of("measures.note.no_spine_in_country"))
    if not area.has_boundaries:
        return without_boundaries(area, name, key=key)
    shapes = {
        country: shapely.coverage_union_all(
            area.units.loc[area.members(country)].geometry.to_numpy()
        )
        for country in area.countries
    }
    value = 100 * _inside_km(pieces, shapes) / length
    low = high = None
    errors = {c: error for c in shapes if (error := area.border_error_km[c]) is not None}
    if len(errors) == len(shapes):
        drawn_in = {c: shapely.buffer(shapes[c], -M_PER_KM * errors[c]) for c in shapes}
        drawn_out = {c: shapely.buffer(shapes[c], M_PER_KM * errors[c]) for c in shapes}
        low = 100 * _inside_km(pieces, drawn_in) / length
        high = 100 * _inside_km(pieces, drawn_out) / length
    notes = scale_notes(area, [part for part in shapes if key in (None, part)])
    return figure(area, name, value, key=key, low=low, high=high, notes=notes, country=key)


def _inside_km(pieces: list[Leg], shapes: Mapping[str, BaseGeometry]) -> float:
    total = 0.0
    for leg in pieces:
        inside = [
            shapely.intersection(leg.line, shapes[country])
            for country in leg.countries
            if country in shapes
        ]
        # The two layers overlap a little at the border: what is in both is inside once.
        total += float(shapely.length(shapely.union_all(inside)))
    return total / M_PER_KM


def _gaps(area: Area, pieces: list[Leg], key: str | None) -> Measure:
    name = "spine_gaps"
    if not area.has_boundaries:
        return without_boundaries(area, name, key=key)
    frames = {
        country: area.municipalities[country]
        if country in area.municipalities
        else geodata.municipalities(area.division, country=country).to_crs(area.crs)
        for country in sorted({part for leg in pieces for part in leg.countries})
    }
    outside = crossed(pieces, frames).difference(area.units.index)
    return exact(area, name, len(outside), key=key, items=outside, country=key)
