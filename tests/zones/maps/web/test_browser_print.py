"""On paper: nothing cut off, a key of all that is drawn, and letters that can be read."""

import re

import pytest

from zones.texts import LANGUAGES

pytestmark = pytest.mark.browser

SEVEN_POINTS = 7 * 96 / 72
PAGE = 1040

SEEN = """(part) => [...document.querySelectorAll(part)].filter((n) => n.checkVisibility())"""
SMALL = """(least) => { const found = []; const walk = document.createTreeWalker(document.body, 4);
    while (walk.nextNode()) { const at = walk.currentNode.parentElement;
        if (walk.currentNode.data.trim() && at.checkVisibility() && at.tagName !== "SCRIPT")
            found.push([parseFloat(getComputedStyle(at).fontSize), walk.currentNode.data]); }
    return found.filter(([size]) => size < least).map(([, text]) => text); }"""
CUT = f"""() => ({SEEN})(".panel, .panel *, .top, .top *").filter((n) => {{
    const style = getComputedStyle(n);
    const box = n.getBoundingClientRect();
    const hides = style.overflow !== "visible" && n.scrollHeight > n.clientHeight + 1;
    return !n.closest(".visually-hidden, svg") && (hides || box.right > 719 || box.left < -1);
}}).map((n) => n.outerHTML.slice(0, 90))"""


@pytest.fixture
def printed(opened, whole):
    """Open the page and lay it out as for paper, without printing it."""

    def start(address="", prepare="() => {}"):
        seen = opened(whole, address=address, viewport={"width": 718, "height": PAGE})
        seen.page.evaluate(prepare)
        seen.pdf = seen.page.pdf(prefer_css_page_size=True)
        seen.page.wait_for_function(
            "() => !document.documentElement.classList.contains('printing')"
        )
        seen.page.emulate_media(media="print")
        seen.page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
        return seen

    return start


ALL_ON = """() => {
    for (const box of document.querySelectorAll("#layers input:not(:checked)")) box.click();
    for (const name of ["LIUKAS", "MAL", "SDG", "HYTKI"])
        [...document.querySelectorAll("#networks li")]
            .find((row) => row.textContent.includes(name)).querySelector("input").click(); }"""


def pages(seen):
    return len(re.findall(rb"/Type\s*/Page\b", seen.pdf))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_zones_take_one_page(printed, lang):
    seen = printed(f"lang={lang}")
    assert pages(seen) == 1
    assert seen.page.evaluate(CUT) == []
    assert seen.page.evaluate(SMALL, SEVEN_POINTS) == []
    assert seen.page.locator("#map-region").bounding_box()["height"] > 550
    seen.keep(f"map-print-{lang}")


@pytest.mark.parametrize("view", ["groups", "change"])
def test_all_that_is_on_has_its_key_and_nothing_is_cut_off(printed, view):
    seen = printed(f"lang=sv&view={view}", prepare=ALL_ON)
    assert pages(seen) == 2
    assert seen.page.evaluate(CUT) == []
    assert seen.page.evaluate(SMALL, SEVEN_POINTS) == []
    assert len(seen.page.evaluate(SEEN, "#layers .check")) == 7
    key = "#legend :is(tr, li)" if view == "groups" else "#networks li"
    named = seen.page.evaluate(f"() => ({SEEN})('{key}').map((n) => n.textContent).join()")
    assert all(name in named for name in ("LIUKAS", "MAL", "SDG", "HYTKI"))
    seen.keep(f"map-print-all-{view}")


def test_what_is_off_has_no_key(printed):
    seen = printed("layers=lakes&lang=fi")
    assert len(seen.page.evaluate(SEEN, "#layers .check")) == 1
    assert seen.page.evaluate(SEEN, "#networks li") == []
