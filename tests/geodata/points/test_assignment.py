"""Each point to exactly one unit."""

import itertools

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import example, given
from hypothesis import strategies as st
from shapely import Point, Polygon, box

import geodata
from geodata.errors import ArgumentError, CoverageError
from geodata.points import raster
from geodata.points.assignment import assign_points, check_totals
from geodata.points.grids import as_grid


@pytest.fixture(scope="module")
def finland():
    return geodata.municipalities(2026)


@pytest.fixture(scope="module")
def cells(finland):
    """A 2 km grid over Finland and the sea around it, with made-up people."""
    west, south, east, north = (round(edge, -3) for edge in finland.total_bounds)
    x, y = np.meshgrid(np.arange(west, east, 2000), np.arange(south, north, 2000))
    random = np.random.default_rng(20260101)
    people = random.geometric(0.1, x.size)
    order = random.permutation(x.size)
    table = {"x": x.ravel()[order], "y": y.ravel()[order], "people": people}
    return as_grid(pd.DataFrame(table))


def points_of(xy, people=None):
    places = shapely.points(np.asarray(xy, dtype=float))
    counts = range(1, len(places) + 1) if people is None else people
    return gpd.GeoDataFrame({"people": list(counts)}, geometry=places)


def by_hand(points, units):
    """Of the units that each point touches, by plain shapely, the one that sorts first."""
    found = []
    for place in points.geometry:
        touched = [unit for unit, polygon in units.items() if shapely.intersects(polygon, place)]
        found.append(min(touched, default=None))
    return found


corners = st.tuples(st.integers(0, 8), st.integers(0, 8))


@st.composite
def triangulations(draw):
    """Triangles on whole-number corners: many of the points tried are on borders and corners."""
    nodes = draw(st.lists(corners, min_size=4, max_size=12, unique=True))
    triangles = shapely.delaunay_triangles(shapely.MultiPoint(nodes))
    parts = shapely.get_parts(triangles)
    names = draw(st.permutations(range(len(parts))))
    return gpd.GeoSeries(list(parts), index=list(names))


@st.composite
def overlapping(draw):
    shapes = draw(st.lists(st.lists(corners, min_size=3, max_size=6), min_size=1, max_size=6))
    hulls = [shapely.MultiPoint(nodes).convex_hull for nodes in shapes]
    return gpd.GeoSeries([hull for hull in hulls if hull.geom_type == "Polygon"])


@st.composite
def crossing_themselves(draw):
    """Rings through corners in any order, over and across each other; some with holes and parts."""
    rings = st.lists(corners, min_size=3, max_size=6, unique=True)
    plain = st.builds(Polygon, rings)
    holed = st.builds(Polygon, rings, st.lists(rings, max_size=2))
    several = st.builds(shapely.MultiPolygon, st.lists(holed, min_size=1, max_size=3))
    units = draw(st.lists(plain | holed | several, min_size=1, max_size=8))
    return gpd.GeoSeries([*units, *units[: draw(st.integers(0, 2))]])


def surrounds(line, x, y):
    """Whether a ray to the east crosses the line an odd number of times."""
    odd = False
    for (x1, y1), (x2, y2) in itertools.pairwise(line.coords):
        odd ^= (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1)
    return odd


def holds(unit, x, y):
    return any(
        surrounds(part.exterior, x, y) and not any(surrounds(h, x, y) for h in part.interiors)
        for part in shapely.get_parts(unit)
    )


NAMED_A_POLYGON_FAR_AWAY = [
    "POLYGON ((0 1, 0 4, 0 2, 0 0, 0 3, 0 1))",
    "POLYGON ((0 0, 0 1, 6 6, 3 0, 0 0))",
    "POLYGON ((5 7, 3 4, 1 8, 1 4, 8 4, 3 2, 5 7))",
    "POLYGON ((5 7, 3 4, 1 8, 1 4, 8 4, 3 2, 5 7))",
    "POLYGON ((4 8, 3 0, 3 1, 2 2, 4 8))",
    "POLYGON ((0 3, 4 3, 4 6, 6 2, 0 3))",
    "POLYGON ((0 5, 7 7, 4 3, 1 1, 6 6, 3 0, 0 5))",
    "POLYGON ((3 8, 0 4, 1 2, 3 8))",
]


@given(crossing_themselves())
@example(gpd.GeoSeries.from_wkt(NAMED_A_POLYGON_FAR_AWAY))
def test_polygons_that_cross_themselves_never_name_another(units):
    x, y = np.meshgrid(np.arange(-1, 10) + 0.5, np.arange(-1, 10) + 0.25)
    points = points_of(np.column_stack([x.ravel(), y.ravel()]))
    for few in (points, points.iloc[:3]):
        assigned = assign_points(few, units).assigned
        for place, unit in zip(few.geometry, assigned, strict=True):
            assert unit is None or units[unit].intersects(place)
            if shapely.distance(shapely.union_all(shapely.boundary(units)), place) > 1e-9:
                around = [name for name in units.index if holds(units[name], place.x, place.y)]
                assert unit == min(around, default=None)


