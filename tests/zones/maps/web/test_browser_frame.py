"""The map inside another page."""

from pathlib import Path

import pytest

from zones.texts import LANGUAGES, phrase

pytestmark = pytest.mark.browser

MAP = "Object.values(window).find(value => value instanceof L.Map)"
AXE = Path(__file__).parents[3] / "vendor" / "axe.min.js"
IN_VIEW = """() => [...document.querySelectorAll('path.unit')]
    .map(path => path.getBoundingClientRect())
    .filter(box => box.width > 0 && box.right > 0 && box.bottom > 0
        && box.left < innerWidth && box.top < innerHeight).length"""


@pytest.fixture
def hosted(browser, whole):
    """Open a page that holds the map, and return page and frame."""
    contexts = []

    def start(before, after, address="", **context):
        host = whole.parent / "host.html"
        frame = f'<iframe width="900" height="600" src="{whole.name}#{address}"></iframe>'
        host.write_text(f"<!doctype html>{before}{frame}{after}", encoding="utf-8")
        made = browser.new_context(viewport={"width": 1000, "height": 800}, **context)
        contexts.append(made)
        page = made.new_page()
        page.goto(host.as_uri())
        inner = page.frames[-1]
        inner.wait_for_function("() => document.documentElement.dataset.ready === 'true'")
        return page, inner

    yield start
    for made in contexts:
        made.close()


ARTICLE = ('<div style="height:500px">text</div>', '<div style="height:3000px">text</div>')


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("width", "height"), [(900, 600), (390, 500)])
def test_embedded_it_is_map_title_legend_and_a_way_out(opened, whole, lang, width, height):
    seen = opened(whole, address=f"embed&lang={lang}", viewport={"width": width, "height": height})
    assert not seen.page.locator("#panel").is_visible()
    assert not seen.page.locator(".top").is_visible()
    assert seen.text("#caption-title") == phrase("map.title", lang)
    assert seen.count("#caption-legend li:not(.status)") == 3
    link = seen.page.get_by_role("link", name=phrase("map.open_full_map", lang))
    assert "embed" not in link.get_attribute("href")
    assert seen.page.evaluate(IN_VIEW) == 337
    assert seen.page.evaluate("() => document.documentElement.scrollHeight") <= height
    seen.page.evaluate(AXE.read_text(encoding="utf-8"))
    found = seen.page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found["violations"]] == []
    seen.keep(f"embed-{lang}-{width}")


def test_embedded_it_stays_embedded_as_the_address_changes(opened, whole):
    seen = opened(whole, address="embed&lang=en&view=density")
    assert seen.count("#caption-legend .patch") >= 6
    seen.page.locator(".leaflet-control-zoom-in").click()
    seen.page.wait_for_function("() => /at=/.test(location.hash)")
    assert "embed" in seen.page.url
    assert "view=density" in seen.page.url


@pytest.mark.parametrize("address", ["", "embed"])
def test_the_wheel_scrolls_the_host(hosted, address):
    page, inner = hosted(*ARTICLE, address=address)
    before = inner.evaluate(f"() => {MAP}.getZoom()")
    page.mouse.move(600, 720)
    page.mouse.wheel(0, 150)
    page.wait_for_function("() => scrollY > 100")
    assert inner.evaluate(f"() => {MAP}.getZoom()") == before
    assert inner.locator("#map-note").is_visible()


@pytest.mark.parametrize("address", ["", "embed"])
def test_the_wheel_zooms_with_ctrl(hosted, address):
    page, inner = hosted(*ARTICLE, address=address)
    before = inner.evaluate(f"() => {MAP}.getZoom()")
    page.keyboard.down("Control")
    page.mouse.move(600, 720)
    page.mouse.wheel(0, -300)
    inner.wait_for_function(f"() => {MAP}.getZoom() > {before}")
    page.keyboard.up("Control")
    assert page.evaluate("() => scrollY") == 0


def test_a_framed_map_with_its_panel_zooms_once_clicked(hosted):
    page, inner = hosted(*ARTICLE)
    before = inner.evaluate(f"() => {MAP}.getZoom()")
    page.mouse.click(420, 700)
    page.mouse.wheel(0, -300)
    inner.wait_for_function(f"() => {MAP}.getZoom() > {before}")
    assert page.evaluate("() => scrollY") == 0


def test_one_finger_scrolls_the_host_of_an_embedded_map(hosted):
    _, inner = hosted(*ARTICLE, address="embed", has_touch=True, is_mobile=True)
    assert not inner.evaluate(f"() => {MAP}.dragging.enabled()")
    assert inner.evaluate(f"() => {MAP}.touchZoom.enabled()")
    touch = inner.evaluate(
        "() => getComputedStyle(document.querySelector('.leaflet-container')).touchAction"
    )
    assert touch == "pan-x pan-y"


@pytest.mark.parametrize("address", ["", "embed"])
@pytest.mark.parametrize(
    ("before", "after", "show"),
    [
        ('<div id="d" style="display:none">', "</div>", "d.style.display = 'block'"),
        ('<details id="d"><summary>map</summary>', "</details>", "d.open = true"),
    ],
    ids=["tab", "details"],
)
def test_a_map_made_out_of_sight_is_fitted_when_it_is_shown(hosted, before, after, show, address):
    page, inner = hosted(before, after, address=address)
    page.evaluate(f"() => {{ const d = document.getElementById('d'); {show}; }}")
    inner.wait_for_function(f"() => ({IN_VIEW})() === 337")
    zoom = inner.evaluate(f"() => {MAP}.getZoom()")
    assert 3.5 < zoom < 6
    assert inner.locator(".label").count() > 5


def test_in_its_own_window_the_wheel_zooms(opened, whole):
    seen = opened(whole)
    before = seen.page.evaluate(f"() => {MAP}.getZoom()")
    seen.page.mouse.move(800, 500)
    seen.page.mouse.wheel(0, -300)
    seen.page.wait_for_function(f"() => {MAP}.getZoom() > {before}")
