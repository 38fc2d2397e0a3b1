"""Maps on paper: forms, words, names as text, the page's colours, the same bytes each time."""

import hashlib
import os
import re
import subprocess
import sys
from xml.etree import ElementTree as ET

import matplotlib as mpl
import numpy as np
import pytest
import shapely
from matplotlib.figure import Figure

import zones
from tests.zones.fixtures import HOSTILE, LONG, hostile_zones, overlapping_zones, own_zone, units_of
from zones.errors import OutputError
from zones.maps import palette
from zones.maps.paper.inline import map_svg
from zones.maps.paper.scene import frame_around, scene_of
from zones.maps.paper.static import draw
from zones.maps.paper.vector import one_line, polygon_path, stripes, wrapped
from zones.maps.web.assets import page_style
from zones.texts import LANGUAGES, phrase

SVG = "{http://www.w3.org/2000/svg}"
FORMULA = r"$\frac{1}{0}$ \undefined {{ 7*7 }} $unclosed"


@pytest.fixture(scope="module")
def arc():
    return zones.area("peramerenkaari")


def words(svg):
    return [
        re.sub(r"\s+", " ", "".join(node.itertext())).strip()
        for node in ET.fromstring(svg).iter(f"{SVG}text")
    ]


def drawn(areas, tmp_path, **options):
    return draw(areas, tmp_path / "map.svg", **options).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("lang", "scale"), [("fi", "1:4 500 000"), ("sv", "1:4 500 000"), ("en", "1:4,500,000")]
)
def test_the_scale_is_written_as_the_language_does_on_paper_and_page(arc, tmp_path, lang, scale):
    assert scale in " ".join(words(drawn(arc, tmp_path, lang=lang)))
    page = zones.map(arc, networks=False).data
    assert scale in page["credits"][lang].replace("\xa0", " ")


@pytest.mark.parametrize("others", [0, 4])
def test_people_are_a_range_where_few_members_have_evidence(arc, tmp_path, others):
    areas = [zones.area("suomen-kasvukaytava"), *[arc] * others]
    shown = " ".join(words(drawn(areas, tmp_path, lang="en")))
    assert "1,170,951–2,706,970" in shown


