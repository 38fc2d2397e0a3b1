"""Edges of polygons however their rings run, and vertices told apart by more than their hash."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geodata import border_table
from geodata.coverages import edges

RING = shapely.box(0, 0, 9, 9).difference(shapely.box(3, 3, 6, 6))
UNITS = gpd.GeoSeries(
    {
        "ring": shapely.MultiPolygon([RING, shapely.box(20, 0, 21, 1)]),
        "core": shapely.box(3, 3, 6, 6),
        "east": shapely.Polygon([(9, 0), (12, 0), (12, 9), (9, 9)]),
    }
)


def figures(units):
    table = border_table(units)
    return table.pairs.to_numpy().tolist(), table.perimeter_m.to_dict()


@pytest.mark.parametrize("clockwise", [True, False, "mixed"])
def test_it_does_not_matter_how_rings_run(clockwise):
    turned = shapely.orient_polygons(UNITS.to_numpy(), exterior_cw=clockwise is not False)
    if clockwise == "mixed":
        turned[1] = shapely.reverse(turned[1])
    pairs, perimeters = figures(gpd.GeoSeries(turned, index=UNITS.index))
    assert pairs == [["core", "ring", 12.0], ["east", "ring", 9.0]]
    assert perimeters == {"ring": 52.0, "core": 12.0, "east": 24.0}


def test_edges_are_those_of_oriented_polygons_one_way_or_the_other():
    found = edges.edges_of(shapely.reverse(UNITS.to_numpy()))
    parts = shapely.get_parts(shapely.orient_polygons(UNITS.to_numpy()))
    rings = shapely.get_rings(parts)
    expected = {
        (start, end)
        for ring in rings
        for start, end in zip(ring.coords[:-1], ring.coords[1:], strict=True)
    }
    places = [(place.real, place.imag) for place in found.places]
    got = {(places[a], places[b]) for a, b in zip(found.start, found.end, strict=True)}
    assert got in (expected, {(end, start) for start, end in expected})
    assert np.allclose(found.lengths, np.abs(found.places[found.end] - found.places[found.start]))


def test_places_of_one_hash_stay_apart(monkeypatch):
    expected = figures(UNITS)
    monkeypatch.setattr(edges, "_MIX", np.zeros(2, dtype=np.uint64))
    assert figures(UNITS) == expected
