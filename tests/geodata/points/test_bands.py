"""Bands of distance and shares of area against plain shapely."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

import geodata
from geodata.errors import CoverageError
from geodata.points import bands
from geodata.points.bands import PointIndex, inside_share, within_distance_bands

DISTANCES = [0, 5_000, 10_000, 25_000]


def plainly(x, y, geometry, distances):
    apart = shapely.distance(geometry, shapely.points(x, y))
    found = np.full(len(x), np.inf)
    for limit in sorted(distances, reverse=True):
        found[apart <= limit] = limit
    return found


@pytest.fixture(scope="module")
def zones():
    finland = geodata.municipalities(2026)
    members = finland[finland["region"].isin(["16", "17"])].geometry.to_numpy()
    centres = shapely.centroid(members)
    whole = shapely.union_all(members)
    return {
        "zone": whole,
        "outline": shapely.boundary(whole),
        "spine": shapely.LineString(shapely.get_coordinates(centres)),
        "centres": shapely.MultiPoint(centres),
        "mixed": shapely.GeometryCollection([members[0], shapely.MultiPoint(centres)]),
    }


@pytest.mark.parametrize("kind", ["zone", "outline", "spine", "centres", "mixed"])
@pytest.mark.parametrize("on_grid", [True, False])
def test_bands_are_exact(zones, kind, on_grid):
    geometry = zones[kind]
    west, south, east, north = shapely.bounds(zones["zone"])
    x, y = np.meshgrid(
        np.arange(west // 1000 * 1000 - 40_000, east + 40_000, 2000),
        np.arange(south // 1000 * 1000 - 40_000, north + 40_000, 2000),
    )
    x, y = x.ravel(), y.ravel()
    if not on_grid:
        random = np.random.default_rng(3)
        x, y = x + random.uniform(0, 2000, len(x)), y + random.uniform(0, 2000, len(y))
    found = within_distance_bands(x, y, geometry, DISTANCES)
    assert (found == plainly(x, y, geometry, DISTANCES)).all()
    mixed_up = np.random.default_rng(4).permutation(len(x))
    at, near = PointIndex.of(x[mixed_up], y[mixed_up]).within(geometry, DISTANCES)
    of_all = np.full(len(x), np.inf)
    of_all[mixed_up[at]] = near
    assert (of_all == found).all()
    assert np.isfinite(near).all()


def test_an_index_of_points_finds_none_near_what_is_far_or_empty():
    points = PointIndex.of(np.arange(5.0), np.zeros(5))
    for geometry in (shapely.Point(2, 99), shapely.Point(99, 0), shapely.Polygon(), None):
        at, near = points.within(geometry, [0, 10])
        assert (len(at), len(near)) == (0, 0)
    assert points.within(shapely.Point(2, 3), [5, 3])[0].tolist() == [0, 1, 2, 3, 4]
    assert points.within(shapely.Point(2, 3), [3])[0].tolist() == [2]
    with pytest.raises(CoverageError, match="0 or more"):
        points.within(shapely.Point(0, 0), [])


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=3, max_size=8),
    st.lists(st.integers(0, 12), min_size=1, max_size=4),
)
def test_whole_numbers_make_ties_and_ties_are_within(nodes, distances):
    geometry = shapely.MultiPoint(nodes).convex_hull
    x, y = np.meshgrid(np.arange(-10.0, 45.0), np.arange(-10.0, 45.0))
    found = within_distance_bands(x.ravel(), y.ravel(), geometry, distances)
    assert (found == plainly(x.ravel(), y.ravel(), geometry, distances)).all()


def test_a_spine_far_from_all_points_and_no_geometry():
    x, y = np.meshgrid(np.arange(0.0, 60.0), np.arange(0.0, 60.0))
    far = shapely.Point(1e6, 1e6)
    assert np.isinf(within_distance_bands(x.ravel(), y.ravel(), far, [10])).all()
    assert np.isinf(within_distance_bands(x.ravel(), y.ravel(), shapely.Polygon(), [10])).all()


def test_share_of_area_of_cells_that_are_squares_elsewhere(zones):
    geometry = zones["zone"]
    frame = gpd.GeoSeries([geometry], crs=3067).to_crs(3035)
    west, south, east, north = frame.total_bounds // 4000 * 4000
    x, y = np.meshgrid(np.arange(west, east + 4000, 4000), np.arange(south, north + 4000, 4000))
    x, y = x.ravel(), y.ravel()
    cells = gpd.GeoSeries(shapely.box(x, y, x + 4000, y + 4000), crs=3035).to_crs(3067)
    expected = cells.intersection(geometry).area / cells.area
    centres = gpd.GeoSeries(gpd.points_from_xy(x + 2000, y + 2000), crs=3035).to_crs(3067)
    share = inside_share(
        centres.x.to_numpy(), centres.y.to_numpy(), 4000, geometry, crs=3067, cells_crs=3035
    )
    assert np.allclose(share, expected, rtol=0, atol=1e-6)
    assert ((share > 0) & (share < 1)).sum() > 10


@pytest.mark.parametrize("distances", [[], [-1, 5], [np.nan]])
def test_distances_that_cannot_be(distances):
    with pytest.raises(CoverageError, match="0 or more"):
        within_distance_bands(np.zeros(1), np.zeros(1), shapely.Point(0, 0), distances)


def test_share_of_area(zones):
    geometry = zones["zone"]
    west, south, east, north = shapely.bounds(geometry)
    x, y = np.meshgrid(np.arange(west, east + 5000, 5000), np.arange(south, north + 5000, 5000))
    x, y = x.ravel(), y.ravel()
    cells = gpd.GeoSeries(shapely.box(x - 2500, y - 2500, x + 2500, y + 2500))
    expected = cells.intersection(geometry).area / 5000**2
    share = inside_share(x, y, 5000, geometry)
    assert np.allclose(share, expected, rtol=0, atol=1e-9)
    assert share.sum() * 5000**2 == pytest.approx(geometry.area, rel=1e-9)
    with pytest.raises(CoverageError, match="more than 0"):
        inside_share(x, y, 0, geometry)


def test_few_points_take_the_exact_test_alone(zones, monkeypatch):
    monkeypatch.setattr(bands, "_along", None)
    x, y = shapely.get_coordinates(zones["centres"]).T
    assert (within_distance_bands(x, y, zones["zone"], [0, 1]) < np.inf).all()
