"""The page in its plane: the view, its limits, and that nobody sees the ground end."""

import re

import folium
import geopandas as gpd
import pyproj
import pytest
import shapely

import geodata
import zones
from geodata import countries
from geodata.backdrop import GROUND
from tests.zones.maps.web.taking import PNG, taken

pytestmark = pytest.mark.browser

MAP = "Object.values(window).find(value => value instanceof L.Map)"
CORNERS = f"""() => {{
    const map = {MAP}, {{ x, y }} = map.getSize();
    const edge = [];
    for (let step = 0; step <= 20; step += 1) {{
        const part = step / 20;
        edge.push([part * x, 0], [part * x, y], [0, part * y], [x, part * y]);
    }}
    return edge.map(point => map.containerPointToLatLng(point)).map(({{ lat, lng }}) => [lng, lat]);
}}"""
to_plane = pyproj.Transformer.from_crs(4258, 3067, always_xy=True)


def in_plane(degrees):
    return [to_plane.transform(*point) for point in degrees]


def test_the_map_is_upright_in_epsg_3067_and_its_scale_is_true(opened, whole):
    seen = opened(whole)
    points = in_plane(seen.page.evaluate(CORNERS))
    lefts = [x for x, _ in points[2::4]]
    assert max(lefts) - min(lefts) < 10
    size = seen.page.evaluate(f"() => {MAP}.getSize()")
    said = seen.text(".leaflet-control-scale-line")
    bar = seen.page.locator(".leaflet-control-scale-line").bounding_box()["width"]
    wide = points[3][0] - points[2][0]
    shown = float(re.match(r"\d+", said)[0]) * 1000
    assert shown == pytest.approx(bar * wide / size["x"], rel=0.03)


@pytest.mark.parametrize(
    ("width", "height"), [(1920, 1080), (2560, 900), (1440, 900), (820, 1180), (390, 844)]
)
def test_no_view_shows_the_end_of_the_ground(opened, whole, width, height):
    seen = opened(whole, viewport={"width": width, "height": height})
    box = shapely.box(*GROUND)
    move = f"""([x, y]) => {{
        const map = {MAP};
        map.setZoom(0, {{ animate: false }});
        map.panBy([x, y], {{ animate: false }});
        map.panInsideBounds(map.options.maxBounds, {{ animate: false }});
    }}"""
    for way in [(-9000, -9000), (9000, -9000), (9000, 9000), (-9000, 9000)]:
        seen.page.evaluate(move, way)
        view = shapely.MultiPoint(in_plane(seen.page.evaluate(CORNERS)))
        assert box.contains(view)


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_all_units_are_in_the_first_view_and_fill_it(opened, whole, width, height):
    seen = opened(whole, viewport={"width": width, "height": height})
    frame = seen.page.locator(".leaflet-container").bounding_box()
    boxes = seen.page.locator("path.unit").evaluate_all(
        """paths => paths.map(path => path.getBoundingClientRect())
            .map(box => [box.x, box.y, box.right, box.bottom])"""
    )
    left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
    right, bottom = max(b[2] for b in boxes), max(b[3] for b in boxes)
    assert frame["x"] <= left
    assert right <= frame["x"] + frame["width"]
    assert frame["y"] <= top
    assert bottom <= frame["y"] + frame["height"]
    assert max((right - left) / frame["width"], (bottom - top) / frame["height"]) > 0.75


def test_zooming_ends_where_the_data_do(opened, whole):
    seen = opened(whole, address="at=65/25.5/14")
    assert seen.page.evaluate(f"() => {MAP}.getZoom()") == 9
    assert "leaflet-disabled" in seen.page.locator(".leaflet-control-zoom-in").get_attribute(
        "class"
    )


