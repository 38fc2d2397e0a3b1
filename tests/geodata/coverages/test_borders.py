"""The border table against plain shapely, on constructed cases and on Finland."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Polygon, box

import geodata
from geodata import border_table
from geodata.errors import CoverageError

# Uusimaa, Kanta-Häme, Pirkanmaa, Etelä-Pohjanmaa
FOUR_REGIONS = {"01", "05", "06", "14"}


@pytest.fixture(scope="module")
def finland():
    return geodata.municipalities(2026)


@pytest.fixture(scope="module")
def borders(finland):
    return border_table(finland.geometry)


def shapely_contacts(polygons):
    """Every pair that touches, by plain shapely: the common border's length."""
    tree = shapely.STRtree(polygons.to_numpy())
    left, right = tree.query(polygons.to_numpy(), predicate="intersects")
    rows = {}
    for a, b in zip(left, right, strict=True):
        if a < b:
            first, second = sorted((polygons.index[a], polygons.index[b]))
            common = shapely.intersection(polygons.iloc[a], polygons.iloc[b])
            rows[first, second] = common.length
    return rows


def test_finland_agrees_with_shapely(finland, borders):
    contacts = shapely_contacts(finland.geometry)
    lines = {pair: length for pair, length in contacts.items() if length > 0}
    found = borders.pairs.set_index(["left", "right"])["length_m"]
    assert list(found.index) == sorted(lines)
    expected = pd.Series(lines).sort_index()
    assert np.allclose(found.to_numpy(), expected.to_numpy(), rtol=1e-9, atol=0)
    points = sorted(pair for pair, length in contacts.items() if length == 0)
    assert list(borders.touching.itertuples(index=False, name=None)) == points
    lengths = finland.geometry.length
    assert list(borders.perimeter_m.index) == list(finland.index)
    assert np.allclose(borders.perimeter_m, lengths, rtol=1e-9, atol=0)


def test_finland_has_the_known_number_of_borders_and_pieces(finland, borders):
    assert len(borders.pairs) == 773
    neighbours = {unit: {unit} for unit in finland.index}
    for left, right in borders.pairs[["left", "right"]].itertuples(index=False):
        joined = neighbours[left] | neighbours[right]
        for unit in joined:
            neighbours[unit] = joined
    assert len({frozenset(piece) for piece in neighbours.values()}) == 13
    assert repr(borders).startswith("<BorderTable: 308 units, 773 borders, ")


def test_four_regions_hold_179_links(finland, borders):
    members = finland.index[finland["region"].isin(FOUR_REGIONS)]
    inside = borders.induced(members)
    assert len(inside.pairs) == 179
    dissolved = shapely.union_all(finland.geometry.loc[members].to_numpy())
    assert borders.outer_border_m(members) == pytest.approx(dissolved.length, rel=1e-9)
    assert borders.inner_border_m(members) == pytest.approx(inside.pairs["length_m"].sum())
    outside = finland.geometry.drop(members)
    by_shapely = outside.index[
        [shapely.intersection(other, dissolved).length > 0 for other in outside]
    ]
    assert borders.neighbours(members) == tuple(sorted(by_shapely))


def test_many_groups_at_once_are_each_group_by_itself(finland, borders):
    groups = {key: list(units) for key, units in finland.groupby("region").groups.items()}
    groups["two"] = [*groups["01"], *groups["05"]]
    groups["nobody"] = []
    table = borders.of_groups(groups)
    for key, units in groups.items():
        row = table.loc[key]
        assert row["units"] == len(units)
        dissolved = shapely.union_all(finland.geometry.loc[units].to_numpy())
        assert row["perimeter_m"] == pytest.approx(dissolved.length, rel=1e-9, abs=1e-6)
        assert row["inner_border_m"] == pytest.approx(borders.inner_border_m(units))
        inside = borders.induced(units).pairs
        assert row["links"] == len(inside)
        assert row["neighbours"] == len(borders.neighbours(units))
        piece = {unit: {unit} for unit in units}
        for left, right in inside[["left", "right"]].itertuples(index=False):
            joined = piece[left] | piece[right]
            piece.update(dict.fromkeys(joined, joined))
        assert row["pieces"] == len({frozenset(units) for units in piece.values()})


def test_holes_and_parts():
    frame = box(0, 0, 10, 10).difference(box(4, 4, 6, 6))
    island = box(20, 0, 21, 1)
    units = gpd.GeoSeries({"ring": shapely.MultiPolygon([frame, island]), "core": box(4, 4, 6, 6)})
    table = border_table(units)
    assert table.pairs.to_numpy().tolist() == [["core", "ring", 8.0]]
    assert table.perimeter_m.to_dict() == {"ring": 52.0, "core": 8.0}
    assert table.outer_border_m(["core", "ring"]) == 44.0
    assert table.neighbours(["core"]) == ("ring",)
    assert table.neighbours("ring") == ("core",)


def test_meeting_in_a_point_is_not_a_border():
    units = gpd.GeoSeries({1: box(0, 0, 1, 1), 2: box(1, 1, 2, 2), 3: box(1, 0, 2, 1)})
    table = border_table(units)
    assert table.touching.to_numpy().tolist() == [[1, 2]]
    assert table.pairs[["left", "right"]].to_numpy().tolist() == [[1, 3], [2, 3]]
    assert table.induced([1, 2]).pairs.empty
    assert len(table.induced([1, 2]).touching) == 1