@pytest.mark.parametrize("regular", [True, False])
def test_parts_and_holes_that_overlap(regular):
    parts = shapely.MultiPolygon([box(0, 0, 4, 4), box(2, 0, 6, 4)])
    holes = Polygon(box(0, 10, 9, 19).exterior, [box(2, 12, 6, 16).exterior] * 2)
    beyond = Polygon(box(0, 20, 4, 24).exterior, [box(3, 21, 8, 23).exterior])
    units = gpd.GeoSeries({"parts": parts, "holes": holes, "beyond": beyond})
    places = [(3, 2), (1, 11), (4, 14), (2, 14), (3.5, 22), (6, 22), (4, 22)]
    # Off any grid, or a grid of many points.
    places += [(x + 0.5, y + 0.5) for x in range(40, 50) for y in range(30)] if regular else []
    assigned = assign_points(points_of(places), units).assigned[:7].tolist()
    assert assigned == ["parts", "holes", None, "holes", None, None, "beyond"]


@given(triangulations() | overlapping(), st.sampled_from([0.0, 0.5, 0.25, 1 / 3]))
def test_every_point_of_a_lattice_once_on_borders_and_corners_too(units, shift):
    x, y = np.meshgrid(np.arange(-1, 10), np.arange(-1, 10))
    points = points_of(np.column_stack([x.ravel() + shift, y.ravel() + shift]))
    assignment = assign_points(points, units)
    assert assignment.assigned.tolist() == by_hand(points, units)
    total = assignment.by_unit.sum() + assignment.unassigned["people"].sum()
    assert total == points["people"].sum()


@given(
    triangulations(),
    st.lists(st.tuples(st.floats(-1, 9), st.floats(-1, 9)), min_size=1, max_size=30),
    st.data(),
)
def test_points_anywhere_on_borders_and_on_triple_points_once(units, anywhere, data):
    nodes = shapely.get_coordinates(units.to_numpy())
    edges = [(nodes[at] + nodes[at + 1]) / 2 for at in range(len(nodes) - 1)]
    some = data.draw(st.lists(st.sampled_from([*nodes, *edges]), max_size=20)) if edges else []
    points = points_of([*anywhere, *(tuple(place) for place in some)])
    assignment = assign_points(points, units)
    assert assignment.assigned.tolist() == by_hand(points, units)
    assert len(assignment.assigned) == len(points)


# At seven million metres, neighbouring floating-point numbers are 2 ** -30 m apart.
hairs = st.integers(-40, 40).map(lambda count: count * 2.0**-30)


@given(st.integers(1, 3000), hairs | st.floats(1e-9, 1e-3), hairs)
def test_flat_and_steep_borders_beside_points(run, rise, offset):
    # A border that leaves a row of points by less than rounding can tell, at national coordinates.
    west, south = 300_000.0, 7_000_000.0
    line = [(west - 0.5, south + offset), (west - 0.5 + run, south + offset + rise)]
    above = Polygon([*line, (line[1][0], south + 50), (line[0][0], south + 50)])
    below = Polygon([*line, (line[1][0], south - 50), (line[0][0], south - 50)])
    units = gpd.GeoSeries({"a": above, "b": below})
    xy = [(west + step, south + row) for step in range(0, 400, 7) for row in (-7, 0, 7)]
    points = points_of(xy)
    assert assign_points(points, units).assigned.tolist() == by_hand(points, units)


def test_finland_as_geopandas_counts_it(finland, cells):
    joined = gpd.sjoin(cells.to_frame(), finland[["geometry"]], predicate="within")
    expected = joined.groupby("lau_id")["people"].sum().reindex(finland.index, fill_value=0)
    assignment = assign_points(cells, finland)
    pd.testing.assert_series_equal(assignment.by_unit, expected, check_names=False)
    assert assignment.by_unit.sum() + assignment.unassigned["people"].sum() == cells.total
    assert set(assignment.how) == {"inside", "outside"}


def test_the_raster_in_strips_is_the_raster(monkeypatch, finland, cells):
    whole = assign_points(cells, finland).position
    monkeypatch.setattr(raster, "_CELLS_AT_ONCE", 5000)
    monkeypatch.setattr(raster, "_VERTICES_AT_ONCE", 100)
    assert (assign_points(cells, finland).position == whole).all()
    order = np.lexsort([cells.x, cells.y])
    ordered = as_grid(cells.to_frame().iloc[order])
    assert (assign_points(ordered, finland).position == whole[order]).all()


