"""Shapes on the page: the grid, common borders, outlines, a user's own units."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

import geodata
import zones
from zones.maps.shapes import MOST_SVG, bundled_shapes, outline
from zones.maps.web.encode import encode_lines, encode_polygons


@pytest.fixture(scope="module")
def data():
    return zones.map().data


def decoded(shape, scale):
    """Read a shape back, in plain Python."""
    polygons = []
    for polygon in shape:
        rings = []
        for steps in polygon:
            x = y = 0
            points = []
            for dx, dy in zip(steps[::2], steps[1::2], strict=True):
                x, y = x + dx, y + dy
                points.append((x / scale, y / scale))
            rings.append(points)
        polygons.append(rings)
    return polygons


def test_shapes_read_back_as_the_rounded_coordinates(data):
    shapes = bundled_shapes(2026)
    for place in (0, 100, 200, 300, 336):
        original = shapes.lonlat[place]
        back = decoded(data["shapes"]["shapes"][place], data["shapes"]["scale"])
        outer = {point for polygon in back for point in polygon[0]}
        rounded = {
            (round(x, 3), round(y, 3))
            for part in shapely.get_parts(original)
            for x, y in part.exterior.coords
        }
        assert outer == rounded


def test_neighbours_share_their_border_exactly(data):
    ids = data["units"]["id"]
    scale = data["shapes"]["scale"]
    helsinki, espoo = (
        {p for poly in decoded(data["shapes"]["shapes"][ids.index(u)], scale) for p in poly[0]}
        for u in ("FI_091", "FI_049")
    )
    frame = geodata.municipalities(2026).geometry
    assert shapely.intersection(frame["FI_091"], frame["FI_049"]).length > 0
    assert len(helsinki & espoo) >= 2


def test_borders_are_the_rook_pairs(data):
    # 778 true pairs in Finland; the pairs within Sweden come on top.
    finnish = [pair for pair in data["borders"] if data["units"]["country"][pair[0]] == "FI"]
    assert len(finnish) == 778


def test_empty_and_tiny_rings_are_dropped():
    tiny = shapely.box(0, 0, 1e-6, 1e-6)
    holed = shapely.box(0, 0, 1, 1).difference(shapely.box(0.5, 0.5, 0.5001, 0.5001))
    assert encode_polygons([tiny, shapely.Polygon(), holed], decimals=2)[:2] == [[], []]
    assert len(encode_polygons([holed], decimals=2)[0][0]) == 1
    assert encode_lines([shapely.LineString([(0, 0), (1e-6, 0)])]) == []


@pytest.mark.parametrize("name", ["peramerenkaari", "suomen-kasvukaytava", "viitoskaytava"])
def test_outline_holds_the_members_and_no_land_of_others(name):
    shapes, area = bundled_shapes(2026), zones.area(name)
    drawn = gpd.GeoSeries([outline(shapes, area)], crs=4326).to_crs(3067).iloc[0]
    inside = shapes.units.index.isin(area.units.index)
    areas = shapely.area(shapely.intersection(shapes.units.geometry.to_numpy(), drawn))
    total = shapes.units.geometry.area.to_numpy()
    assert areas[inside].sum() >= 0.995 * total[inside].sum()
    assert areas[~inside].sum() <= 0.01 * total[inside].sum()


def squares(count):
    boxes = [shapely.box(x * 5e3, 7e6, (x + 1) * 5e3, 7.005e6) for x in range(count)]
    frame = gpd.GeoDataFrame({"name": [f"n{i}" for i in range(count)]}, geometry=boxes, crs=3067)
    return frame.set_axis([f"X{i}" for i in range(count)])


def test_very_many_units_are_simplified_together_and_the_page_is_told():
    few, many = (zones.map(boundaries=squares(n)).data for n in (50, MOST_SVG + 1))
    assert few["simplified"] is None
    assert many["simplified"] > 0
    assert len(many["shapes"]["shapes"]) == MOST_SVG + 1 > many["most_svg"]
    assert few["groups"] == many["groups"] == []


def test_boundaries_without_a_coordinate_system_are_refused():
    with pytest.raises(ValueError, match="set one"):
        zones.map(boundaries=squares(3).set_crs(None, allow_override=True))


def test_own_boundaries_of_known_municipalities_get_their_facts():
    finer = geodata.municipalities(2026)[["geometry"]]
    data = zones.map("viitoskaytava", boundaries=finer).data
    assert len(data["units"]["id"]) == 308
    place = data["units"]["id"].index("FI_507")
    assert (data["units"]["fi"][place], data["units"]["people"][place]) == ("Mäntyharju", 7034)
    assert data["scale"] is None
    assert not [one for one in data["attribution"] if "kunta4500k" in one["line"]["en"]]
    area = zones.area("viitoskaytava", boundaries=geodata.municipalities(2026))
    assert zones.map(area, networks=False).data["scale"] is None


def test_what_a_zone_says_of_itself_is_there(data):
    published = {group["id"]: group["published"] for group in data["groups"]}
    assert published["suomen-kasvukaytava"]["n"] == 17
    assert published["peramerenkaari"]["n"] == 15
    assert published["viitoskaytava"] is None


def test_numbers_of_shapes_are_plain_integers(data):
    steps = data["shapes"]["shapes"][0][0][0]
    assert all(type(step) is int for step in steps)
    assert not any(isinstance(step, np.integer) for step in steps)
