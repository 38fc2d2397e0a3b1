"""The report in Chromium: no request, nothing for axe to find, phone and paper."""

import os
import re
from pathlib import Path

import pytest

import zones
from tests.zones.fixtures import hostile_zones
from zones.texts import LANGUAGES, phrases

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "vendor" / "axe.min.js"
ARTEFACTS = os.environ.get("ZONES_ARTEFACTS")


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """Return the page of three zones in each language, and one of hostile names."""
    found = {}
    for lang in LANGUAGES:
        folder = tmp_path_factory.mktemp(lang)
        zones.report(None, folder, lang=lang)
        found[lang] = folder / "index.html"
    folder = tmp_path_factory.mktemp("hostile")
    zones.report(hostile_zones(), folder, lang="en")
    found["hostile"] = folder / "index.html"
    return found


@pytest.fixture
def opened(browser):
    contexts, asked, said = [], [], []

    def guard(route):
        if route.request.url.startswith(("file:", "data:", "blob:")):
            return route.continue_()
        asked.append(route.request.url)
        return route.abort()

    def start(path, width=1180, height=900):
        context = browser.new_context(viewport={"width": width, "height": height})
        context.set_offline(True)
        context.route("**/*", guard)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("requestfailed", lambda request: said.append(request.url))
        page.goto(path.as_uri())
        return page

    yield start
    for context in contexts:
        context.close()
    assert not asked
    assert not said


@pytest.mark.parametrize("lang", [*LANGUAGES, "hostile"])
def test_axe_finds_nothing(opened, reports, lang):
    page = opened(reports[lang])
    page.evaluate(AXE.read_text(encoding="utf-8"))
    # The map of 300 shapes is one picture with a name: what is inside is not for axe.
    found = page.evaluate(
        "() => axe.run(document, {exclude: [], resultTypes: ['violations']})"
        ".then((r) => r.violations.map((v) => [v.id, v.impact, v.nodes.slice(0, 3)"
        ".map((n) => n.html.slice(0, 200))]))"
    )
    assert found == []


@pytest.mark.parametrize("lang", [*LANGUAGES, "hostile"])
def test_a_phone_never_scrolls_sideways(opened, reports, lang):
    page = opened(reports[lang], 390, 844)
    assert page.evaluate("() => document.documentElement.scrollWidth") == 390


def test_tables_are_cards_on_a_phone_with_nothing_cut(opened, reports):
    page = opened(reports["en"], 390, 844)
    cells = page.evaluate(
        "() => [...document.querySelectorAll('.wide th[scope=row], .wide td')].map((cell) => {"
        "const box = cell.getBoundingClientRect();"
        "return [box.left, box.right, getComputedStyle(cell, '::before').content, cell.tagName] })"
    )
    assert len(cells) > 500
    assert all(left >= 0 and right <= 390 for left, right, _, _ in cells)
    # Each figure says what it is, since the head of its table is not in sight.
    assert all(said not in ("none", '""') for _, _, said, tag in cells if tag == "TD")


def test_a_table_wider_than_its_place_can_be_scrolled_by_keys(opened, reports):
    page = opened(reports["fi"], 820, 1180)
    wide = page.evaluate(
        "() => [...document.querySelectorAll('.wide')].filter((one) => one.scrollWidth > "
        "one.clientWidth + 1).map((one) => [one.tabIndex, one.getAttribute('aria-label')])"
    )
    assert all(index == 0 and name for index, name in wide)
    assert page.evaluate("() => document.documentElement.scrollWidth") == 820


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_the_reader_changes_language_where_they_are(opened, reports, width, height):
    page = opened(reports["fi"], width, height)
    page.evaluate("() => document.getElementById('zone-2-reach').scrollIntoView()")
    page.wait_for_function("() => document.querySelector('.contents [aria-current]')")
    page.evaluate("() => document.querySelector('.controls [lang=sv]').click()")
    assert page.evaluate("() => document.documentElement.lang") == "sv"
    assert page.title() == phrases("report", "sv")["title"]
    assert page.evaluate("() => document.activeElement.textContent") == "Svenska"
    top = "() => document.getElementById('zone-2-reach').getBoundingClientRect().top"
    assert 0 <= page.evaluate(top) < 200
    broken = (
        "() => Promise.all([...document.images].map((one) => one.decode())).then(() => 'whole')"
    )
    assert page.evaluate(broken) == "whole"
    page.evaluate("() => document.querySelector('.controls [lang=fi]').click()")
    assert page.title() == phrases("report", "fi")["title"]
    assert page.evaluate(broken) == "whole"