def test_holes_parts_and_either_direction_of_rings():
    ring = box(0, 0, 10, 10).difference(box(3, 3, 7, 7))
    units = gpd.GeoSeries(
        {
            "a": shapely.MultiPolygon([ring, box(20, 0, 30, 10)]),
            "b": box(4, 4, 6, 6).reverse(),
            "c": shapely.orient_polygons(box(12, 0, 18, 10)),
            "none": Polygon(),
        }
    )
    x, y = np.meshgrid(np.arange(0.5, 32), np.arange(0.5, 12))
    points = points_of(np.column_stack([x.ravel(), y.ravel()]))
    assert assign_points(points, units).assigned.tolist() == by_hand(points, units)


def test_overlapping_polygons_never_give_a_wrong_unit(finland, cells):
    # Every unit laid over its neighbours by 3 km: sums of numbers would name others.
    wide = finland.geometry.iloc[:80].buffer(3000)
    assignment = assign_points(cells, wide)
    tree = shapely.STRtree(shapely.points(cells.x, cells.y))
    unit, point = tree.query(wide.to_numpy(), predicate="intersects")
    first = pd.Series(wide.index[unit], index=point).groupby(level=0).min()
    expected = first.reindex(range(len(cells)))
    assert assignment.assigned.where(assignment.assigned.notna()).equals(
        expected.astype(object).where(expected.notna())
    )
    assert "on borders or overlaps" in assignment.notes[0]


def test_points_outside_go_to_the_nearest_or_are_reported():
    units = gpd.GeoSeries({"b": box(0, 0, 10, 10), "a": box(20, 0, 30, 10)})
    points = points_of([(15, 5), (12, 5), (11, 14), (99, 5)])
    reported = assign_points(points, units)
    assert reported.unassigned["people"].tolist() == [1, 2, 3, 4]
    assert set(reported.unassigned["how"]) == {"outside"}
    near = assign_points(points, units, nearest_m=5)
    # The first is as far from both: the one that sorts first.
    assert near.assigned.tolist() == ["a", "b", "b", None]
    assert near.nearest["distance_m"].tolist() == pytest.approx([5, 2, 17**0.5])
    assert near.by_unit.to_dict() == {"b": 5, "a": 1}
    assert repr(near) == "<Assignment of 4 points: nearest 3 (6 people), outside 1 (4 people)>"
    with pytest.raises(ArgumentError, match="nearest_m -1"):
        assign_points(points, units, nearest_m=-1)


def test_a_points_own_code_goes_before_its_place(finland):
    centres = geodata.centres(2026)
    # Kempele's centre lies in Oulu's polygon at 1:4.5 million.
    kempele, helsinki = centres.geometry["FI_244"], centres.geometry["FI_091"]
    table = gpd.GeoDataFrame(
        {"people": [1, 2, 4, 8], "kunta": ["244", None, "588", "SE_2580"]},
        geometry=[kempele, kempele, helsinki, helsinki],
        crs=3067,
    )
    assignment = assign_points(table, finland)
    assert assignment.assigned.tolist() == ["FI_244", "FI_564", "FI_507", None]
    assert assignment.how.tolist() == ["code", "inside", "code", "other unit"]
    assert assignment.notes == ("FI_588 counted in FI_507, into which it was merged",)
    assert assignment.unassigned["people"].tolist() == [8]


def test_totals_against_the_register():
    units = gpd.GeoSeries({"a": box(0, 0, 10, 10), "b": box(10, 0, 20, 10)})
    assignment = assign_points(points_of([(5, 5), (15, 5)], [90, 30]), units)
    table = check_totals(assignment, {"a": 100, "b": 30, "c": 7})
    assert table.loc["a"].tolist() == [90, 100, -10, -10]
    assert table.loc["b"].tolist() == [30, 30, 0, 0]
    assert table.loc["c"].isna().tolist() == [True, False, True, True]


def test_people_in_fractions_and_other_coordinates(finland):
    table = gpd.GeoDataFrame(
        {"people": [0.25, 0.5]}, geometry=[Point(24.94, 60.17), Point(24.94, 60.18)], crs=4326
    )
    sums = assign_points(table, finland).by_unit
    assert sums["FI_091"] == 0.75
    assert sums.sum() == 0.75


def test_units_given_twice_are_refused():
    twice = gpd.GeoSeries([box(0, 0, 1, 1), box(1, 0, 2, 1)], index=["a", "a"])
    with pytest.raises(CoverageError, match="a given more than once"):
        assign_points(points_of([(0, 0)]), twice)


