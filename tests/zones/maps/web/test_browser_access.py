"""Keyboard, screen reader, phone, paper, notebook, tiles, very many units."""

import os
import re
from pathlib import Path

import pytest

import zones
from zones.maps.palette import VIEWS
from zones.texts import LANGUAGES, phrases

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[3] / "vendor" / "axe.min.js"
PHONE = {"width": 390, "height": 844}


# Reaching everything


AXE_RUN = """() => axe.run(document, { resultTypes: ["violations"] }).then((found) =>
    found.passes.length > 20
        ? found.violations.map((one) => [one.id, one.nodes[0].html.slice(0, 160)]) : "not run")"""

# Each width with each colours; each language, and each view, meets all of both.
WIDTHS = (1440, 820, 390)
COLOURS = ("light", "dark", "forced")
STATES = [
    (width, colours, LANGUAGES[(row + column) % 3], VIEWS[(3 * row + column) % 4])
    for row, width in enumerate(WIDTHS)
    for column, colours in enumerate(COLOURS)
]


def put(seen, width, colours, lang):
    """Bring the page that is open into a state, as its reader would."""
    page = seen.page
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(forced_colors="active" if colours == "forced" else "none")
    theme = "() => document.documentElement.dataset.theme"
    if colours != "forced" and page.evaluate(theme) != colours:
        seen.click("#theme-button")
    seen.click(f"#languages [data-value={lang}]")


def open_all(page):
    page.evaluate("() => document.querySelectorAll('details').forEach((d) => { d.open = true; })")


def test_axe_finds_nothing(opened, whole):
    seen = opened(whole, address="theme=light&unit=FI_564")
    seen.page.evaluate(AXE.read_text(encoding="utf-8"))
    for width, colours, lang, view in STATES:
        put(seen, width, colours, lang)
        seen.click(f"#views [data-value={view}]")
        open_all(seen.page)
        assert seen.page.evaluate(AXE_RUN) == [], (width, colours, lang, view)
    # Its many cells take long, so the table comes last and less often.
    for width, colours, lang in zip(WIDTHS, COLOURS, LANGUAGES, strict=True):
        put(seen, width, colours, lang)
        seen.click("#table-button")
        assert seen.page.evaluate(AXE_RUN) == [], (width, colours, lang, "table")
        seen.click("#table-close")