def test_layers_of_folium_stay_in_degrees(opened, tmp_path):
    made = zones.map("viitoskaytava", networks=False, lang="fi")
    folium.CircleMarker([65.0121, 25.4651], radius=5, class_name="own").add_to(made)
    seen = opened(made.save(tmp_path / "map.html"))
    dot = seen.page.locator("path.own").bounding_box()
    place = seen.page.evaluate(
        f"""() => {{
        const map = {MAP}, box = map.getContainer().getBoundingClientRect();
        const point = map.latLngToContainerPoint([65.0121, 25.4651]);
        return [point.x + box.x, point.y + box.y];
    }}"""
    )
    assert dot["x"] + dot["width"] / 2 == pytest.approx(place[0], abs=1)
    assert dot["y"] + dot["height"] / 2 == pytest.approx(place[1], abs=1)


def test_units_far_away_are_upright_on_plain_ground(opened, tmp_path):
    squares = [shapely.box(10 + n, 45, 11 + n, 46) for n in range(4)]
    units = gpd.GeoDataFrame({"name": list("abcd")}, geometry=squares, index=list("abcd"), crs=4326)
    seen = opened(zones.map(boundaries=units, lang="fi").save(tmp_path / "map.html"))
    assert seen.count("path.unit") == 4
    tops = seen.page.locator("path.unit").evaluate_all(
        "paths => paths.map(path => path.getBoundingClientRect().top)"
    )
    # The meridian runs between the second and the third: the sides are mirror images.
    assert tops[0] == pytest.approx(tops[3], abs=1)
    assert tops[1] == pytest.approx(tops[2], abs=1)
    assert seen.page.evaluate("() => document.documentElement.dataset.ground") == "none"


def lattice(side):
    """Return a country of eight rows of eight squares, so many metres wide, west of Helsinki."""
    places = [(across, up) for across in range(8) for up in range(8)]
    codes = [f"{across}{up}" for across, up in places]
    squares = [
        shapely.box(385_000 + x * side, 6_672_000 + y * side, 385_000 + (x + 1) * side,
                    6_672_000 + (y + 1) * side)
        for x, y in places
    ]  # fmt: skip
    frame = gpd.GeoDataFrame(
        {"LAU_ID": codes, "LAU_NAME": codes, "POP_2023": range(64)}, geometry=squares, crs=3067
    )
    return geodata.as_country(frame, code="XA", called="Lattice", credit="Made", crs=3067)


@pytest.mark.parametrize(("side", "deepest"), [(1_000, 14), (100, 18)])
def test_units_of_a_kilometre_or_less_are_square_and_fill_the_map(opened, tmp_path, side, deepest):
    # An L of 32 units: what is not in it inside its bend must not be bridged as a strait is.
    inside = [f"XA_{x}{y}" for x in range(7) for y in range(8) if x < 3 or y < 2]
    with countries.session():
        geodata.use_countries([lattice(side)])
        zone = zones.read_zone(inside, name_fi="Oma", id="oma")
        path = zones.map(zone, networks=False, lang="fi").save(tmp_path / "map.html")
    seen = opened(path)
    assert seen.page.evaluate(f"() => {MAP}.getMaxZoom()") == deepest
    boxes = seen.page.locator("path.unit").evaluate_all(
        """paths => paths.map(path => path.getBBox()).map(box => [box.width, box.height])"""
    )
    assert len(boxes) == 64
    widths = [length for box in boxes for length in box]
    assert min(widths) > 50
    assert max(widths) - min(widths) < 0.04 * max(widths)
    # The backdrop, at 1:10 million, says nothing of so small a piece.
    assert seen.page.evaluate("() => document.documentElement.dataset.ground") == "none"
    assert "Natural Earth" not in seen.page.inner_text("body")
    outline = seen.page.locator("path.outline").evaluate("path => path.getAttribute('d')")
    assert len(re.findall(r"-?\d+ -?\d+", outline)) <= 7
    assert "rajat" not in seen.text("#subtitle")
    seen.page.evaluate(f"() => {MAP}.setZoom({deepest}, {{ animate: false }})")
    place = seen.page.evaluate(f"() => {MAP}.getCenter()")
    link = re.search(r"at=([\d.]+)%2F([\d.]+)", seen.page.url)
    assert [float(link[1]), float(link[2])] == pytest.approx([place["lat"], place["lng"]], abs=1e-5)
    name, data = taken(seen, PNG)
    assert name.endswith(".png")
    assert len(data) > 20_000
