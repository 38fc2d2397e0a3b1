"""The page in Firefox: opening, searching, languages, saving, with the network never asked."""

import matplotlib.pyplot as plt
import pytest

from tests.zones.maps.web.firefox import started
from tests.zones.maps.web.taking import PNG, SVG, drawing, words
from zones.texts import LANGUAGES, phrases

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def firefox():
    with started() as running:
        yield running


@pytest.fixture
def opened(firefox, whole):
    """Open the page; afterwards it may have asked for nothing and complained of nothing."""

    def start(address=""):
        firefox.open(whole, address)
        return firefox

    yield start
    assert firefox.complaints == []
    assert firefox.asked == []


def count(seen, selector):
    return seen.run("(s) => document.querySelectorAll(s).length", selector)


def test_opens_and_draws_everything(opened):
    seen = opened()
    assert count(seen, "path.unit") == 308 + 29
    assert count(seen, "path.outline") == 3
    assert "557 488" in seen.text("#card-0")
    width, height = seen.run(
        "() => { const b = document.querySelector('.folium-map').getBoundingClientRect();"
        " return [b.width, b.height]; }"
    )
    assert width > 600
    assert height > 400
    assert not seen.run("() => document.getElementById('fallback').checkVisibility()")


def test_search_finds_a_municipality(opened):
    seen = opened("lang=sv")
    seen.click("#search")
    seen.press(*"Torneå")
    seen.wait_for("() => document.querySelector('#search-results [role=option]')?.textContent")
    seen.press("Enter")
    seen.wait_for("() => /unit=FI_851/.test(location.hash)")
    assert "Torneå" in seen.text("#announce")


def test_language_switch_changes_the_words(opened):
    seen = opened()
    for lang in LANGUAGES:
        seen.click(f"#languages [data-value={lang}]")
        assert seen.run("() => document.documentElement.lang") == lang
        assert seen.text("#title") == phrases("map", lang)["title"]
        assert seen.text("#view-title").casefold() == (phrases("map", lang)["view"].casefold())


@pytest.mark.parametrize("view", ["density", "change"])
def test_views_count_all_in_their_legend(opened, view):
    seen = opened()
    seen.click(f"#views [data-value={view}]")
    counts = seen.run(
        "() => [...document.querySelectorAll('#legend .count')].map((n) => Number(n.textContent))"
    )
    assert sum(counts) == 337


def test_the_table_is_saved_as_csv(opened):
    seen = opened("lang=fi")
    seen.click("#table-button")
    seen.wait_for("() => document.getElementById('table').open")
    seen.click("#table-save")
    text = seen.saved().read_text(encoding="utf-8-sig")
    assert "Helsinki" in text
    assert len(text.splitlines()) > 337


@pytest.mark.parametrize("item", [PNG, SVG])
def test_a_picture_of_the_view_is_saved(opened, item):
    seen = opened("lang=sv")
    seen.click("#take-out-button")
    seen.click(f"#take-out-items [data-item='{item}']")
    saved = seen.saved()
    assert saved.name.endswith("-sv.png" if item == PNG else "-sv.svg")
    if item == PNG:
        picture = plt.imread(saved)
        assert min(picture.shape[:2]) > 600
        assert picture.std() > 0.02
    else:
        assert words("sv")["title"] in "".join(drawing(saved.read_bytes()).itertext())
