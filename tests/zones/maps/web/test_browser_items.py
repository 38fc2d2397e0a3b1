"""What the page can do, each thing at each width in each kind of colours, in all languages."""

import pytest

from tests.zones.maps.web.test_browser_access import AXE, COLOURS, WIDTHS, put
from zones.texts import LANGUAGES, phrases

pytestmark = pytest.mark.browser

# Each language meets each width and each colours; the thing's turn in the list shifts it.
STATES = [
    (width, colours, row + column)
    for row, width in enumerate(WIDTHS)
    for column, colours in enumerate(COLOURS)
]
RULES = """(part) => axe.run(part, { resultTypes: ["violations"] }).then((found) =>
    found.violations.map((one) => [one.id, one.nodes[0].html.slice(0, 160)]))"""
SIDEWAYS = "() => document.documentElement.scrollWidth - innerWidth"
LEGIBLE = """(part) => {
    const isText = (one) => one.nodeType === 3 && one.data.trim();
    const sizes = [...document.querySelectorAll(`${part} *`)]
        .filter((node) => node.checkVisibility() && [...node.childNodes].some(isText))
        .map((node) => parseFloat(getComputedStyle(node).fontSize));
    return [sizes.length, Math.min(...sizes)];
}"""
YEAR = """(year) => {
    const slider = document.getElementById("year");
    slider.value = year;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    slider.dispatchEvent(new Event("change", { bubbles: true }));
}"""


def evidence(seen):
    seen.page.select_option("#known-year", "2017")
    yield "#known"
    seen.page.select_option("#known-year", "")


def change(seen):
    seen.click("#views [data-value=change]")
    yield "#legend"
    seen.click("#views [data-value=groups]")


def people(seen):
    seen.click("#views [data-value=people]")
    yield "#legend"
    seen.click("#views [data-value=groups]")


def time(seen):
    seen.click("#views [data-value=people]")
    seen.page.evaluate(YEAR, 2010)
    yield "#time"
    seen.page.keyboard.press("Escape")
    seen.click("#views [data-value=groups]")


def municipality(seen):
    seen.search("Oulu")
    yield "#sheet"
    seen.page.keyboard.press("Escape")


def zone(seen):
    seen.click("#more-0")
    yield "#sheet"
    seen.page.keyboard.press("Escape")


def found_in_spite_of_a_typo(seen):
    seen.page.fill("#search", "Roveniemi")
    yield "#search-results"
    seen.page.fill("#search", "")


def take_out(seen):
    seen.click("#take-out-button")
    yield "#take-out-items"
    seen.page.keyboard.press("Escape")


def comparison(seen):
    seen.page.select_option("#compare-first", index=1)
    seen.page.select_option("#compare-second", index=2)
    seen.click("#compare-button")
    yield "#compare"
    seen.click("#mode button")


def trial(seen):
    seen.page.select_option("#try-group", "viitoskaytava")
    seen.click("#try-button")
    yield "#try"
    seen.click("#mode button")


def table(seen):
    seen.click("#table-button")
    seen.page.fill("#table-text", "lap")
    yield "#table"
    seen.click("#table-close")


def presentation(seen):
    seen.page.locator(".corner button").last.click()
    seen.page.wait_for_function("() => document.documentElement.classList.contains('presenting')")
    yield "#present-figures"
    seen.click("#present-leave")
    seen.page.wait_for_function("() => !document.documentElement.classList.contains('presenting')")


ITEMS = (
    *(evidence, change, people, time, municipality, zone, found_in_spite_of_a_typo),
    *(take_out, comparison, trial, table, presentation),
)


@pytest.mark.parametrize(
    ("width", "colours", "turn"), STATES, ids=[f"{width}-{colours}" for width, colours, _ in STATES]
)
def test_each_thing_is_whole_legible_and_accessible(opened, whole, width, colours, turn):
    seen = opened(whole, address="theme=light")
    seen.page.evaluate(AXE.read_text(encoding="utf-8"))
    for place, item in enumerate(ITEMS):
        lang = LANGUAGES[(turn + place) % 3]
        state = (item.__name__, width, colours, lang)
        put(seen, width, colours, lang)
        showing = item(seen)
        part = next(showing)
        shown = seen.page.locator(part)
        shown.scroll_into_view_if_needed()
        box = shown.bounding_box()
        assert box["x"] >= 0, state
        assert box["x"] + box["width"] <= width, state
        assert min(box["width"], box["height"]) > 20, state
        assert seen.page.evaluate(SIDEWAYS) <= 0, state
        texts, least = seen.page.evaluate(LEGIBLE, part)
        assert texts > 0, state
        assert least >= 11, state
        assert seen.page.evaluate(RULES, part) == [], state
        assert next(showing, None) is None
    assert seen.text("#title") == phrases("map", lang)["title"]