def test_columns_may_have_any_name_and_points_keep_theirs():
    units = gpd.GeoSeries({"FI_091": box(0, 0, 10, 10), "FI_049": box(10, 0, 20, 10)})
    points = points_of([(5, 5), (5, 6), (90, 5), (20.5, 5)], [1, 2, 4, 8])
    points = points.rename(columns={"people": "väki"}).assign(oma=["049", None, None, None])
    points.index = pd.Index(["p", "q", "r", "s"])
    assignment = assign_points(points, units, code="oma", people="väki", nearest_m=1)
    assert assignment.assigned.to_dict() == {"p": "FI_049", "q": "FI_091", "r": None, "s": "FI_049"}
    columns = ["x", "y", "people", "unit", "distance_m", "how"]
    row = [20.5, 5.0, 8, "FI_049", 0.5, "nearest"]
    nearest = pd.DataFrame([row], index=["s"], columns=columns)
    pd.testing.assert_frame_equal(assignment.nearest, nearest, check_dtype=False)
    lost = pd.DataFrame({"x": [90.0], "y": [5.0], "people": [4], "how": ["outside"]}, index=["r"])
    pd.testing.assert_frame_equal(assignment.unassigned, lost, check_dtype=False)
    assert assignment.position.dtype == np.int32
    assert assignment.how_number.dtype == np.int8


def test_what_was_done_beyond_the_rule_is_noted(finland):
    helsinki = geodata.centres(2026).geometry["FI_091"]
    there = gpd.GeoDataFrame({"people": [1], "kunta": ["588"]}, geometry=[helsinki])
    assert assign_points(there, finland).notes == (
        "the points have no CRS and are taken to be in EPSG:3067",
        "FI_588 counted in FI_507, into which it was merged",
    )
    units = gpd.GeoSeries({"a": box(0, 0, 10, 10), "b": box(10, 0, 20, 10)})
    inside = points_of([(10, 3), (10, 4.5), (5, 5)])
    assert assign_points(inside, units).notes == (
        "2 points on borders or overlaps belong to the unit that sorts first",
    )


def test_what_is_no_set_of_points_is_refused():
    units = gpd.GeoSeries({"a": box(0, 0, 10, 10)})
    with pytest.raises(ArgumentError) as refused:
        assign_points([(0, 0)], units)
    assert str(refused.value) == (
        "points are a list; give a GeoDataFrame with a column of people, or what "
        "geodata.read_grid returns"
    )


def test_a_register_is_of_numbers_by_unit_once():
    units = gpd.GeoSeries({"a": box(0, 0, 10, 10), "b": box(10, 0, 20, 10)}).rename_axis("kunta")
    assignment = assign_points(points_of([(5, 5), (15, 5)], [90, 30]), units)
    table = check_totals(assignment, {"a": "100", "b": 0})
    assert table.index.name == "kunta"
    assert list(table.columns) == ["assigned", "register", "difference", "percent"]
    assert table["difference"].to_dict() == {"a": -10, "b": 30}
    # Of nobody there is no percentage; of one person there is.
    assert table["percent"].isna().to_dict() == {"a": False, "b": True}
    assert check_totals(assignment, {"a": 1})["percent"]["a"] == 8900
    with pytest.raises(ArgumentError, match=r"^population is not of numbers \(.*many.*\); give"):
        check_totals(assignment, {"a": "many"})
    with pytest.raises(ArgumentError, match=r"^population has a more than once; give one figure"):
        check_totals(assignment, pd.Series([1, 2], index=["a", "a"]))
    with pytest.raises(ArgumentError, match=r"^population has none of the units \(a, ...\); index"):
        check_totals(assignment, {"c": 1})


@pytest.mark.parametrize(
    ("ring", "people"),
    [
        # Outside of the other a bow tie has eleven places at x = 0, and its corner (100, 0).
        ([(0, 0), (100, 100), (100, 0), (0, 100)], 12),
        ([(-9e3, -9e3), (-8e3, -8e3), (-8e3, -9e3), (-9e3, -8e3)], 0),
        ([(0, 0), (np.inf, 0), (100, 100)], None),
    ],
)
def test_a_broken_polygon_leaves_the_others_as_they_are(ring, people):
    x, y = (each.ravel() for each in np.meshgrid(np.arange(60.0) * 10, np.arange(60.0) * 10))
    points = gpd.GeoDataFrame({"people": 1}, index=range(len(x)), geometry=gpd.points_from_xy(x, y))
    units = gpd.GeoSeries({"a": box(5, 5, 205, 205), "z": Polygon(ring)})
    found = assign_points(points, units).by_unit
    # Places of both belong to the one that sorts first.
    assert found["a"] == 400
    assert people is None or found["z"] == people
