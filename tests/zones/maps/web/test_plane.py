"""The plane of the page: which one, where its ground ends, and that the page computes it right."""

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyproj
import pytest
import shapely

from geodata.backdrop import GROUND
from zones.maps.shapes import bundled_shapes, own_shapes
from zones.maps.web.plane import FINNISH, Plane, ground_of, plane_of, view_of

CASES = json.loads((Path(__file__).parent / "cases.json").read_text(encoding="utf-8"))["planes"]


def units_in(*box):
    """Return one unit of the user's own that fills a box of degrees."""
    return own_shapes(gpd.GeoDataFrame(geometry=[shapely.box(*box)], index=["a"], crs=4326), 2026)


def test_municipalities_are_drawn_in_epsg_3067():
    assert plane_of(bundled_shapes(2026)) == FINNISH
    ours, theirs = FINNISH.crs, pyproj.CRS.from_epsg(3067)
    lon, lat = np.meshgrid(np.linspace(5, 45, 9), np.linspace(50, 75, 9))
    there = [pyproj.Transformer.from_crs(4258, crs, always_xy=True) for crs in (ours, theirs)]
    a, b = (np.array(one.transform(lon, lat)) for one in there)
    assert np.abs(a - b).max() < 0.001


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["plane"]["name"])
def test_the_pages_figures_are_those_of_pyproj(case):
    """The same figures are held against the page's own projection by `scripts.test.mjs`."""
    transformer = pyproj.Transformer.from_crs(4258, Plane(**case["plane"]).crs, always_xy=True)
    for lat, lng, x, y in case["points"]:
        assert transformer.transform(lng, lat) == pytest.approx((x, y), abs=0.01)


@pytest.mark.parametrize(
    ("box", "meridian"),
    [
        ((22, 58, 28, 59.5), 27.0),
        ((10.1, 55.1, 39.9, 74.9), 27.0),
        ((4.5, 58, 31, 71), 17.8),
        ((6, 47, 15, 55), 10.5),
        ((-124, 25, -67, 49), -95.5),
        ((115, -40, 150, -12), 132.5),
    ],
)
def test_units_far_from_finland_have_a_meridian_through_their_middle(box, meridian):
    plane = plane_of(units_in(*box))
    assert plane.meridian == meridian
    assert plane.scale == (0.9996 if meridian == 27 else 1)


def test_units_around_half_the_globe_stay_in_web_mercator():
    assert plane_of(units_in(-90, -40, 60, 60)) is None
    assert ground_of(units_in(-90, -40, 60, 60), None) is None


def test_tiles_bring_web_mercator_back():
    shown = bundled_shapes(2026)
    assert view_of(shown, tiles=True)["plane"] is None
    assert view_of(shown, tiles=True)["ground"] is not None
    assert view_of(shown, tiles=False)["plane"]["name"] == "EPSG:3067"


def test_only_boundaries_of_ones_own_may_be_seen_from_nearer_than_their_detail():
    assert view_of(bundled_shapes(2026), tiles=False)["deepest"] == 9
    assert view_of(units_in(22, 58, 28, 59.5), tiles=False)["deepest"] > 9


@pytest.mark.parametrize("box", [(19, 59, 32, 70), (4.5, 58, 31, 71), (11, 55.5, 24, 69)])
def test_the_ground_holds_the_units_and_lies_on_the_backdrop(box):
    units = units_in(*box)
    plane = plane_of(units)
    left, bottom, right, top = ground_of(units, plane)
    edge = shapely.segmentize(shapely.box(left, bottom, right, top).exterior, 20_000)
    moved = gpd.GeoSeries([edge], crs=plane.crs).to_crs(3067).iloc[0]
    assert shapely.box(*GROUND).contains(moved)
    held = gpd.GeoSeries(units.lonlat, crs=4326).to_crs(plane.crs).total_bounds
    assert shapely.box(left, bottom, right, top).contains(shapely.box(*held))


@pytest.mark.parametrize("box", [(6, 47, 15, 55), (-124, 25, -67, 49), (115, -40, 150, -12)])
def test_where_the_backdrop_does_not_reach_there_is_none(box):
    units = units_in(*box)
    assert ground_of(units, plane_of(units)) is None
