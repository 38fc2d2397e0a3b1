"""What the page draws around and between the units: backdrop, land borders, spines."""

import itertools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import shapely

import geodata
from geodata import countries
from geodata.backdrop import backdrop_geometry
from geodata.units import M_PER_KM
from zones.extents.spine import has_spine, spine_points
from zones.maps.shapes import Shapes, coordinates
from zones.maps.web.encode import SCALE, encode_lines, encode_polygons

if TYPE_CHECKING:
    from zones.model.groups import Network, Zone

__all__ = ["backdrop", "borders", "spine"]

SAME_BORDER = 4_000.0
"""Two countries' layers draw their common border up to this far apart (metres)."""


def borders(shapes: Shapes, place: Mapping[str, int]) -> list[list[int]]:
    """Return pairs of neighbours by number, with the km of border as drawn; 0 where none is."""
    if not shapes.known:
        return []
    rows: list[list[int]] = []
    for country, part in shapes.countries.items():
        known = None
        if not shapes.own:
            known = geodata.known_neighbours(shapes.division, country=country)
        borders = geodata.border_table(part.geometry)
        found = geodata.contiguity(borders, part.geometry, known=known)
        pairs = found.pairs.fillna({"length_m": 0.0})
        rows += [
            [place[left], place[right], max(1, round(length / M_PER_KM)) if length else 0]
            for left, right, length in zip(
                pairs["left"], pairs["right"], pairs["length_m"], strict=True
            )
        ]
    return rows


def backdrop(shapes: Shapes) -> dict[str, Any]:
    """Return land, lakes and borders around the units."""
    layers: dict[str, Any] = {"scale": SCALE}
    for name in ("land", "lakes"):
        drawn = encode_polygons(backdrop_geometry(name).to_numpy())
        layers[name] = [shape for shape in drawn if shape]
    layers["borders"] = encode_lines(backdrop_geometry("borders").to_numpy())
    layers["national"] = encode_lines([_national_border(shapes)])
    return layers


def _national_border(shapes: Shapes) -> Any:
    """Return the lines between countries, as the layer of the first of two draws them."""
    if not shapes.known or len(shapes.countries) < 2:
        return shapely.MultiLineString()
    whole = [
        shapely.coverage_union_all(shapes.countries[code].geometry.to_numpy())
        for code in countries.in_order(shapes.units.index)
    ]
    line = shapely.union_all(
        [
            shapely.intersection(shapely.boundary(one), shapely.buffer(other, SAME_BORDER))
            for one, other in itertools.combinations(whole, 2)
        ]
    )
    lines = gpd.GeoSeries([shapely.line_merge(line)], crs=shapes.units.crs)
    return lines.to_crs(4326).iloc[0]


def spine(shapes: Shapes, group: "Zone | Network", place: Mapping[str, int]) -> dict[str, Any]:
    """Return the points of a group's spine, the axis and the branches as runs of them."""
    if group.kind != "zone" or not shapes.known or not has_spine(group):
        return {"spine": [], "runs": []}
    table = spine_points(group)
    where = coordinates(table.geometry)
    points = [
        {
            "unit": place.get(unit),
            "lat": round(float(lat), 4),
            "lon": round(float(lon), 4),
            "branch": point.branch is not None,
        }
        for point, unit, lat, lon in zip(
            group.spine, table.index, where["lat"], where["lon"], strict=True
        )
    ]
    return {"spine": points, "runs": _runs(group)}


def _runs(group: "Zone | Network") -> list[list[int]]:
    """Return the axis and then each branch, from the axis over its own points back to it."""
    number = {point.lau_id: rank for rank, point in enumerate(group.spine)}
    axis = [rank for rank, point in enumerate(group.spine) if point.branch is None]
    branches: dict[str, list[int]] = {}
    ends: dict[str, tuple[str, ...]] = {}
    for rank, point in enumerate(group.spine):
        if point.branch is not None:
            branches.setdefault(point.branch, []).append(rank)
            ends.setdefault(point.branch, point.branch_between)
    runs = [axis]
    for name, inner in branches.items():
        tips = [number[end] for end in ends[name] if end in number]
        runs.append([*tips[:1], *inner, *tips[1:2]])
    return runs
