"""The report in Chromium: no request, nothing for axe to find, phone and paper."""

import os
import re
from pathlib import Path

import pytest

import zones
from tests.zones.fixtures import hostile_zones
from zones.texts import LANGUAGES

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


def test_words_in_tables_stay_whole_on_a_phone(opened, reports):
    page = opened(reports["en"], 390, 844)
    narrow = page.evaluate(
        "() => Math.min(...[...document.querySelectorAll('.wide th[scope=row]')]"
        ".map((cell) => cell.getBoundingClientRect().width))"
    )
    assert narrow > 150


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
