"""Names of zones, countries and seas, and numbers of networks, on the map."""

import itertools

import pytest

from zones.catalogue.names import all_groups
from zones.texts import LANGUAGES, phrases

pytestmark = pytest.mark.browser

MAP = "Object.values(window).find(value => value instanceof L.Map)"
BOXES = """() => [...document.querySelectorAll('.label bdi, .zone-name bdi, .country-name,'
        + ' .sea-name, .marks .mark, .leaflet-control')].map(node => {
    const range = document.createRange();
    range.selectNodeContents(node);
    const { x, y, right, bottom } = node.matches('.leaflet-control, .mark')
        ? node.getBoundingClientRect() : range.getBoundingClientRect();
    return [node.className + ' ' + node.textContent, x, y, right, bottom];
}).filter(([, x, , right]) => right > x)"""
NETWORKS = [group.id for group in all_groups("network") if group.extents][:4]


def touching(boxes):
    """Pairs whose boxes overlap by more than the room that a line leaves above and below."""
    return [
        (a[0], b[0])
        for a, b in itertools.combinations(boxes, 2)
        if min(a[3], b[3]) - max(a[1], b[1]) > 1 and min(a[4], b[4]) - max(a[2], b[2]) > 3
        if not ("leaflet-control" in a[0] and "leaflet-control" in b[0])
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("width", "height"), [(1440, 900), (820, 1180), (390, 844)], ids=["desk", "tablet", "phone"]
)
def test_names_touch_nothing_at_any_size(opened, whole, lang, width, height):
    seen = opened(whole, address=f"lang={lang}", viewport={"width": width, "height": height})
    for zoom in (None, 6.5):
        if zoom:
            seen.page.evaluate(f"() => {MAP}.setView([65, 25], {zoom}, {{ animate: false }})")
        boxes = seen.page.evaluate(BOXES)
        assert touching(boxes) == []
        assert len(boxes) > 6
    seen.keep(f"names-{lang}-{width}")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_zones_countries_and_seas_are_named_in_the_language(opened, whole, lang):
    seen = opened(whole, address=f"lang={lang}", viewport={"width": 1440, "height": 900})
    words = phrases("map_ground", lang)
    assert seen.count(".zone-name") == 3
    shown = seen.page.locator(".country-name, .sea-name").all_text_contents()
    assert set(shown) <= set(words.values())
    assert {words["ground_sweden"], words["ground_norway"], words["ground_russia"]} <= set(shown)
    assert len(seen.page.locator(".sea-name").all_text_contents()) >= 2


def test_a_zones_name_lies_on_no_other_zone_and_goes_with_it(opened, whole):
    seen = opened(whole, viewport={"width": 1440, "height": 900})
    others = seen.page.evaluate(
        """() => [...document.querySelectorAll('.zone-name')].map(node => {
            const { x, y, width, height } = node.firstElementChild.getBoundingClientRect();
            const colours = [0, 0.5, 1].map(part => {
                const hits = document.elementsFromPoint(x + part * width, y + height / 2);
                return hits.find(hit => hit.matches('path.unit'))?.getAttribute('fill');
            });
            const own = getComputedStyle(node).getPropertyValue('--zone');
            const zones = ['#00796b', '#5e35b1', '#c94f12'];
            return colours.filter(fill => zones.includes(fill) && fill !== own);
        })"""
    )
    assert others == [[], [], []]
    seen.click("#card-0 input")
    assert seen.count(".zone-name") == 2


def test_networks_have_their_numbers_at_their_members(opened, whole):
    on = "&".join(f"on={group}" for group in NETWORKS)
    seen = opened(whole, address=f"groups=4&{on}", viewport={"width": 1440, "height": 900})
    marks = seen.page.locator(".marks .mark").all_text_contents()
    numbered = seen.page.locator("#networks li:has(input:checked) .mark").all_text_contents()
    assert set(marks) == set(numbered)
    assert len(marks) > 10
    assert touching(seen.page.evaluate(BOXES)) == []


def test_names_are_still_there_without_the_centres(opened, whole):
    seen = opened(whole, address="layers=spines")
    assert seen.count(".label") == 0
    assert seen.count(".zone-name") == 3