@pytest.mark.parametrize(
    ("suffix", "start"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF-1.4")]
)
def test_each_form_is_written(arc, tmp_path, suffix, start):
    path = draw(arc, tmp_path / f"map.{suffix}")
    assert path.read_bytes().startswith(start)
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_the_sheet_is_a4(arc, tmp_path):
    svg = drawn(arc, tmp_path)
    width, height = (float(number) for number in re.findall(r'(?:width|height)="([\d.]+)pt"', svg))
    assert width / 72 * 25.4 == pytest.approx(210, abs=0.1)
    assert height / 72 * 25.4 == pytest.approx(297, abs=0.1)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_are_in_the_language(arc, tmp_path, lang):
    text = " ".join(words(drawn(arc, tmp_path, lang=lang)))
    people = {"fi": "557 488", "sv": "557 488", "en": "557,488"}[lang]
    town = {"fi": "Oulu", "sv": "Uleåborg", "en": "Oulu"}[lang]
    for wanted in (
        arc.group.names.text(lang),
        people,
        town,
        "(2025), SE",
        phrase("static.legend", lang),
        phrase("static.people_at", lang, year="2022"),
        "Natural Earth",
        "75 km",
        arc.extent.title(lang),
    ):
        assert re.sub(r"\s+", " ", wanted) in text


@pytest.mark.parametrize("view", ["groups", "people", "density", "change"])
def test_each_view_draws(arc, tmp_path, view):
    text = " ".join(words(drawn(arc, tmp_path, lang="en", view=view)))
    if view != "groups":
        assert phrase(f"static.view_{view}", "en").split(",")[0] in text


def test_an_unknown_view_or_suffix_is_refused(arc, tmp_path):
    with pytest.raises(ValueError, match="give one of groups"):
        draw(arc, tmp_path / "map.png", view="hats")
    with pytest.raises(OutputError, match=r"\.png, \.svg or \.pdf"):
        draw(arc, tmp_path / "map.gif")
    with pytest.raises(ValueError, match="at least one"):
        draw([], tmp_path / "map.png")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_an_error_of_ours(arc, tmp_path):
    with pytest.raises(OutputError, match="give a path you may write to"):
        draw(arc, tmp_path / "none" / "map.svg")


def test_names_stand_as_text(tmp_path):
    zone = own_zone(FORMULA, units_of("17"), key="own")
    svg = drawn(zones.area(zone), tmp_path, title=FORMULA)
    assert any(text.startswith(r"$\frac{1}{0}$ \undefined") for text in words(svg))


def test_hostile_names_and_long_ones_fit(tmp_path):
    areas = [zones.area(zone) for zone in hostile_zones()]
    svg = drawn(areas, tmp_path, title=HOSTILE + LONG)
    shown = words(svg)
    assert any("<script>" in text for text in shown)
    assert not any("\u202e" in text for text in shown)
    assert max(map(len, shown)) < 300
    assert not [node for node in ET.fromstring(svg).iter() if node.tag.endswith("}script")]
    inline = map_svg(areas, label=HOSTILE)
    assert "<script" not in inline.replace("&lt;script", "")
    ET.fromstring(inline)


def test_the_colours_and_lines_are_those_of_the_page():
    style = page_style()
    assert zones.map("viitoskaytava", networks=False).data["palette"] == palette.SHARED
    assert set(palette.SHARED["light"]) == set(palette.SHARED["dark"])
    assert palette.custom_properties("dark") in style
    assert set(re.findall(r"var\((--[\w-]+)", style)) <= {
        *re.findall(r"(--[\w-]+):", style),
        "--zone",
    }
    for view, limits in palette.LIMITS.items():
        ramps = palette.SHARED["ramps"][palette.SHARED["views"][view]["ramp"]]
        assert len(ramps["light"]) == len(ramps["dark"]) == len(limits) + 1


def test_each_zone_keeps_its_colour(tmp_path):
    svg = drawn(zones.area("viitoskaytava"), tmp_path)
    assert palette.PALETTE[2] in svg
    assert palette.PALETTE[0] not in svg


def test_labels_do_not_collide(arc, tmp_path, monkeypatch):
    boxes = []
    original = Figure.savefig

    def spy(figure, *args, **options):
        axes = max(figure.axes, key=lambda axes: len(axes.patches))
        renderer = figure.canvas.get_renderer()
        boxes.extend(
            text.get_window_extent(renderer) for text in axes.texts if text.get_gid() != "halo"
        )
        return original(figure, *args, **options)

    monkeypatch.setattr(Figure, "savefig", spy)
    draw([zones.area(zone) for zone in zones.all_groups("zone")], tmp_path / "map.png")
    assert len(boxes) > 20
    rectangles = [shapely.box(b.x0, b.y0, b.x1, b.y1) for b in boxes]
    tree = shapely.STRtree(rectangles)
    left, right = tree.query(rectangles, predicate="intersects")
    clashes = [
        (a, b)
        for a, b in zip(left, right, strict=True)
        if a < b and shapely.intersection(rectangles[a], rectangles[b]).area > 1
    ]
    assert not clashes


def test_an_overlap_is_striped_in_the_colours_of_both(tmp_path):
    areas = [zones.area(zone) for zone in overlapping_zones()]
    scene = scene_of(areas, lang="en", view="groups")
    assert scene.overlaps
    svg = drawn(areas, tmp_path, lang="en")
    assert phrase("static.overlap", "en") in " ".join(words(svg))


def test_stripes_are_the_shape_and_do_not_overlap():
    shape = shapely.Polygon([(0, 0), (90, 10), (120, 80), (30, 100)])
    parts = stripes(shape, 3, 7.0)
    assert sum(part.area for part in parts) == pytest.approx(shape.area)
    assert shapely.union_all(parts).symmetric_difference(shape).area == pytest.approx(0, abs=1e-6)
    assert all(part.area > shape.area / 6 for part in parts)


def test_holes_stay_open():
    ring = shapely.box(0, 0, 10, 10).difference(shapely.box(4, 4, 6, 6))
    nested = shapely.GeometryCollection([shapely.MultiPolygon([ring]), shapely.Point(1, 1)])
    path = polygon_path(np.array([nested]))
    outer, inner = path.vertices[:5], path.vertices[5:]
    assert shapely.LinearRing(outer).is_ccw != shapely.LinearRing(inner).is_ccw


def test_the_frame_holds_the_members(arc):
    scene = scene_of([arc], lang="fi", view="groups")
    frame = frame_around(scene, 0.6)
    assert frame.width / frame.height == pytest.approx(0.6)
    left, bottom, right, top = arc.units.total_bounds
    assert frame.left < left < right < frame.right
    assert frame.bottom < bottom < top < frame.top


def test_text_is_cut_and_wrapped():
    assert one_line("a\r\nb\tc\x00\u202ed") == "a b c d"
    assert wrapped("", 10, 2) == []
    assert wrapped("x" * 25, 10, 2) == ["x" * 10, "x" * 9 + "…"]


def test_the_users_settings_are_left_alone(arc, tmp_path):
    with mpl.rc_context({"text.usetex": True, "lines.linewidth": 99.0, "font.family": ["serif"]}):
        before = dict(mpl.rcParams)
        draw(arc, tmp_path / "map.svg")
        assert dict(mpl.rcParams) == before


def test_the_map_of_the_page_draws_itself(tmp_path):
    page = zones.map("viitoskaytava", lang="sv", view="people", title="Min karta")
    shown = words(page.static(tmp_path / "map.svg").read_text(encoding="utf-8"))
    assert "Min karta" in shown
    assert phrase("static.view_people", "sv") in shown


def test_no_boundaries_no_map():
    from geodata.errors import NoGeometryError  # noqa: PLC0415

    with pytest.raises(NoGeometryError):
        map_svg(zones.area("viitoskaytava", year=2019))


RUN = """
import sys, zones
from zones.maps.paper.static import draw
area = zones.area("peramerenkaari")
for suffix in ("png", "svg", "pdf"):
    draw(area, f"{sys.argv[1]}/map.{suffix}", lang="sv")
"""


def test_two_processes_write_the_same_bytes(tmp_path):
    sums = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        environment = os.environ | {"PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", RUN, str(folder)], check=True, env=environment)
        sums.append({p.name: hashlib.sha256(p.read_bytes()).digest() for p in folder.iterdir()})
    assert sums[0] == sums[1]
    assert len(sums[0]) == 3


def test_members_by_evidence_have_fills_and_counts_of_their_own(tmp_path):
    areas = [zones.area(name) for name in ("peramerenkaari", "suomen-kasvukaytava")]
    shown = " ".join(words(drawn(areas, tmp_path, lang="en")))
    for status in ("documented", "extent", "former"):
        assert phrase(f"static.evidence_{status}", "en") in shown
    assert "memberships: Bothnian Arc 2021–, Growth Corridor Finland 2013–" in shown


def test_people_are_circles_and_change_has_its_zero_and_periods(arc, tmp_path):
    shown = words(drawn(arc, tmp_path, lang="en", view="people"))
    assert {"600,000", "100,000", "30,000", phrase("static.circles", "en")} <= set(shown)
    shown = words(drawn(arc, tmp_path, lang="en", view="change"))
    assert shown.index("−0.6 – 0") < shown.index("0") < shown.index("0 – +0.6")
    assert "Finland 2015–2025; Sweden 2015–2025 (15), 2014–2024 (14)" in " ".join(shown)
