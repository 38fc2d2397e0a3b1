"""Paper of any size: what stands on it keeps apart, and grows with it."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

import zones
from geodata.errors import ArgumentError
from tests.zones.fixtures import LONG, own_zone, units_of
from zones.errors import OutputError
from zones.maps.paper.layout import EDGE, layout_of, paper_of
from zones.maps.paper.static import draw
from zones.texts import LANGUAGES, phrase

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def page():
    return zones.map("viitoskaytava", lang="fi", networks=False)


def text_of(path):
    nodes = ET.fromstring(path.read_text(encoding="utf-8")).iter(f"{SVG}text")
    return re.sub(r"\s+", " ", " ".join("".join(node.itertext()) for node in nodes))


def size_of(path):
    found = re.findall(r'(?:width|height)="([\d.]+)pt"', path.read_text(encoding="utf-8"))
    return tuple(round(float(number) / 72 * 25.4, 1) for number in found[:2])


@pytest.fixture
def sheets(monkeypatch):
    """What is drawn, as boxes in pixels: texts of columns, and the map's frame."""
    found = []
    original = Figure.savefig

    def spy(figure, *args, **options):
        figure.dpi = 72
        renderer = figure.canvas.get_renderer()
        the_map = max(figure.axes, key=lambda axes: len(axes.patches))
        texts = [
            (text.get_text(), text.get_window_extent(renderer))
            for axes in figure.axes
            if axes is not the_map
            for text in axes.texts
        ]
        found.append((texts, the_map.get_window_extent(renderer), figure.bbox))
        return original(figure, *args, **options)

    monkeypatch.setattr(Figure, "savefig", spy)
    return found


PAPERS = [
    {},
    {"landscape": True},
    {"size": "A3"},
    {"size": "1600x900px"},
    {"size": "700x700px", "dpi": 150},
    {"size": "90x250mm"},
]


@pytest.mark.parametrize(
    ("paper", "title"),
    [(paper, LONG * 3) for paper in PAPERS]
    + [({}, "Short"), ({"landscape": True}, "A title that has a second line " * 4)],
    ids=lambda value: str(value)[:30],
)
def test_nothing_runs_into_the_map_or_off_the_sheet(page, tmp_path, sheets, paper, title):
    page.static(tmp_path / "map.png", title=title, **paper)
    ((texts, frame, sheet),) = sheets
    assert len(texts) > 10
    for text, box in texts:
        apart = box.x1 <= frame.x0 or box.x0 >= frame.x1 or box.y1 <= frame.y0 or box.y0 >= frame.y1
        assert apart, text
        assert sheet.x0 < box.x0 < box.x1 < sheet.x1, text
        assert sheet.y0 < box.y0 < box.y1 < sheet.y1, text


def test_the_lines_of_a_column_keep_apart_and_hold_many_groups(tmp_path, sheets):
    areas = [
        zones.area(own_zone(f"Kuntaryhmä numero {n}", units_of("17"), key=f"own{n}"))
        for n in range(30)
    ]
    for paper in ({}, {"landscape": True}, {"size": "150x100mm"}):
        draw(areas, tmp_path / "map.png", lang="fi", **paper)
        texts, frame, _ = sheets.pop()
        beside = [box for _, box in texts if box.x0 >= frame.x1]
        assert min(box.y0 for box in beside) >= frame.y0 - 1
        clashes = [
            (a, b)
            for number, a in enumerate(beside)
            for b in beside[number + 1 :]
            if min(a.x1, b.x1) > max(a.x0, b.x0) and min(a.y1, b.y1) > max(a.y0, b.y0) + 2
        ]
        assert not clashes
        assert any("ryhmä" in text and "isäksi" in text for text, _ in texts)


@pytest.mark.parametrize(
    ("paper", "size"),
    [
        ({}, (210, 297)),
        ({"landscape": True}, (297, 210)),
        ({"size": "a3"}, (297, 420)),
        ({"size": "A3", "landscape": True}, (420, 297)),
        ({"size": "180 x 120 mm"}, (180, 120)),
        ({"size": "960x480px"}, (254, 127)),
        ({"size": "1200x600px", "dpi": 120}, (254, 127)),
    ],
    ids=str,
)
def test_the_sheet_is_as_large_as_asked_for(page, tmp_path, paper, size):
    assert size_of(page.static(tmp_path / "map.svg", **paper)) == size