def test_axe_finds_nothing_where_scripts_failed(browser, whole, tmp_path):
    path = tmp_path / "map.html"
    path.write_text(whole.read_text(encoding="utf-8").replace("zonesPage.start(", "x("), "utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    open_all(page)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(AXE_RUN) == []
    page.close()


def test_tab_reaches_every_control_and_no_path(opened, whole):
    seen = opened(whole)
    wanted = seen.page.evaluate(
        """() => [...document.querySelectorAll('button, input, select, summary, a[href]')]
            .filter(n => n.offsetParent !== null && !n.disabled && !n.closest('dialog')
                && !n.closest('details:not([open]) > :not(summary)')).length"""
    )
    reached = set()
    for _ in range(wanted + 20):
        seen.page.keyboard.press("Tab")
        found = seen.page.evaluate(
            """() => { const n = document.activeElement;
                if (n === document.body) return null;
                n.dataset.stop ??= String(document.querySelectorAll('[data-stop]').length);
                return [n.tagName.toLowerCase(), n.dataset.stop]; }"""
        )
        if found is not None:
            reached.add(tuple(found))
    assert not [tag for tag, _ in reached if tag == "path"]
    controls = [tag for tag, _ in reached if tag in {"button", "input", "select", "summary", "a"}]
    assert len(controls) >= wanted


def test_map_can_be_zoomed_with_the_keyboard(opened, whole):
    seen = opened(whole, address="at=64.000/26.000/5.75")
    seen.page.focus(".leaflet-container")
    seen.page.keyboard.press("+")
    zoom = "Number(/at=[^&]*%2F([\\d.]+)/.exec(location.hash)?.[1])"
    seen.page.wait_for_function(f"() => {zoom} > 5.75")


def test_phone_has_no_sideways_scroll(opened, whole):
    seen = opened(whole, viewport=PHONE, has_touch=True, is_mobile=True)
    assert seen.page.evaluate("() => document.documentElement.scrollWidth") == PHONE["width"]
    seen.search("Oulu")
    assert "FI_564" in seen.text("#sheet")
    assert seen.count(".tip") == 0
    assert seen.page.evaluate("() => document.documentElement.scrollWidth") == PHONE["width"]
    seen.keep("map-phone-fi")


def test_letters_follow_the_size_that_the_reader_chose(opened, whole):
    seen = opened(whole)
    size = """() => ["#title", ".big", ".small", "#search", "summary"].map((part) =>
        parseFloat(getComputedStyle(document.querySelector(part)).fontSize))"""
    before = seen.page.evaluate(size)
    seen.page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    assert seen.page.evaluate(size) == [2 * one for one in before]
    assert seen.page.evaluate("() => document.documentElement.scrollWidth") == 1280


def test_what_a_finger_presses_is_large_enough(opened, whole):
    seen = opened(whole, viewport=PHONE, has_touch=True, is_mobile=True)
    open_all(seen.page)
    small = """() => [...document.querySelectorAll("button, summary, select, input")]
        .filter((n) => n.checkVisibility()).map((n) => n.closest("label") ?? n).filter((n) => {
            const box = n.getBoundingClientRect();
            return Math.min(box.width, box.height) < 24;
        }).map((n) => n.outerHTML.slice(0, 90))"""
    assert seen.page.evaluate(small) == []


def test_print_is_one_light_page_and_puts_everything_back(opened, whole):
    seen = opened(whole, address="theme=dark&at=64.000/26.000/5.75")
    seen.page.evaluate("() => { document.getElementById('panel').scrollTop = 400; }")
    pdf = seen.page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    seen.page.wait_for_function("() => !document.documentElement.classList.contains('printing')")
    assert seen.page.evaluate("() => document.documentElement.dataset.theme") == "dark"
    assert "at=64.000%2F26.000%2F5.75" in seen.page.url
    assert seen.page.evaluate("() => document.getElementById('panel').scrollTop") == 400
    folder = os.environ.get("ZONES_ARTEFACTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        (Path(folder) / "map.pdf").write_bytes(pdf)


# Other ways to open it


def test_works_in_a_notebook_frame(browser, tmp_path):
    frame = zones.map("peramerenkaari", networks=False, lang="fi")._repr_html_()
    path = tmp_path / "notebook.html"
    path.write_text(f"<!DOCTYPE html><body>{frame}</body>", encoding="utf-8")
    page = browser.new_page()
    said = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(path.as_uri())
    inner = page.frame_locator("iframe")
    inner.locator("html[data-ready=true]").wait_for()
    assert inner.locator("path.unit").count() == 337
    inner.locator("#views [data-value=people]").click()
    assert said == []
    page.close()


def test_tiles_that_do_not_come_are_taken_away(opened, tmp_path):
    made = zones.map(
        "viitoskaytava",
        networks=False,
        tiles="https://tiles.example.org/{z}/{x}/{y}.png",
        attribution="Example <b>tiles</b>",
        lang="fi",
    )
    seen = opened(made.save(tmp_path / "map.html"), quiet=False)
    seen.page.wait_for_function("() => !document.getElementById('map-note').hidden")
    assert seen.asked
    assert all(address.startswith("https://tiles.example.org/") for address in seen.asked)
    assert seen.text("#map-note") == phrases("map", "fi")["tiles_failed"]
    assert seen.count(".leaflet-tile") == 0


def test_ten_thousand_units_are_drawn_on_a_canvas_and_the_page_says_so(opened, tmp_path):
    import geopandas as gpd  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    cells = [
        shapely.box(1e5 + x * 5e3, 6.7e6 + y * 8e3, 1.05e5 + x * 5e3, 6.708e6 + y * 8e3)
        for x in range(100)
        for y in range(100)
    ]
    frame = gpd.GeoDataFrame(
        {"name": [f"Cell {n}" for n in range(10_000)], "population": range(10_000)},
        geometry=cells,
        crs=3067,
    ).set_axis([f"X{n}" for n in range(10_000)])
    path = zones.map(boundaries=frame, view="people", lang="en").save(tmp_path / "map.html")
    seen = opened(path)
    assert "10,000 areas" in seen.text("#map-note")
    assert "simplified" in seen.text("#map-note")
    assert seen.count("canvas") == 2
    assert seen.count("path.unit") == 0
    seen.search("Cell 4242")
    assert "X4242" in seen.text("#sheet")
    seen.page.keyboard.press("Escape")
    box = seen.page.locator(".leaflet-container").bounding_box()
    for step in range(4):
        # Leaflet listens to a canvas now and then only.
        seen.page.mouse.move(box["x"] + box["width"] / 2 + 5 * step, box["y"] + box["height"] / 2)
        seen.page.wait_for_timeout(80)
    assert "Cell" in seen.text(".tip")
    seen.keep("map-canvas-en")