@pytest.mark.parametrize("width", [820, 1440])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_comparison_of_zones_is_seen_whole_on_desk_and_tablet(opened, reports, lang, width):
    page = opened(reports[lang], width)
    widths = "() => { const t = document.querySelector('.compared').parentElement;"
    assert page.evaluate(f"{widths} return t.scrollWidth - t.clientWidth; }}") == 0


@pytest.mark.parametrize("address", ["#lang=sv", "?lang=sv", "?lang=en#lang=sv"])
def test_the_address_asks_for_a_language(opened, reports, address):
    page = opened(reports["fi"])
    page.goto(reports["fi"].as_uri() + address)
    assert page.evaluate("() => document.documentElement.lang") == "sv"
    assert page.title() == phrases("report", "sv")["title"]
    page.evaluate("() => document.querySelector('.controls [lang=fi]').click()")
    page.evaluate("() => document.querySelectorAll('.contents a')[1].click()")
    page.wait_for_function("() => location.hash && !location.hash.includes('lang')")
    assert page.evaluate("() => document.documentElement.lang") == "fi"


def test_images_of_another_language_are_those_of_its_own_file(opened, reports):
    of = "() => [...document.images].map((one) => one.getAttribute('src'))"
    page = opened(reports["fi"])
    page.evaluate("() => document.querySelector('.controls [lang=en]').click()")
    assert page.evaluate(of) == opened(reports["en"]).evaluate(of)


def test_the_theme_can_be_changed_and_is_the_readers_at_first(opened, reports):
    page = opened(reports["en"])
    ground = "() => getComputedStyle(document.querySelector('.paper')).backgroundColor"
    light = page.evaluate(ground)
    page.locator(".controls > button").click()
    dark = page.evaluate(ground)
    assert dark != light
    assert page.locator(".controls > button").get_attribute("aria-pressed") == "true"
    other = opened(reports["en"])
    other.emulate_media(color_scheme="dark")
    assert other.evaluate(ground) == dark
    other.emulate_media(media="print")
    assert other.evaluate(ground) != dark


def test_contents_stay_and_mark_the_chapter_in_sight(opened, reports):
    page = opened(reports["en"], 1440, 900)
    page.evaluate("() => document.getElementById('zone-3-coverage').scrollIntoView()")
    marked = ".contents [aria-current]"
    page.wait_for_function(f"() => document.querySelector('{marked}')?.hash === '#zone-3-coverage'")
    assert page.locator(marked).count() == 1
    assert page.locator(marked).is_visible()
    assert page.locator(".contents").bounding_box()["y"] == 0


def test_the_first_screen_compares_the_zones(opened, reports):
    page = opened(reports["fi"], 1440, 900)
    rows = page.locator(".compared tbody tr")
    assert rows.count() == 3
    assert rows.last.bounding_box()["y"] < 700
    assert page.locator(".panels img").count() == 6
    assert page.locator(".panels img").first.bounding_box()["y"] < 700
    assert "1\xa0170\xa0951–2\xa0706\xa0970" in rows.nth(1).inner_text()


def test_without_scripts_the_page_is_whole_in_its_language(browser, reports):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(reports["sv"].as_uri())
    assert page.locator("h1").inner_text() == phrases("report", "sv")["title"]
    assert page.locator("button").count() == 0
    assert page.locator(".compared tbody tr").count() == 3
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_either_theme_on_a_phone(opened, reports, scheme):
    page = opened(reports["fi"], 390, 844)
    page.emulate_media(color_scheme=scheme)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "() => axe.run(document, {resultTypes: ['violations']}).then((r) => r.violations.map("
        "(v) => [v.id, v.nodes.slice(0, 3).map((n) => n.html.slice(0, 200) + n.failureSummary)]))"
    )
    assert found == []


def test_it_prints_on_a4(opened, reports, tmp_path):
    page = opened(reports["fi"])
    data = page.pdf(prefer_css_page_size=True)
    sizes = set(re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", data))
    assert {(round(float(w)), round(float(h))) for w, h in sizes} == {(595, 842)}
    pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", data))
    assert 12 <= pages <= 60
    if ARTEFACTS:
        folder = Path(ARTEFACTS)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "report-fi.pdf").write_bytes(data)
        page.screenshot(path=folder / "report-fi.png", full_page=True)


def test_nothing_is_wider_than_the_paper(opened, reports):
    page = opened(reports["sv"], 680, 900)
    page.emulate_media(media="print")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 680


def test_hostile_names_run_nothing(opened, reports):
    page = opened(reports["hostile"])
    assert page.evaluate("() => window.pwned") is None
    assert "{{ 7*7 }}" in page.locator("h2").nth(1).inner_text()


def test_tab_leads_to_the_content_first(opened, reports):
    page = opened(reports["en"])
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('main') !== null")