@pytest.mark.parametrize("dpi", [None, 97, 150])
def test_a_picture_has_as_many_pixels_as_asked_for(page, tmp_path, dpi):
    path = page.static(tmp_path / "map.png", size="1203x801px", dpi=dpi)
    header = path.read_bytes()[16:24]
    assert (int.from_bytes(header[:4]), int.from_bytes(header[4:])) == (1203, 801)


@pytest.mark.parametrize(
    ("paper", "said"),
    [
        ({"size": "A5"}, "give A4, A3, or width and height such as 180x120mm or 1600x900px"),
        ({"size": "1600x900"}, "is not known"),
        ({"size": "200x200px"}, "25 × 25 mm, too small .* at least 70 mm each way or fewer dpi"),
        ({"size": "40x200mm"}, "at least 70 mm each way$"),
        ({"size": "400x100mm"}, "at most 3 times"),
        ({"size": "9000x9000mm"}, "at most 2,000 mm"),
        ({"size": "2000x2000mm", "dpi": 600}, "47,244 pixels .* fewer dpi"),
        ({"dpi": 0}, "from 30 to 1,200"),
        ({"dpi": float("nan")}, "from 30 to 1,200"),
        ({"size": "200x100mm", "landscape": True}, "leave it out"),
    ],
    ids=str,
)
def test_a_paper_that_cannot_be_is_refused_with_what_can(page, tmp_path, paper, said):
    with pytest.raises(ArgumentError, match=said):
        page.static(tmp_path / "map.png", **paper)
    assert not list(tmp_path.iterdir())


@given(
    st.floats(100, 700),
    st.floats(100, 700),
    st.floats(20, 80),
    st.floats(0.05, 20),
)
def test_map_and_columns_share_the_sheet(width, height, head, ratio):
    found = layout_of(width, height, height - head, ratio)
    edge = EDGE
    for box in (found.map, *found.columns):
        assert box.left >= edge
        assert box.top == pytest.approx(height - head)
        edge = box.left + box.width
    assert edge <= width - EDGE + 1e-6


def test_letters_grow_with_the_paper_and_stay_legible_on_small_ones():
    assert paper_of("A3").enlarged == pytest.approx(2**0.5, abs=0.01)
    assert paper_of("80x80mm").enlarged == 0.7


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_legend_knows_the_branch_of_an_axis(tmp_path, lang):
    for zone, branched in (("viitoskaytava", True), ("suomen-kasvukaytava", False)):
        shown = text_of(draw(zones.area(zone), tmp_path / "map.svg", lang=lang))
        first = phrase("static.branch", lang).split(",")[0].split(" ")[0]
        assert (first in shown) == branched


def test_a_map_is_saved_as_what_its_suffix_says(page, tmp_path):
    starts = {".png": b"\x89PNG", ".svg": b"<?xml", ".PDF": b"%PDF", ".html": b"<!DOCTYPE html>"}
    for suffix, start in starts.items():
        assert page.save(tmp_path / f"map{suffix}").read_bytes().startswith(start)
    assert page.save(tmp_path / "map.htm").read_bytes().startswith(b"<!DOCTYPE html>")


@pytest.mark.parametrize("name", ["map.jpg", "map", "map.svgz", ".png"])
def test_another_suffix_is_refused_with_those_that_can_be(page, tmp_path, name):
    with pytest.raises(OutputError, match=r"end it in \.html, \.png, \.svg or \.pdf"):
        page.save(tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_view_or_a_column_takes_the_place_of_the_pages(page, tmp_path):
    shown = text_of(page.static(tmp_path / "map.svg", view="density"))
    assert phrase("static.view_density", "fi") in shown.replace("\N{SUPERSCRIPT TWO}", "²")
    with pytest.raises(ArgumentError, match="column='jobs' is not known"):
        page.static(tmp_path / "map.svg", column="jobs")
    with pytest.raises(ArgumentError, match="two maps"):
        page.static(tmp_path / "map.svg", column="jobs", view="people")


def test_a_network_has_its_colour_alone_and_among_others():
    from zones.maps.palette import numbers  # noqa: PLC0415

    everyone = numbers(list(zones.all_groups()))
    assert len(set(everyone.values())) == len(everyone)
    for group in zones.all_groups():
        assert numbers([group]) == {group.id: everyone[group.id]}
