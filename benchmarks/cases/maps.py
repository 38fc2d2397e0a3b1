"""The polygons of a map, from shapely to the text that a page carries."""

import json

import folium
import numpy as np
import shapely

from benchmarks.data import detailed
from benchmarks.harness import Result, compare
from zones.maps.web.encode import DECIMALS, encode_polygons

__all__ = ["polygons"]


def polygons() -> Result:
    """Time the polygons of 112,000 vertices, against a folium layer at full precision."""
    frame = detailed().to_crs(4326)
    shapes = frame.geometry.to_numpy()
    named = frame[["name_fi", "geometry"]]

    def ours() -> str:
        return json.dumps(encode_polygons(shapes), separators=(",", ":"))

    def theirs() -> str:
        page = folium.Map()
        folium.GeoJson(named, tooltip=folium.GeoJsonTooltip(["name_fi"])).add_to(page)
        return page.get_root().render()

    def check(mine: str, other: str) -> str:
        rings = [ring for unit in json.loads(mine) for part in unit for ring in part]
        read = np.concatenate([np.cumsum(np.array(ring).reshape(-1, 2), axis=0) for ring in rings])
        corners = {tuple(place) for place in read.tolist()}
        given = np.rint(shapely.get_coordinates(shapes) * 10**DECIMALS).astype(int)
        assert {tuple(place) for place in given.tolist()} == corners
        return f"vertices to {DECIMALS} decimals; {len(mine) / len(other):.2f} of the size"

    return compare(
        "map layer, 308 polygons, 112k vertices",
        "folium.GeoJson",
        ours,
        theirs,
        check=check,
        target=12,
        rounds=3,
    )