def test_one_unit_and_units_apart():
    assert border_table(gpd.GeoSeries({"a": box(0, 0, 1, 1)})).pairs.empty
    table = border_table(gpd.GeoSeries({"a": box(0, 0, 1, 1), "b": box(5, 0, 6, 1)}))
    assert table.pairs.empty
    assert table.touching.empty
    assert list(table.pairs.columns) == ["left", "right", "length_m"]


def test_minus_zero_is_the_same_place_as_zero():
    west = Polygon([(-1, -0.0), (-0.0, -0.0), (-0.0, 1), (-1, 1)])
    table = border_table(gpd.GeoSeries({"east": box(0, 0, 1, 1), "west": west}))
    assert table.pairs.to_numpy().tolist() == [["east", "west", 1.0]]


@settings(max_examples=settings.default.max_examples // 2)
@given(st.integers(2, 5), st.integers(2, 5), st.data())
def test_any_partition_of_a_grid(columns, rows, data):
    cells = [box(x, y, x + 1, y + 1) for x in range(columns) for y in range(rows)]
    owner = data.draw(st.lists(st.integers(0, 4), min_size=len(cells), max_size=len(cells)))
    units = {}
    for unit in sorted(set(owner)):
        mine = [cell for cell, who in zip(cells, owner, strict=True) if who == unit]
        # Every cell corner stays a vertex, as in a coverage that was cut on its nodes.
        merged = shapely.coverage_union_all(mine)
        units[unit] = shapely.segmentize(merged, 1.0)
    polygons = gpd.GeoSeries(units)
    table = border_table(polygons)
    contacts = shapely_contacts(polygons)
    expected = {pair: length for pair, length in contacts.items() if length > 0}
    found = {(left, right): length for left, right, length in table.pairs.itertuples(index=False)}
    assert found == pytest.approx(expected)
    points = {pair for pair, length in contacts.items() if length == 0}
    assert set(table.touching.itertuples(index=False, name=None)) == points
    whole = shapely.union_all(polygons.to_numpy())
    assert table.outer_border_m(polygons.index) == pytest.approx(whole.length)


corners = st.tuples(st.integers(0, 6), st.integers(0, 6))
shapes = st.lists(corners, min_size=3, max_size=5, unique=True).map(
    lambda nodes: shapely.MultiPoint(nodes).convex_hull
)


@settings(max_examples=settings.default.max_examples * 3)
@given(st.data())
def test_exactly_what_is_no_coverage_is_refused(data):
    nodes = data.draw(st.lists(corners, min_size=4, max_size=9, unique=True))
    polygons = list(shapely.get_parts(shapely.delaunay_triangles(shapely.MultiPoint(nodes))))
    polygons = data.draw(st.lists(st.sampled_from(polygons), unique=True)) if polygons else []
    polygons += data.draw(st.lists(shapes, max_size=2))
    polygons = [polygon for polygon in polygons if polygon.geom_type == "Polygon"]
    units = gpd.GeoSeries(polygons)
    if not polygons:
        return
    if shapely.coverage_is_valid(units.to_numpy()):
        assert np.allclose(border_table(units).perimeter_m, units.length)
    else:
        with pytest.raises(CoverageError, match="overlap or have different vertices"):
            border_table(units)


@pytest.mark.parametrize(
    ("units", "message"),
    [
        ({}, "no polygons were given"),
        ({"a": box(0, 0, 2, 2), "b": box(1, 0, 3, 2), "c": box(9, 9, 10, 10)}, "^a, b overlap"),
        ({"a": box(0, 0, 4, 4), "b": box(1, 1, 2, 2)}, "^a, b overlap|^b overlap"),
        ({"a": box(0, 0, 1, 1), "b": box(0, 0, 1, 1)}, "^a, b overlap"),
        ({"a": box(0, 0, 2, 2), "b": box(2, 0, 3, 1)}, "different vertices"),
        ({"a": Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])}, "^a with an invalid polygon .Self-"),
        ({"a": box(0, 0, 1, 1), "b": None}, "^b without a polygon"),
        ({"a": box(0, 0, 1, 1), "b": Polygon()}, "^b without a polygon"),
        ({"a": shapely.Point(0, 0)}, "^a without a polygon"),
    ],
)
def test_what_is_no_coverage_is_refused_by_name(units, message):
    with pytest.raises(CoverageError, match=message):
        border_table(gpd.GeoSeries(units))


def test_units_given_twice_and_degrees_are_refused():
    square = box(0, 0, 1, 1)
    twice = gpd.GeoSeries([square, box(1, 0, 2, 1)], index=["a", "a"])
    with pytest.raises(CoverageError, match=r"^a given more than once"):
        border_table(twice)
    with pytest.raises(CoverageError, match="in degrees"):
        border_table(gpd.GeoSeries({"a": square}, crs=4326))


def test_unknown_units_are_refused(borders):
    with pytest.raises(CoverageError, match=r"^FI_999 not among the 308 units"):
        borders.inner_border_m(["FI_091", "FI_999"])
